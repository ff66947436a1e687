using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>Keeps a row for every decision to pay, in the transaction that makes or settles it.</summary>
internal sealed class IntentLedger(IDatabaseClock clock) : IWrittenTogether
{
    /// <summary>A task that comes late mostly comes soon.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(2);

    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is null || IntentChange.Between(before.State, after.State) is not { } change)
            return;
        var (nonce, outcome) = (change.Intent.Nonce, change.Outcome.ToString());
        DateTimeOffset? lookAt = change.Outcome is IntentOutcome.Lost ? await clock.NowAsync(cancellationToken) + FirstLook : null;
        // A name that was refused is sent again: its row then tells of the last time.
        var written = await db.SubmitIntents.Where(row => row.Nonce == nonce).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.At, change.Intent.Since).SetProperty(row => row.Outcome, outcome)
                .SetProperty(row => row.RemoteId, change.RemoteId).SetProperty(row => row.LookAt, lookAt),
            cancellationToken);
        if (written > 0)
            return;
        // Where it is settled before it was begun, it was begun by a version that kept no ledger.
        var (account, model, remote) = (after.Order.Provider, after.Order.Request.Model, change.RemoteId);
        db.SubmitIntents.Add(new SubmitIntentRow
        {
            Nonce = nonce,
            GenerationId = after.Id,
            Account = account,
            Model = model,
            At = change.Intent.Since,
            Outcome = outcome,
            RemoteId = remote,
            LookAt = lookAt,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
