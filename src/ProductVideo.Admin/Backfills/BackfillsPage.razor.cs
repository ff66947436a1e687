using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
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

    private readonly Paged<Backfill> _backfills = new(backfill => backfill.Id);
    private readonly Dictionary<Guid, BackfillProgress> _progress = [];
    private readonly Dictionary<Guid, Backfill> _lastRuns = [];
    private IReadOnlyList<IStorefront> _shops = [];
    private IStorefront? _shop;
    private CatalogStanding? _standing;
    private DateTimeOffset? _scanAsked;
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
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsMoving => _scanAsked is not null || _standing is { IsScanning: true } or { ScannedAt: null } || _backfills.Items?.Any(IsAtWork) == true;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == (true, ShopKey))
            return;
        if (_loaded.Is)
        {
            _backfills.Clear();
            _standing = null;
        }

        _loaded = (true, ShopKey);
        _watch ??= Live.Watch(_ => false, () => IsMoving, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private static bool IsAtWork(Backfill backfill) => backfill.State is BackfillState.Quoting or BackfillState.Running or BackfillState.Scheduled;

    private async Task LoadAsync()
    {
        var asked = _loaded;
        try
        {
            _refused = null;
            _shops = await Visitor.ShopsAsync();
            var shop = await Visitor.ShopOrFirstAsync(ShopKey);
            var standing = await Catalog.StandingAsync(shop.Shop, CancellationToken.None);
            if (asked != _loaded)
                return;
            (_shop, _standing, _scanAsked) = (shop, standing, null);
            await _backfills.ResetAsync(shown => Part.ReadAsync<Backfill>((before, take) => ReadAsync(shop.Shop, before, take), PageSize, shown));
        }
        catch (RefusedException e)
        {
            if (asked == _loaded)
                _refused = e.Problem;
        }
    }

    private async Task LookAsync()
    {
        if (_shop is null || _backfills.Items is null)
            return;
        var asked = _loaded;
        var standing = await Catalog.StandingAsync(_shop.Shop, CancellationToken.None);
        if (asked != _loaded)
            return;
        _standing = standing;
        // A try that failed is due again later than it was asked for.
        if (standing.ScannedAt >= _scanAsked || (standing.Problem is not null && standing.DueAt > _scanAsked))
            _scanAsked = null;
        await _backfills.LookAsync();
        StateHasChanged();
    }

    private async Task<IReadOnlyList<Backfill>> ReadAsync(string shop, Backfill? before, int take)
    {
        var backfills = await Desk.ListAsync(new BackfillFilter(shop, Before: before, Take: take, WithRuns: false), CancellationToken.None);
        // What has ended counts no more than once.
        foreach (var backfill in backfills.Where(backfill => IsAtWork(backfill) || !IsKnown(backfill)))
            await DescribeAsync(backfill);
        return backfills;
    }

    private bool IsKnown(Backfill backfill) => _backfills.Items?.Any(known => known.Id == backfill.Id && known.Version == backfill.Version) == true;

    private async Task DescribeAsync(Backfill backfill)
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

    private async Task ScanAsync()
    {
        if (_shop is null)
            return;
        var asked = _loaded;
        var at = await Watched.ScanNowAsync(_shop.Shop, CancellationToken.None);
        if (asked == _loaded)
            _scanAsked = at;
    }

    private void ChooseShop(ChangeEventArgs e) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("shop", e.Value as string), replace: true);
}
