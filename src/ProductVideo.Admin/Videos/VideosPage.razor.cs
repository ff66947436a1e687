using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>All videos, newest first.</summary>
public sealed partial class VideosPage
{
    private const int PageSize = 30;

    private readonly Paged<Generation> _videos = new(video => video.Id);
    private Problem? _refused;
    private bool _awaitsReview;
    private (bool Is, string? State) _loaded;
    private IDisposable? _watch;

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private ReviewQueue Queue { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == (true, State))
            return;
        _loaded = (true, State);
        _watch ??= Live.Watch(
            _ => _videos.Items is not null, () => _videos.Items?.Any(GenerationFacts.IsMoving) == true, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var state = State;
        try
        {
            _refused = null;
            await _videos.ResetAsync(shown => Part.ReadAsync<Generation>((before, take) => ReadAsync(state, before, take), PageSize, shown));
            await LookForReviewsAsync();
        }
        catch (RefusedException e)
        {
            _videos.Clear();
            _refused = e.Problem;
        }
    }

    private async Task LookAsync()
    {
        await LookForReviewsAsync();
        await _videos.LookAsync();
        StateHasChanged();
    }

    /// <summary>Whichever are shown: while a backfill runs the newest are all being made.</summary>
    private async Task LookForReviewsAsync() =>
        _awaitsReview = await Queue.NextAsync(await Visitor.OwnAsync(), backfill: null, after: null, CancellationToken.None) is not null;

    private async Task<IReadOnlyList<Generation>> ReadAsync(string? state, Generation? before, int take) => await Generations.ListAsync(
        new GenerationFilter(await Visitor.OwnAsync(), State: state, Before: before, Take: take), CancellationToken.None);

    private void Choose(ChangeEventArgs e) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("state", e.Value is string { Length: > 0 } state ? state : null), replace: true);
}
