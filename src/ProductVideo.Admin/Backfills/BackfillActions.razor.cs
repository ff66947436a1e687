using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Backfills;

/// <summary>What a person can do with a backfill in its state. What costs, or can't be undone, asks first.</summary>
public sealed partial class BackfillActions
{
    private readonly OneAtATime _one = new();
    private bool _busy;

    /// <summary>With which.</summary>
    [Parameter, EditorRequired]
    public Backfill Backfill { get; set; } = default!;

    /// <summary>How far it is.</summary>
    [Parameter]
    public BackfillProgress? Progress { get; set; }

    /// <summary>Whether it ordered nothing, so that nothing is lost with it.</summary>
    [Parameter]
    public bool MayBeDeleted { get; set; }

    /// <summary>As it is now.</summary>
    [Parameter]
    public EventCallback<Backfill> OnChanged { get; set; }

    /// <summary>Why it could not be done.</summary>
    [Parameter]
    public EventCallback<Problem?> OnRefused { get; set; }

    /// <summary>Under which name what the visitor does is recorded.</summary>
    [CascadingParameter(Name = Visitor.Cascade)]
    private string? Me { get; set; }

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsSchedule => Backfill.Plan.Schedule.Cron is not null;

    private string StartText => IsSchedule ? "Start the schedule" : Backfill.Quote!.Prices.Count == 0 ? "Start, it is free" : $"Start for {BackfillLabels.Sum(Backfill.Quote.Prices)}";

    private bool IsFree => Backfill.Quote!.Prices.Count == 0 && !IsSchedule;

    private Task StartAsync() => _one.DoAsync(async () =>
    {
        // Somebody else may change it while they look at its price.
        var seen = Backfill.QuotedAt;
        var agreed = IsFree ? [] : await AgreedAsync();
        if (agreed is not null)
            await FollowAsync(async by => await Desk.StartAsync(Backfill.Id, agreed, by, CancellationToken.None, quotedAt: seen));
    });

    private async Task<IReadOnlyList<Money>?> AgreedAsync()
    {
        var dialog = await Dialogs.ShowAsync<StartDialog>(IsSchedule ? "Start the schedule?" : "Start the backfill?", new DialogParameters<StartDialog> { { d => d.Backfill, Backfill } });
        return await dialog.Result is { Canceled: false, Data: IReadOnlyList<Money> agreed } ? agreed : null;
    }

    private Task PriceAsync() => DoAsync(_ => Desk.QuoteAsync(Backfill.Id, CancellationToken.None));

    private Task PauseAsync() => DoAsync(by => Desk.PauseAsync(Backfill.Id, by, CancellationToken.None));

    private Task ResumeAsync() => DoAsync(_ => Desk.ResumeAsync(Backfill.Id, CancellationToken.None));

    private Task CancelAsync() => _one.DoAsync(async () =>
    {
        var ask = Backfill.StartedAt is null
            ? new Ask("Cancel this backfill?", "Nothing was ordered, and nothing will be.", "Cancel the backfill", Grave: true)
            : IsSchedule
                ? new Ask("End this schedule?", "It makes no more runs, and one that is going on is cancelled: what a provider makes already is paid for, so it is finished.", "End the schedule", Grave: true)
                : new Ask(
                    "Cancel this backfill?",
                    "What is not ordered is not made, and what is ordered but not sent to a provider is cancelled. What a provider makes already is paid for, so it is finished.",
                    "Cancel the backfill", Grave: true);
        if (await ask.ShowAsync(Dialogs) is not null)
            await FollowAsync(by => Desk.CancelAsync(Backfill.Id, by, CancellationToken.None));
    });

    private Task DeleteAsync() => _one.DoAsync(async () =>
    {
        var ask = new Ask("Delete this backfill?", "It ordered nothing and cost nothing. What it was to make, its price and its list go for good.", "Delete the backfill", Grave: true);
        if (await ask.ShowAsync(Dialogs) is null)
            return;
        await WithBusyAsync(async () =>
        {
            await Desk.DeleteAsync(Backfill.Id, CancellationToken.None);
            // The way back does not lead to what is gone.
            Navigation.NavigateTo(Backfill.RunOf is { } schedule ? Paths.Backfill(schedule) : Paths.BackfillsOf(Backfill.Shop), replace: true);
        });
    });

    private Task DoAsync(Func<string, Task<Backfill>> act) => _one.DoAsync(() => FollowAsync(act));

    private Task FollowAsync(Func<string, Task<Backfill>> act) => WithBusyAsync(async () => await OnChanged.InvokeAsync(await act(await Visitor.NameAsync())));

    private async Task WithBusyAsync(Func<Task> act)
    {
        _busy = true;
        try
        {
            await OnRefused.InvokeAsync(null);
            await act();
        }
        catch (RefusedException e)
        {
            await OnRefused.InvokeAsync(e.Problem);
        }
        finally
        {
            _busy = false;
        }
    }
}
