using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Wishes;

/// <summary>What the merchant wishes for, what would come of it, and the order.</summary>
public sealed partial class NewVideo
{
    private static readonly string?[] FieldsShown = ["template", "aspect", "seconds", "wish"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private WishForm _form = new();
    private WishForm? _priced;
    private VideoPreview? _preview;
    private ProviderList? _list;
    private BudgetRoom? _room;
    private AiLabel? _label;
    private Problem? _refused;
    private string? _refusedField;
    private bool _working;
    private bool _ordering;
    private CancellationTokenSource _current = new();
    private (ProductRef? Product, Guid? ChangeOf, Guid? Like) _shown;
    private Problem? _notLike;

    /// <summary>Of what.</summary>
    [Parameter, EditorRequired]
    public ListedProduct Product { get; set; } = default!;

    /// <summary>The video of it whose clip is to be changed; null for a new one.</summary>
    [Parameter]
    public Guid? ChangeOf { get; set; }

    /// <summary>The video whose wishes the form begins with; null for none.</summary>
    [Parameter]
    public Guid? Like { get; set; }

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private Budgets Budgets { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private ProviderLists Lists { get; set; } = default!;

    [Inject]
    private ShopLabels Labels { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private ProviderCapabilities Capabilities
    {
        get
        {
            var chosen = IsByList ? _preview?.Order : null;
            var provider = Providers.Get(chosen?.Provider ?? _form.Provider);
            var model = chosen?.Request.Model ?? _form.Model;
            // What was chosen a moment ago may have gone from the provider's list meanwhile; the preview says so.
            (provider, model) = provider.Models.Count > 0 ? (provider, model) : (Providers.Get(key: null), null);
            return provider.Capabilities(model is not null && provider.Models.Contains(model, StringComparer.Ordinal) ? model : provider.Models[0]);
        }
    }

    /// <summary>A clip that is there is changed by nothing but words.</summary>
    private bool LacksWish => ChangeOf is not null && string.IsNullOrWhiteSpace(_form.Wish);

    /// <summary>Whether the price that is shown is that of what stands in the form.</summary>
    private bool IsPriced => _preview is not null && _refused is null && !_working && _priced == _form;

    /// <summary>What no cap has room for is not ordered.</summary>
    private bool MayOrder => IsPriced && _preview is { NoRoom: null };

    /// <summary>Who changes it.</summary>
    private string? Editor => (Providers.Editing.FirstOrDefault(one => one.Key == _form.Provider) ?? Providers.Editing.FirstOrDefault())?.DisplayName;

    private bool IsByList => _list is not null && _form.Provider is null;

    /// <summary>Where the list decides, the length may be what chooses.</summary>
    private DurationRule Lengths
    {
        get
        {
            if (!IsByList)
                return Capabilities.Duration;
            var rules = Providers.Offering.Select(provider => provider.Capabilities(provider.Models[0]).Duration).ToList();
            return DurationRule.Between(rules.Min(rule => rule.Min), rules.Max(rule => rule.Max));
        }
    }

    /// <summary>Whether the shop's list lets a stand-in be paid beside one that was.</summary>
    private bool MayPayTwice => _preview is { Order.StandIns.MayPayTwice: true, Price.IsZero: false } && _preview.StandIns.Any(order => !order.Price.Amount.IsZero);

    private string PricedName(GenerationOrder order) =>
        $"{Providers.NameOf(order.Provider)} ({(order.Price.Amount.IsZero ? "free" : Words.Amount(order.Price.Amount))})";

    private bool ShowsTitle => _form.ShowTitle ?? (_preview is null || _preview.Composition.Plan.Caption is { Title.Length: > 0 });

    private bool ShowsPrice => _form.ShowPrice ?? _preview?.Composition.Plan.Caption?.Price is not null;

    private bool AllowsPeople => _form.AllowPeople ?? _preview?.Composition.AllowsPeople ?? false;

    public void Dispose()
    {
        _current.Cancel();
        _current.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Product.Ref, ChangeOf, Like);
        if (_shown == wanted)
            return;
        (_shown, _form, _preview, _notLike) = (wanted, new WishForm { ChangeOf = ChangeOf }, null, null);
        if (Like is { } like)
            await BeginLikeAsync(like);
        if (_shown != wanted)
            return;
        _list = ChangeOf is not null ? null : await Lists.FindAsync(Product.Ref.Shop, CancellationToken.None);
        await PreviewAsync();
    }

    /// <summary>Puts into the form what was wished for another video.</summary>
    private async Task BeginLikeAsync(Guid like)
    {
        var wanted = _shown;
        try
        {
            var video = await Visitor.OwnedAsync(await Generations.GetAsync(like, CancellationToken.None));
            if (_shown == wanted)
                _form = StillOffered(WishForm.Of(video.Order.Wishes) with { ChangeOf = ChangeOf });
        }
        catch (RefusedException e)
        {
            if (_shown == wanted)
                _notLike = e.Problem;
        }
    }

    /// <summary>A provider or a model that is gone since can't be chosen again.</summary>
    private WishForm StillOffered(WishForm form)
    {
        var offered = (ChangeOf is null ? Providers.Offering : Providers.Editing).FirstOrDefault(one => one.Key == form.Provider);
        return offered is null ? form with { Provider = null, Model = null, Resolution = null }
            : form.Model is null || offered.Models.Contains(form.Model, StringComparer.Ordinal) ? form
            : form with { Model = null, Resolution = null };
    }

    private string? ErrorOf(string field) => _refusedField == field ? _refused?.MerchantText : null;

    private async Task ChangeAsync(WishForm form)
    {
        _form = form;
        await PreviewAsync();
    }

    /// <summary>Shows what would be sent, a moment after the last change.</summary>
    private async Task PreviewAsync()
    {
        await _current.CancelAsync();
        _current.Dispose();
        _current = new CancellationTokenSource();
        var mine = _current.Token;
        if (LacksWish)
        {
            (_preview, _room, _refused, _refusedField, _working) = (null, null, null, null, false);
            return;
        }

        _working = true;
        try
        {
            await Task.Delay(_preview is null ? TimeSpan.Zero : Pause, Clock, mine);
            var form = _form;
            var preview = await Generations.PreviewAsync(Product.Ref, form.ToWishes(), await Visitor.RequesterAsync(), mine);
            var room = await Budgets.TightestAsync(Product.Ref, preview.Order, mine);
            var label = await Labels.OfAsync(Product.Ref.Shop, preview.Order, mine);
            if (!mine.IsCancellationRequested)
                (_preview, _priced, _room, _label, _refused, _refusedField, _working) = (preview, form, room, label, null, null, false);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // A later change shows its own preview.
        }
        catch (RefusedException e)
        {
            if (!mine.IsCancellationRequested)
                (_refused, _refusedField, _working) = (Told.Of(e), e.Field, false);
        }
    }

    private async Task GenerateAsync()
    {
        // The browser closes the button a moment later than the form changes: such a click was on another price.
        if (_ordering || !MayOrder)
            return;
        _ordering = true;
        try
        {
            await OrderAsync(_form, _preview!, again: false);
        }
        catch (RefusedException e)
        {
            (_refused, _refusedField) = (Told.Of(e), e.Field);
        }
        finally
        {
            _ordering = false;
        }
    }

    private async Task OrderAsync(WishForm form, VideoPreview shown, bool again)
    {
        var created = await Generations.CreateAsync(Product.Ref, form.ToWishes(again), await Visitor.RequesterAsync(shown), key: null, CancellationToken.None);
        if (created.IsNew || created.Generation.State is not GenerationState.Published)
            Navigation.NavigateTo(Paths.Video(created.Generation));
        else if (await WantsAgainAsync(shown))
            await OrderAsync(form, shown, again: true);
    }

    private async Task<bool> WantsAgainAsync(VideoPreview shown) => await new Ask(
        "This very video is on the listing already",
        $"Nothing about the product or your wishes has changed since. Make it anew nevertheless? Price: {Words.Price(shown)}.",
        "Make it anew").ShowAsync(Dialogs) is not null;
}
