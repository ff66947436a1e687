using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>
/// The videos that wait for a look, beside each other: each is watched and ticked by hand, and all that are ticked are approved with one press.
/// What is decided stays where it stands until the page is left, so that nothing moves under the hand.
/// </summary>
public sealed partial class ReviewGridPage
{
    private const int PageSize = 24;

    private readonly OneAtATime _one = new();
    private readonly ConcurrentQueue<Guid> _changed = new();
    private ElementReference _bar;
    private List<ReviewRow>? _rows;
    private IReadOnlyList<IStorefront> _shops = [];
    private Func<int, bool, Task<IReadOnlyList<Generation>>>? _read;
    private Problem? _refused;
    private string? _told;
    private bool _hasMore;
    private bool _isReading;
    private bool _isBusy;
    private (bool Is, string? Shop, Guid? Backfill) _loaded;
    private IDisposable? _watch;

    /// <summary>Whose; null for every shop that the visitor sees.</summary>
    [SupplyParameterFromQuery(Name = "shop")]
    private string? ShopKey { get; set; }

    /// <summary>Of which; null for whatever waits.</summary>
    [SupplyParameterFromQuery(Name = "backfill")]
    private Guid? Backfill { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private SideBySide Approvals { get; set; } = default!;

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private IEnumerable<ReviewRow> MayTick => _rows?.Where(row => row.MayTick) ?? [];

    private IReadOnlyList<ReviewRow> Ticked => [.. MayTick.Where(row => row.IsTicked)];

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == (true, ShopKey, Backfill))
            return;
        _loaded = (true, ShopKey, Backfill);
        _watch ??= Live.Watch(Concerns, () => _rows?.Exists(row => GenerationFacts.IsMoving(row.Video)) == true, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private bool Concerns(Guid changed)
    {
        if (_rows is null)
            return false;
        _changed.Enqueue(changed);
        return true;
    }

    private async Task LoadAsync()
    {
        var asked = _loaded;
        (_rows, _refused, _told, _hasMore) = (null, null, null, false);
        try
        {
            _shops = await Visitor.ShopsAsync();
            var shop = ShopKey is { } key ? (await Visitor.ShopAsync(key)).Shop : await Visitor.OwnAsync();
            if (asked.Backfill is { } backfill)
                await Visitor.OwnedAsync(await Desk.GetAsync(backfill, CancellationToken.None));
            var read = asked.Backfill is { } of ? OfBackfill(of) : OfShop(shop);
            var first = await read(PageSize, false);
            var rows = await RowsAsync(first);
            if (asked == _loaded)
                (_read, _rows, _hasMore) = (read, rows, first.Count == PageSize);
        }
        catch (RefusedException e)
        {
            if (asked == _loaded)
                _refused = e.Problem;
        }
    }

    /// <summary>Reads so many from the start, or behind those that were read last.</summary>
    private Func<int, bool, Task<IReadOnlyList<Generation>>> OfShop(string? shop)
    {
        Generation? last = null;
        return async (take, behind) =>
        {
            var filter = new GenerationFilter(shop, State: nameof(GenerationState.AwaitingReview), Before: behind ? last : null, Take: take);
            var videos = await Generations.ListAsync(filter, CancellationToken.None);
            if (behind || last is null)
                last = videos.Count > 0 ? videos[^1] : last;
            return videos;
        };
    }

    /// <summary>As <see cref="OfShop"/>, in the order in which the backfill's videos are made.</summary>
    private Func<int, bool, Task<IReadOnlyList<Generation>>> OfBackfill(Guid backfill)
    {
        BackfillItem? last = null;
        return async (take, behind) =>
        {
            var items = await Desk.ItemsAsync(backfill, new ItemFilter(ItemState.Review, After: behind ? last : null, Take: take), CancellationToken.None);
            if (behind || last is null)
                last = items.Count > 0 ? items[^1] : last;
            var videos = new List<Generation>();
            foreach (var id in items.Select(item => item.Generation).OfType<Guid>())
                videos.Add(await Generations.GetAsync(id, CancellationToken.None));
            return videos;
        };
    }

    private async Task<List<ReviewRow>> RowsAsync(IReadOnlyList<Generation> videos)
    {
        var rows = videos.Where(video => video.State is GenerationState.AwaitingReview).Select(video => new ReviewRow(video)).ToList();
        await LookCloserAsync(rows);
        return rows;
    }

    private async Task LookCloserAsync(IReadOnlyCollection<ReviewRow> rows)
    {
        var toOpen = await Approvals.ToOpenAsync([.. rows.Select(row => row.Video)], CancellationToken.None);
        foreach (var row in rows)
            row.WhyToOpen = toOpen.GetValueOrDefault(row.Id);
    }

    private async Task MoreAsync()
    {
        if (_isReading || _read is not { } read)
            return;
        _isReading = true;
        try
        {
            var more = await read(PageSize, true);
            var rows = await RowsAsync(Unknown(more));
            if (read == _read)
                (_rows, _hasMore) = ([.. _rows!, .. rows.Where(row => !_rows!.Exists(known => known.Id == row.Id))], more.Count == PageSize);
        }
        finally
        {
            _isReading = false;
        }
    }

    /// <summary>What changed is shown as it is now, and what waits since is added at the end.</summary>
    private async Task LookAsync()
    {
        if (_rows is not { } rows || _read is not { } read)
            return;
        var changed = new HashSet<Guid>();
        while (_changed.TryDequeue(out var id))
            changed.Add(id);
        foreach (var row in rows.Where(row => changed.Contains(row.Id) || GenerationFacts.IsMoving(row.Video)).ToList())
            row.Follow(await Generations.GetAsync(row.Id, CancellationToken.None));
        // Of a product whose other video was decided about the one may be ticked now, or must be opened.
        await LookCloserAsync([.. rows.Where(row => row.Waits)]);
        var come = _hasMore ? [] : await RowsAsync(Unknown(await read(PageSize, false)));
        if (read != _read)
            return;
        _rows!.AddRange(come.Where(row => !_rows.Exists(known => known.Id == row.Id)));
        StateHasChanged();
    }

    private List<Generation> Unknown(IReadOnlyList<Generation> videos) => [.. videos.Where(video => _rows?.Exists(row => row.Id == video.Id) is not true)];

    private void TickAll(bool isTicked)
    {
        _told = null;
        foreach (var row in MayTick)
            row.IsTicked = isTicked;
    }

    private Task ApproveAsync() => _one.DoAsync(async () =>
    {
        _isBusy = true;
        try
        {
            var (by, ticked) = (await Visitor.NameAsync(), Ticked);
            var approved = 0;
            foreach (var row in ticked)
            {
                _told = $"Approving {BackfillWords.Number(approved + 1)} of {BackfillWords.Number(ticked.Count)}…";
                StateHasChanged();
                if (await ApprovedAsync(row, by))
                    approved++;
            }

            var refused = ticked.Count - approved;
            _told = $"{BackfillWords.Count(approved, "video")} approved.{(refused == 0 ? "" : $" {BackfillWords.Count(refused, "video")} not: why stands with each.")}";
            // The button is gone, and whoever pressed it by the keyboard would begin at the page's top again.
            await _bar.FocusAsync(preventScroll: true);
        }
        finally
        {
            _isBusy = false;
        }
    });

    /// <summary>Each by itself: what is refused keeps the others from nothing.</summary>
    private async Task<bool> ApprovedAsync(ReviewRow row, string by)
    {
        row.IsTicked = false;
        try
        {
            await Visitor.OwnedAsync(row.Video);
            row.Approved(await Approvals.ApproveAsync(row.Video, by, CancellationToken.None));
            return true;
        }
        catch (RefusedException e)
        {
            row.Refuse(e.Problem, await Generations.GetAsync(row.Id, CancellationToken.None));
            return false;
        }
    }

    private void ChooseShop(ChangeEventArgs e) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("shop", e.Value is string { Length: > 0 } value ? value : null), replace: true);
}
