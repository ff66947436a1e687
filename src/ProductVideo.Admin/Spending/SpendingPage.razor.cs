using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Backfills;
using ProductVideo.CatalogIndex;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>The caps, how they stand, and where the money went.</summary>
public sealed partial class SpendingPage
{
    private const int PageSize = 50;

    private IReadOnlyList<BudgetRoom>? _rooms;
    private readonly Paged<SpendEntry> _entries = new(entry => entry.Id);
    private readonly OneAtATime _one = new();
    private Dictionary<Guid, Backfill> _backfills = [];
    private Problem? _refused;
    private bool _mayChange;
    private string? _askedFor;

    /// <summary>The first characters of the API key on which a cap is to be set; null for none.</summary>
    [SupplyParameterFromQuery]
    public string? Key { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private Budgets Budgets { get; set; } = default!;

    [Inject]
    private SpendLedger Ledger { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private CatalogProducts Catalog { get; set; } = default!;

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _rooms is not null)
            return;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var own = await Visitor.OwnAsync();
        // Who sees one shop only may not lift the cap that was set for it.
        _mayChange = own is null;
        // What was agreed to for a backfill that costs nothing limits nothing that could be spent.
        var rooms = (await Budgets.ListAsync(own, CancellationToken.None)).Where(room => room.Budget is not { OfRun: true, Cap.IsZero: true }).ToList();
        (_backfills, _rooms) = (await BackfillsAsync(rooms), rooms);
        await _entries.ResetAsync(_ => Part.ReadAsync<SpendEntry>(
            (after, take) => Ledger.ListAsync(new SpendFilter(own), after?.Id, take, CancellationToken.None), PageSize));
    }

    /// <summary>Those that are capped each by itself, by the cap's id.</summary>
    private async Task<Dictionary<Guid, Backfill>> BackfillsAsync(IReadOnlyList<BudgetRoom> rooms)
    {
        var capped = new Dictionary<Guid, Backfill>();
        foreach (var cap in rooms.Select(room => room.Budget))
        {
            if (cap is { Scope: BudgetScope.Backfill, Subject: { } subject })
                capped[cap.Id] = await Desk.GetAsync(Guid.Parse(subject), CancellationToken.None);
        }

        return capped;
    }

    /// <summary>Once the page stands, so that it is seen behind the question.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_rooms is null || !_mayChange || Key is not { Length: > 0 } key || key == _askedFor)
            return;
        _askedFor = key;
        var here = Navigation.Uri;
        await AddAsync(BudgetScope.ApiKey, key);
        // Whoever loads the page again is not asked again; whoever left it meanwhile is elsewhere.
        if (Navigation.Uri == here)
            Navigation.NavigateTo(Paths.Spending, replace: true);
    }

    private Task AddAsync(BudgetScope scope = BudgetScope.Everything, string? subject = null) => _one.DoAsync(async () =>
    {
        var shops = (await Visitor.ShopsAsync()).Select(shop => shop.Shop);
        await AskAsync(new CapForm { Scope = scope, Subject = subject, Currency = await ChargedCurrencies.SuggestAsync(Providers, Catalog, shops) });
    });

    private Task EditAsync(CapForm form) => _one.DoAsync(() => AskAsync(form));

    private async Task AskAsync(CapForm form)
    {
        var dialog = await Dialogs.ShowAsync<CapDialog>(
            form.IsNew ? "Set a cap" : $"Change {BudgetWords.Of(form.ToBudget())}", new DialogParameters<CapDialog> { { d => d.Form, form } });
        if (await dialog.Result is { Canceled: false })
            await LoadAsync();
    }

    private Task LiftAsync(Budget budget) => _one.DoAsync(async () =>
    {
        if (await new Ask(
            "Lift this cap?", $"Nothing will be limited by {BudgetWords.Of(budget)} any more. What was spent stays in the ledger.", "Lift cap", Grave: true)
            .ShowAsync(Dialogs) is null)
        {
            return;
        }

        try
        {
            _refused = null;
            await Budgets.DeleteAsync(budget.Id, CancellationToken.None);
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }

        await LoadAsync();
    });
}
