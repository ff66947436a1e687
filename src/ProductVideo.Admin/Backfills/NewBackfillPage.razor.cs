using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProductVideo.Admin.Spending;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Backfills;

/// <summary>Writes a backfill down, or changes one that was not started, and begins its dry run.</summary>
public sealed partial class NewBackfillPage
{
    private readonly BackfillForm _form = new();
    private IReadOnlyList<IStorefront> _shops = [];
    private IStorefront? _shop;
    private CatalogWords? _known;
    private IReadOnlyList<(string Field, string Text)> _mistakes = [];
    private Problem? _refused;
    private IReadOnlyList<string> _named = [];
    private Guid? _unchangeable;
    private bool _isListForgotten;
    private bool _busy;
    private bool _isWrong;

    /// <summary>The backfill that is changed; null for a new one.</summary>
    [Parameter]
    public Guid? Change { get; set; }

    [SupplyParameterFromQuery(Name = "shop")]
    private string? ShopKey { get; set; }

    /// <summary>The earlier backfill whose failed products it is for.</summary>
    [SupplyParameterFromQuery(Name = "failed")]
    private Guid? Failed { get; set; }

    /// <summary>The earlier backfill that it is to be like.</summary>
    [SupplyParameterFromQuery(Name = "like")]
    private Guid? Like { get; set; }

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private BackfillRules Rules { get; set; } = default!;

    [Inject]
    private CatalogProducts Catalog { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private string Title => Change is null ? "New backfill" : "Change the backfill";

    /// <summary>To the one that is changed, or to those that stand beside a new one.</summary>
    private string Back => Change is { } changed ? Paths.Backfill(changed) : _shop is null ? Paths.Backfills : Paths.BackfillsOf(_shop.Shop);

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        try
        {
            _shops = await Visitor.ShopsAsync();
            var key = ShopKey;
            if ((Change ?? Like ?? Failed) is { } earlier)
                key = await PrefillAsync(await Visitor.OwnedAsync(await Desk.GetAsync(earlier, CancellationToken.None)));
            await ShowAsync(await Visitor.ShopOrFirstAsync(key));
            // Times that were copied are of their own zone.
            if (Change is null && Like is null && !_form.When.HasBlackout)
                await ZoneAsync();
        }
        catch (RefusedException e)
        {
            Refuse(e);
        }
    }

    /// <returns>The shop.</returns>
    private async Task<string> PrefillAsync(Backfill earlier)
    {
        if (Change is not null)
            BackfillDesk.DemandChangeable(earlier);
        if (Change is null && Like is null)
            await TakeFailedAsync(earlier);
        else
            await TakeAllAsync(earlier);
        return earlier.Shop;
    }

    private async Task TakeAllAsync(Backfill earlier)
    {
        _form.Take(earlier);
        if (!earlier.Plan.Scope.OnlyNamed)
            return;
        _named = await Desk.NamesAsync(earlier.Id, CancellationToken.None);
        _isListForgotten = _named.Count == 0;
        _form.List(_named, _isListForgotten ? null : $"“{earlier.Name}”", ofShop: true);
    }

    /// <summary>The same recipe and limits, for those products that failed.</summary>
    private async Task TakeFailedAsync(Backfill earlier)
    {
        const int Page = 1000;
        var (failed, last) = (new List<string>(), (BackfillItem?)null);
        IReadOnlyList<BackfillItem> page;
        do
        {
            page = await Desk.ItemsAsync(earlier.Id, new ItemFilter(ItemState.Failed, After: last, Take: Page), CancellationToken.None);
            failed.AddRange(page.Select(item => item.ProductId));
            last = page.LastOrDefault();
        }
        while (page.Count == Page);

        (_form.ByList, _form.TryAgain, _form.Changed, _form.Restyled) = (true, true, earlier.Plan.Scope.Changed, earlier.Plan.Scope.Restyled);
        _form.List([.. failed.Distinct(StringComparer.Ordinal)], $"“{earlier.Name}” that failed", ofShop: true);
        _form.TakeRecipe(earlier.Plan);
        _form.When.CopyHours(earlier.Plan.Schedule);
    }

    private async Task ShowAsync(IStorefront shop)
    {
        // What was copied or written stands.
        if (_form.MostMoney.Text.Length == 0)
            _form.Currency = await ChargedCurrencies.SuggestAsync(Providers, Catalog, [shop.Shop]);
        (_shop, _known) = (shop, await Catalog.WordsAsync(shop.Shop, CancellationToken.None));
    }

    /// <summary>The visitor's own, where the browser tells it and this machine knows it.</summary>
    private async Task ZoneAsync()
    {
        var zone = await Js.InvokeAsync<string?>("productVideo.timeZone");
        if (zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId)
            _form.When.TimeZone = zone;
    }

    /// <summary>The keyboard goes to the first field that is to be mended.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isWrong)
            return;
        _isWrong = false;
        await Js.InvokeVoidAsync("productVideo.focusWrong");
    }

    private async Task ChooseShop(ChangeEventArgs e)
    {
        // Another shop has other words, and may tell less.
        _form.ForgetWords();
        _mistakes = [];
        await ShowAsync(await Visitor.ShopAsync((string)e.Value!));
    }

    /// <summary>Whoever can't change it any more is shown the way out.</summary>
    private void Refuse(RefusedException e) => (_refused, _unchangeable) = (e.Problem, e.Kind is RefusalKind.Conflict ? Change : null);

    private async Task SaveAsync()
    {
        if (_shop is null)
            return;
        (_busy, _refused) = (true, null);
        try
        {
            var (plan, products) = (_form.ToPlan(), _form.ToProducts());
            _mistakes = [.. _form.Mistakes(), .. Rules.MistakesOf(_shop.Shop, _form.Name, plan)];
            if (products is { Count: 0 })
                _mistakes = [.. _mistakes, ("products", "Name at least one product.")];
            if (_mistakes.Count > 0)
                return;
            // A list that nobody touched stays where it is: it may be long.
            var isSameList = ReferenceEquals(_form.Listed, _named) && string.IsNullOrWhiteSpace(_form.Pasted);
            var saved = Change is { } changed
                ? await Desk.ChangeAsync(changed, _form.Name, plan, isSameList ? null : products, CancellationToken.None)
                : await Desk.CreateAsync(_shop.Shop, _form.Name, plan, products, await Visitor.RequesterAsync(), CancellationToken.None, _form.Id);
            await Desk.QuoteAsync(saved.Id, CancellationToken.None);
            Navigation.NavigateTo(Paths.Backfill(saved.Id), replace: Change is not null);
        }
        catch (RefusedException e) when (e.Field is { } field && e.Kind is RefusalKind.Invalid)
        {
            // Which line it is stands in the text.
            _mistakes = [(field.StartsWith("recipe.providers", StringComparison.Ordinal) ? "recipe.providers" : field, e.Problem.MerchantText)];
        }
        catch (RefusedException e)
        {
            Refuse(e);
        }
        finally
        {
            (_busy, _isWrong) = (false, _mistakes.Count > 0);
        }
    }
}
