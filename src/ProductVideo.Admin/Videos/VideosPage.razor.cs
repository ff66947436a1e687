using Microsoft.AspNetCore.Components;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>All videos, newest first.</summary>
public sealed partial class VideosPage
{
    private const int PageSize = 30;

    private List<Generation>? _videos;
    private Problem? _refused;
    private bool _more;
    private (bool Is, string? State) _loaded;
    private IDisposable? _watch;

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

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
            _ => _videos is not null, () => _videos?.Any(GenerationFacts.IsMoving) == true, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _refused = null;
            var page = await ReadAsync(before: null, PageSize);
            (_videos, _more) = ([.. page], page.Count == PageSize);
        }
        catch (RefusedException e)
        {
            (_refused, _videos) = (e.Problem, []);
        }
    }

    private async Task LoadMoreAsync()
    {
        if (_videos is null or [])
            return;
        var page = await ReadAsync(_videos[^1], PageSize);
        _videos.AddRange(page);
        _more = page.Count == PageSize;
    }

    /// <summary>Reads again as many as are shown, so that a page loaded later does not vanish.</summary>
    private async Task LookAsync()
    {
        if (_videos is null)
            return;
        var take = Math.Max(_videos.Count, PageSize);
        var page = await ReadAsync(before: null, take);
        (_videos, _more) = ([.. page], page.Count == take);
        StateHasChanged();
    }

    private async Task<IReadOnlyList<Generation>> ReadAsync(Generation? before, int take) => await Generations.ListAsync(
        new GenerationFilter(await Visitor.OwnAsync(), State: State, Before: before, Take: take), CancellationToken.None);

    private void Choose(ChangeEventArgs e) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("state", e.Value is string { Length: > 0 } state ? state : null), replace: true);
}
