using Microsoft.AspNetCore.Components;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Generations;

namespace ProductVideo.Admin.Backfills;

/// <summary>A shop's catalogue in one line, and its backfills, newest first.</summary>
public sealed partial class BackfillsPage
{
    private const int PageSize = 20;

    private readonly Dictionary<Guid, BackfillProgress> _progress = [];
    private readonly Dictionary<Guid, Backfill> _lastRuns = [];
    private IReadOnlyList<IStorefront> _shops = [];
    private IStorefront? _shop;
    private CatalogStanding? _standing;
    private DateTimeOffset? _scanAsked;
    private List<Backfill>? _backfills;
    private bool _more;
    private Problem? _refused;
    private (bool Is, string? Shop) _loaded;
    private IDisposable? _watch;

    [SupplyParameterFromQuery(Name = "shop")]
    private string? ShopKey { get; set; }

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private CatalogProducts Catalog { get; set; } = default!;

    [Inject]
    private WatchedShops Watched { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsMoving => _scanAsked is not null || _standing is { IsScanning: true } or { ScannedAt: null } || _backfills?.Any(IsAtWork) == true;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == (true, ShopKey))
            return;
        _loaded = (true, ShopKey);
        _watch ??= Live.Watch(_ => false, () => IsMoving, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private static bool IsAtWork(Backfill backfill) => backfill.State is BackfillState.Quoting or BackfillState.Running or BackfillState.Scheduled;

    private async Task LoadAsync()
    {
        try
        {
            _refused = null;
            _shops = await Visitor.ShopsAsync();
            _shop = await Visitor.ShopOrFirstAsync(ShopKey);
            (_standing, _scanAsked) = (await Catalog.StandingAsync(_shop.Shop, CancellationToken.None), null);
            var page = await ReadAsync(before: null, PageSize);
            await DescribeAsync(page);
            (_backfills, _more) = ([.. page], page.Count == PageSize);
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
    }

    private async Task LoadMoreAsync()
    {
        if (_backfills is null or [])
            return;
        var page = await ReadAsync(_backfills[^1], PageSize);
        await DescribeAsync(page);
        _backfills.AddRange(page);
        _more = page.Count == PageSize;
    }

    private async Task LookAsync()
    {
        if (_shop is null || _backfills is null)
            return;
        _standing = await Catalog.StandingAsync(_shop.Shop, CancellationToken.None);
        if (_standing.ScannedAt >= _scanAsked)
            _scanAsked = null;
        var take = Math.Max(_backfills.Count, PageSize);
        var backfills = await ReadAsync(before: null, take);
        // What has ended counts no more than once.
        await DescribeAsync([.. backfills.Where(backfill => IsAtWork(backfill) || _backfills.Find(known => known.Id == backfill.Id)?.Version != backfill.Version)]);
        (_backfills, _more) = ([.. backfills], backfills.Count == take);
        StateHasChanged();
    }

    private Task<IReadOnlyList<Backfill>> ReadAsync(Backfill? before, int take) =>
        Desk.ListAsync(new BackfillFilter(_shop!.Shop, Before: before, Take: take, WithRuns: false), CancellationToken.None);

    private async Task DescribeAsync(IReadOnlyList<Backfill> backfills)
    {
        foreach (var backfill in backfills)
        {
            if (backfill.Plan.Schedule.Cron is not null)
            {
                if (await Desk.ListAsync(new BackfillFilter(RunOf: backfill.Id, Take: 1), CancellationToken.None) is [var run])
                    _lastRuns[backfill.Id] = run;
            }
            else if (backfill.StartedAt is not null)
            {
                _progress[backfill.Id] = await Desk.ProgressAsync(backfill, CancellationToken.None);
            }
        }
    }

    private async Task ScanAsync()
    {
        if (_shop is null)
            return;
        _scanAsked = Clock.GetUtcNow();
        await Watched.ScanNowAsync(_shop.Shop, CancellationToken.None);
    }

    private void ChooseShop(ChangeEventArgs e) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("shop", e.Value as string), replace: true);
}
