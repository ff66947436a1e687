using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Changes;

/// <summary>How a product's video stands to its listing; nothing while all is well.</summary>
public sealed partial class ChangeMark
{
    private (ProductRef, Guid?, long?)? _loaded;
    private WatchedProduct? _watched;
    private Generation? _newer;
    private string? _told;
    private Problem? _refused;
    private bool _busy;

    /// <summary>Of which product.</summary>
    [Parameter, EditorRequired]
    public ProductRef Product { get; set; }

    /// <summary>The video that is looked at; null where the product is.</summary>
    [Parameter]
    public Generation? Video { get; set; }

    [Inject]
    private WatchedProducts Watched { get; set; } = default!;

    [Inject]
    private Regenerations Regenerations { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsAbout => Video is null || Video.Id == _watched?.Video;

    private bool MayMake => _watched?.State is WatchState.Stale && IsAbout;

    private string? Text => _watched is null ? null
        : _watched.State is WatchState.Gone || IsAbout ? ChangeWords.Of(_watched)
        : Video?.State is GenerationState.AwaitingReview && _watched.NewVideo == Video.Id && _watched.ChangedAgain ? "The product has changed again since this video was ordered."
        : null;

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Product, Video?.Id, Video?.Version);
        if (_loaded == asked)
            return;
        _loaded = asked;
        (_told, _refused) = (null, null);
        var watched = await Watched.FindAsync(Product, CancellationToken.None);
        if (_loaded != asked)
            return;
        (_watched, _newer) = (watched, null);
        var newer = watched is not null && MayMake ? await UnderWayAsync(Product, watched) : null;
        if (_loaded == asked)
            _newer = newer;
    }

    /// <summary>A new one that was ordered since, by whomever.</summary>
    private async Task<Generation?> UnderWayAsync(ProductRef product, WatchedProduct watched) =>
        (await Generations.ListAsync(new GenerationFilter(product.Shop, [product.ProductId], Take: 30), CancellationToken.None))
        .FirstOrDefault(video => video.State.IsActive && video.Id != watched.Video);

    private async Task MakeAsync()
    {
        // Of the one that was clicked, whatever is shown once the price is agreed to.
        var product = Product;
        _busy = true;
        (_told, _refused) = (null, null);
        try
        {
            var found = await Regenerations.LookAsync(product, CancellationToken.None);
            if (found.Wishes is not { } wishes)
            {
                _told = found.Text;
                return;
            }

            var preview = await Generations.PreviewAsync(product, wishes, await Visitor.RequesterAsync(), CancellationToken.None);
            _refused = preview.NoRoom;
            if (_refused is not null || !await AgreesAsync(preview))
                return;
            var made = await Regenerations.OrderAsync(product, await Visitor.RequesterAsync(preview), key: null, CancellationToken.None);
            if (made.Video is { } video)
                Navigation.NavigateTo(Paths.Video(video));
            else
                _told = made.Text;
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            _refused = problem;
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>Asks about a price; what is free needs no word.</summary>
    private async Task<bool> AgreesAsync(VideoPreview preview) =>
        preview.Agreed.Count == 0
        || await new Ask("Make a new video?", $"It is made as this one was, from the product as it is now. {Words.Costs(preview)}", "Order it").ShowAsync(Dialogs) is not null;
}
