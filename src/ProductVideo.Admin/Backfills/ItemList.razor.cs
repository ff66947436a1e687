using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
using ProductVideo.Backfills;

namespace ProductVideo.Admin.Backfills;

/// <summary>The videos of a backfill, narrowed by the page's address, and read again when the page looks again.</summary>
public sealed partial class ItemList
{
    private const int PageSize = 50;

    /// <summary>Who reads so far down is not read to again each second.</summary>
    private const int MostReread = 200;

    private readonly Paged<BackfillItem> _items = new(item => (item.ProductId, item.Aspect));
    private (Guid Id, string? State, string? Reason, string? Search) _loaded;
    private Unhurried? _searching;
    private int _seen;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public Backfill Backfill { get; set; } = default!;

    /// <summary>A name of <see cref="ItemState"/>; null, or anything else, for all.</summary>
    [Parameter]
    public string? State { get; set; }

    /// <summary>A name of <see cref="SkipReason"/>; null, or anything else, for all.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Words of products' titles and ids; null for all.</summary>
    [Parameter]
    public string? Search { get; set; }

    /// <summary>How often the page looked.</summary>
    [Parameter]
    public int Looks { get; set; }

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ItemState? WantedState => Enum.TryParse<ItemState>(State, out var state) && Enum.IsDefined(state) ? state : null;

    private SkipReason? WantedReason => Enum.TryParse<SkipReason>(Reason, out var reason) && Enum.IsDefined(reason) ? reason : null;

    /// <summary>Why nothing is listed. What a backfill left out is forgotten some weeks after its end.</summary>
    private string Nothing => !string.IsNullOrWhiteSpace(Search) ? $"Nothing found for “{Search}”. Titles and ids of products are searched."
        : WantedReason is { } reason && !Backfill.Lists(reason) ? "None is listed; only the number of such products is kept."
        : BackfillMachine.IsOver(Backfill.State) && (WantedReason is not null || WantedState is ItemState.Skipped)
            ? "None is listed; some weeks after its end a backfill keeps only the number of the products that it left out." : "None.";

    private string Choice => WantedReason is { } reason ? $"reason={reason}" : WantedState is { } state ? $"state={state}" : "";

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Backfill.Id, State, Reason, Search);
        var looks = _seen;
        _seen = Looks;
        if (_loaded == wanted)
        {
            if (looks != Looks && _items.Items is not { Count: > MostReread })
                await (Search is null ? _items.LookAsync() : (_searching ??= new Unhurried(Clock)).DoAsync(LookAsync));
            return;
        }

        _loaded = wanted;
        _items.Clear();
        var (id, state, reason, search) = (Backfill.Id, WantedState, WantedReason, Search);
        await _items.ResetAsync(shown => Part.ReadAsync<BackfillItem>(
            (after, take) => Desk.ItemsAsync(id, new ItemFilter(state, reason, after, take, search), CancellationToken.None), PageSize, shown));
    }

    private async Task LookAsync()
    {
        await _items.LookAsync();
        StateHasChanged();
    }

    private void ChooseSearch(string? search) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(search) ? null : search.Trim()), replace: true);

    private void Choose(ChangeEventArgs e)
    {
        var (name, value) = (e.Value as string)?.Split('=') is [var first, var second] ? (first, second) : ("", "");
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["state"] = name is "state" ? value : null, ["reason"] = name is "reason" ? value : null }),
            replace: true);
    }
}
