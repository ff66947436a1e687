using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Products;

/// <summary>The grid: every product with its picture, its latest video, and the button.</summary>
public sealed partial class ProductsPage
{
    private const int PageSize = 24;

    private readonly Paged<ListedProduct> _products = new(product => product.Ref);
    private IReadOnlyList<IStorefront> _shops = [];
    private IStorefront? _shop;
    private Selection? _selection;
    private Dictionary<string, Generation> _latest = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _problems = [];
    private Problem? _refused;
    private ProductRef? _ordering;
    private (string? Shop, string? Search, Lacking? What)? _loaded;
    private IDisposable? _watch;

    [SupplyParameterFromQuery(Name = "shop")]
    private string? ShopKey { get; set; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    /// <summary>A name of <see cref="Needs"/>.</summary>
    [SupplyParameterFromQuery(Name = "needs")]
    private string? NeedsName { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ProductVisits Visits { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    /// <summary>Which products are shown that need a video; null for all products.</summary>
    private Lacking? What => Needs.Of(NeedsName);

    /// <summary>Where all products stand if the address asks for something that can't be shown; null where it is that address already.</summary>
    private string? AllProducts =>
        ShopKey is not null && _shop?.Shop != ShopKey ? Paths.Products
        : _shop is not null && !string.IsNullOrEmpty(Search) ? Paths.ProductsOf(_shop.Shop)
        : null;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        // Before the page is connected it shows its outline only; what is loaded then would be loaded twice.
        if (!RendererInfo.IsInteractive || _loaded == (ShopKey, Search, What))
            return;
        if (_loaded is { } before && before.Shop != ShopKey)
        {
            _products.Clear();
            _problems = [];
        }

        _loaded = (ShopKey, Search, What);
        _watch ??= Live.Watch(
            _ => _products.Items is not null, () => _latest.Values.Any(GenerationFacts.IsMoving), () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _loaded;
        try
        {
            _refused = null;
            _shops = await Visitor.ShopsAsync();
            var shop = await Visitor.ShopOrFirstAsync(ShopKey);
            if (asked != _loaded)
                return;
            (_shop, _selection) = (shop, Visits.SelectionOf(shop.Shop));
            Visits.See(shop.Shop, Search, NeedsName);
            // The index is read then, and not the shop.
            if (What is not null)
                return;
            // The shop may be slow; another one can be chosen meanwhile.
            StateHasChanged();
            var problems = await ShopProblems.OfAsync(shop, CancellationToken.None);
            if (asked != _loaded)
                return;
            _problems = problems;
            var query = new ProductQuery(Search, PageSize);
            if (await _products.ResetAsync(_ => ReadAsync(shop, query)))
                await LookAsync();
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            if (asked == _loaded)
                _refused = problem;
        }
    }

    private static async Task<Part<ListedProduct>> ReadAsync(IStorefront shop, ProductQuery query)
    {
        var page = await shop.ListAsync(query, CancellationToken.None);
        return new(page.Products, page.NextCursor is { } cursor ? () => ReadAsync(shop, query with { Cursor = cursor }) : null);
    }

    private async Task LoadMoreAsync()
    {
        try
        {
            if (await _products.MoreAsync())
                await LookAsync();
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            _refused = problem;
        }
    }

    private async Task LookAsync()
    {
        if (_shop is null || _products.Items is not { } products)
            return;
        var asked = _loaded;
        var latest = await LatestVideos.OfAsync(Generations, _shop.Shop, [.. products.Select(product => product.Ref.ProductId)], CancellationToken.None);
        if (asked != _loaded)
            return;
        _latest = new(latest, StringComparer.Ordinal);
        StateHasChanged();
    }

    private async Task GenerateAsync(ListedProduct product)
    {
        if (_ordering is not null)
            return;
        _ordering = product.Ref;
        try
        {
            var preview = await Generations.PreviewAsync(product.Ref, VideoWishes.None, await Visitor.RequesterAsync(), CancellationToken.None);
            if (preview.NoRoom is { } full)
            {
                Snackbar.Add(full.MerchantText, Severity.Error);
                return;
            }

            if (!await AgreesAsync(product, preview))
                return;
            var created = await Generations.CreateAsync(product.Ref, VideoWishes.None, await Visitor.RequesterAsync(preview), key: null, CancellationToken.None);
            if (!created.IsNew)
                Snackbar.Add("This very video was made already, or is being made. Nothing was ordered anew.", Severity.Info);
            Navigation.NavigateTo(Paths.Video(created.Generation));
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            Snackbar.Add(problem.MerchantText, Severity.Error);
        }
        finally
        {
            _ordering = null;
        }
    }

    /// <summary>Asks about a price; what is free needs no word.</summary>
    private async Task<bool> AgreesAsync(ListedProduct product, VideoPreview preview) =>
        preview.Agreed.Count == 0
        || await new Ask("Make this video?", $"A video of “{product.Title}”. {Words.Costs(preview)}", "Order it").ShowAsync(Dialogs) is not null;

    private void ChooseShop(ChangeEventArgs e) => Go(e.Value as string, Search, NeedsName);

    private void ChooseSearch(string? search) => Go(ShopKey, search, NeedsName);

    private void ChooseNeeds(ChangeEventArgs e) => Go(ShopKey, Search, e.Value as string);

    private void Go(string? shop, string? search, string? needs) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["shop"] = shop,
            ["needs"] = string.IsNullOrEmpty(needs) ? null : needs,
            ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        }),
        replace: true);
}
