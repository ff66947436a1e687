using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>Keeps a row for every decision to pay, in the transaction that makes or settles it.</summary>
internal sealed class IntentLedger(IDatabaseClock clock) : IWrittenTogether
{
    /// <summary>A task that comes late mostly comes soon.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A name that was refused is sent again: its row then tells of the last time. Where it is settled before it was begun, it was begun by a
    /// version that kept no ledger.
    /// </summary>
    private static readonly ManyRows<SubmitIntentRow> Moves = ManyRows<SubmitIntentRow>.Insert(
        "submit_intents",
        [
            new("Nonce", ColumnType.Text, row => row.Nonce),
            new("GenerationId", ColumnType.Guid, row => row.GenerationId),
            new("Account", ColumnType.Text, row => row.Account),
            new("Model", ColumnType.Text, row => row.Model),
            new("At", ColumnType.Long, row => row.At.UtcTicks),
            new("Outcome", ColumnType.Text, row => row.Outcome),
            new("RemoteId", ColumnType.Text, row => row.RemoteId),
            new("LookAt", ColumnType.Long, row => row.LookAt?.UtcTicks),
        ],
        """("Nonce") DO UPDATE SET "At" = excluded."At", "Outcome" = excluded."Outcome", "RemoteId" = excluded."RemoteId", "LookAt" = excluded."LookAt" """);

    public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken) =>
        before is null ? Task.CompletedTask : WriteManyAsync(db, [new GenerationChange(before, after)], cancellationToken);

    public async Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
    {
        var moves = changes.SelectMany(change => IntentChange.All(change.Before.State, change.After.State).Select(intent => (change.After, Intent: intent))).ToList();
        if (moves.Count == 0)
            return;
        var lookAt = moves.Exists(move => move.Intent.MaySurface) ? await clock.NowAsync(db, cancellationToken) + FirstLook : default;
        await db.WriteManyAsync(
            Moves,
            [.. moves.Select(move => new SubmitIntentRow
            {
                Nonce = move.Intent.Intent.Nonce,
                GenerationId = move.After.Id,
                Account = move.After.Order.Provider,
                Model = move.After.Order.Request.Model,
                At = move.Intent.Intent.Since,
                Outcome = move.Intent.Outcome.ToString(),
                RemoteId = move.Intent.RemoteId,
                LookAt = move.Intent.MaySurface ? lookAt : null,
            })],
            cancellationToken);
    }
}
