using Microsoft.AspNetCore.Components;
using ProductVideo.Backfills;
using ProductVideo.CatalogIndex;
using ProductVideo.Generations;

namespace ProductVideo.Admin.Backfills;

/// <summary>One backfill: its dry run, its price, its start, how far it is, and what came of it; followed live.</summary>
public sealed partial class BackfillPage
{
    private const int ShownRuns = 20;

    private Backfill? _backfill;
    private string? _shop;
    private bool _mayBeDeleted;
    private BackfillProgress? _progress;
    private IReadOnlyList<Backfill> _runs = [];
    private int _products;
    private int _looks;
    private Problem? _refused;
    private Guid? _loaded;
    private DateTimeOffset _nextLook;
    private IDisposable? _watch;

    /// <summary>Of the backfill.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Narrows the list; a name of <see cref="ItemState"/>.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    private string? StateName { get; set; }

    /// <summary>Narrows the list; a name of <see cref="SkipReason"/>.</summary>
    [SupplyParameterFromQuery(Name = "reason")]
    private string? ReasonName { get; set; }

    /// <summary>Narrows the list too.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private CatalogProducts Catalog { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Title => _backfill is null ? "Backfill" : $"{BackfillLabels.Of(_backfill.State)}: {_backfill.Name}";

    /// <summary>Whose videos stand with its runs.</summary>
    private bool IsRunningSchedule => _backfill is { Plan.Schedule.Cron: not null, State: not BackfillState.Quoted };

    private bool IsMoving => _backfill?.State is BackfillState.Quoting or BackfillState.Running or BackfillState.Scheduled
        || (_backfill?.StartedAt is not null && _progress is { } progress && progress.Of(ItemState.UnderWay) + progress.Of(ItemState.Publishing) > 0);

    /// <summary>Another browser may move it too: whoever did not start one may change it, start it or delete it.</summary>
    private bool MayMove => IsMoving || _mayBeDeleted;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == Id)
            return;
        (_loaded, _backfill, _shop, _refused, _runs, _progress) = (Id, null, null, null, [], null);
        _watch ??= Live.Watch(_ => false, () => MayMove && Clock.GetUtcNow() >= _nextLook, () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        try
        {
            await ShowAsync(await Visitor.OwnedAsync(await Desk.GetAsync(Id, CancellationToken.None)));
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
    }

    private async Task LookAsync()
    {
        if (_backfill is not { Id: var id, Version: var shown })
            return;
        var began = Clock.GetTimestamp();
        var found = await Desk.FindAsync(id, CancellationToken.None);
        if (found is null)
            Forget(id);
        else if (IsMoving || found.Version != shown)
            await ShowAsync(found);
        _nextLook = Clock.GetUtcNow() + BackfillWatch.RestAfter(Clock.GetElapsedTime(began));
        StateHasChanged();
    }

    private void Forget(Guid id)
    {
        // Another one may have been asked for meanwhile.
        if (id == Id)
            (_backfill, _mayBeDeleted, _runs, _refused) = (null, false, [], new Problem("backfill_deleted", "This backfill was deleted just now. It had ordered nothing.", $"Backfill {id} was deleted while this page showed it."));
    }

    private async Task ShowAsync(Backfill backfill)
    {
        var isSchedule = backfill.Plan.Schedule.Cron is not null && !BackfillMachine.IsUnstarted(backfill.State);
        var progress = isSchedule || backfill.State is BackfillState.Draft ? null : await Desk.ProgressAsync(backfill, CancellationToken.None);
        var runs = isSchedule ? await Desk.ListAsync(new BackfillFilter(RunOf: backfill.Id, Take: ShownRuns), CancellationToken.None) : [];
        var products = backfill is { State: BackfillState.Quoting, Plan.Scope.OnlyNamed: false } ? await Catalog.CountAsync(backfill.Shop, CancellationToken.None) : 0;
        var mayBeDeleted = await Desk.MayBeDeletedAsync(backfill, CancellationToken.None);
        // Another one may have been asked for meanwhile.
        if (backfill.Id == Id)
            (_backfill, _shop, _mayBeDeleted, _progress, _runs, _products, _looks) = (backfill, backfill.Shop, mayBeDeleted, progress, runs, products, _looks + 1);
    }
}
