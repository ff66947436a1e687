using Microsoft.AspNetCore.Components;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Products;

/// <summary>One product: its pictures, a new video, and the videos it has.</summary>
public sealed partial class ProductPage
{
    private ListedProduct? _product;
    private IReadOnlyList<Generation> _videos = [];
    private Problem? _refused;
    private ProductRef? _loaded;
    private IDisposable? _watch;

    /// <summary>The shop's key.</summary>
    [Parameter]
    public string Shop { get; set; } = "";

    /// <summary>The shop's id of the product.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The video whose clip is to be changed; null for a new one.</summary>
    [SupplyParameterFromQuery(Name = "change")]
    public Guid? Change { get; set; }

    /// <summary>The video whose wishes the form begins with; null for none.</summary>
    [SupplyParameterFromQuery(Name = "like")]
    public Guid? Like { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ProductVisits Visits { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    private ProductRef Ref => new(Shop, Id);

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == Ref)
            return;
        (_loaded, _product) = (Ref, null);
        _watch ??= Live.Watch(_ => _product is not null, () => _videos.Any(GenerationFacts.IsMoving), () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = Ref;
        try
        {
            _refused = null;
            var shop = await Visitor.ShopAsync(asked.Shop);
            var product = await shop.ReadAsync(asked.ProductId, CancellationToken.None) ?? throw new RefusedException(
                RefusalKind.NotFound,
                new Problem("unknown_product", $"{shop.DisplayName} lists no such product. It may have been removed or renamed.", $"{asked} does not exist."));
            await ListAsync(asked);
            if (asked == _loaded)
                _product = product;
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            if (asked == _loaded)
                _refused = problem;
        }
    }

    private async Task LookAsync()
    {
        await ListAsync(Ref);
        StateHasChanged();
    }

    private async Task ListAsync(ProductRef asked)
    {
        var videos = await Generations.ListAsync(new GenerationFilter(asked.Shop, [asked.ProductId], Take: 30), CancellationToken.None);
        if (asked == _loaded)
            _videos = videos;
    }
}
