using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>All videos, newest first.</summary>
public sealed partial class VideosPage
{
    private const int PageSize = 30;

    private readonly Paged<Generation> _videos = new(video => video.Id);
    private IReadOnlyList<IStorefront> _shops = [];
    private Problem? _refused;
    private bool _awaitsReview;
    private (bool Is, string? Shop, string? State, string? Search) _loaded;
    private Unhurried? _searching;
    private IDisposable? _watch;

    /// <summary>Whose; null for every shop that the visitor sees.</summary>
    [SupplyParameterFromQuery(Name = "shop")]
    private string? ShopKey { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    /// <summary>Words of products' titles and ids; null for all videos.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private ReviewQueue Queue { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsAll => State is null && ShopKey is null && Search is null;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == (true, ShopKey, State, Search))
            return;
        _loaded = (true, ShopKey, State, Search);
        _watch ??= Live.Watch(
            _ => _videos.Items is not null, () => _videos.Items?.Any(GenerationFacts.IsMoving) == true, () => InvokeAsync(LookAgainAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _loaded;
        var (key, state, search) = (ShopKey, State, Search);
        try
        {
            _refused = null;
            _shops = await Visitor.ShopsAsync();
            var shop = key is null ? null : (await Visitor.ShopAsync(key)).Shop;
            // Something else may have been chosen meanwhile.
            if (asked != _loaded)
                return;
            await _videos.ResetAsync(shown => Part.ReadAsync<Generation>((before, take) => ReadAsync(shop, state, search, before, take), PageSize, shown));
            await LookForReviewsAsync();
        }
        catch (RefusedException e)
        {
            if (asked != _loaded)
                return;
            _videos.Clear();
            _refused = e.Problem;
        }
    }

    private Task LookAgainAsync() => Search is null ? LookAsync() : (_searching ??= new Unhurried(Clock)).DoAsync(LookAsync);

    private async Task LookAsync()
    {
        await LookForReviewsAsync();
        await _videos.LookAsync();
        StateHasChanged();
    }

    /// <summary>Whichever are shown: while a backfill runs the newest are all being made.</summary>
    private async Task LookForReviewsAsync() =>
        _awaitsReview = await Queue.NextAsync(await Visitor.OwnAsync(), backfill: null, after: null, CancellationToken.None) is not null;

    private async Task<IReadOnlyList<Generation>> ReadAsync(string? shop, string? state, string? search, Generation? before, int take) => await Generations.ListAsync(
        new GenerationFilter(shop ?? await Visitor.OwnAsync(), State: state, Before: before, Take: take, Search: search), CancellationToken.None);

    private void Choose(ChangeEventArgs e) => Narrow("state", e);

    private void ChooseShop(ChangeEventArgs e) => Narrow("shop", e);

    private void ChooseSearch(string? search) => Narrow("q", search?.Trim());

    private void Narrow(string by, ChangeEventArgs e) => Narrow(by, e.Value as string);

    private void Narrow(string by, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(by, string.IsNullOrEmpty(value) ? null : value), replace: true);
}
