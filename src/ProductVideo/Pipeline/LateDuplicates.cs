using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>
/// A submit that was looked for and not found may still turn up after it was paid for once more: its request was delayed, or the list
/// lagged. So it is looked for until the provider forgets it, stopped where that still helps, and told: never a silent second charge. Where the
/// video waits in doubt without a task, it is the one that a person can adopt, and no second charge.
/// </summary>
internal sealed class LateDuplicates(
    IDbContextFactory<ProductVideoDb> databases, GenerationStore store, VideoProviders providers, LostSubmits lost, SpendingBooks books,
    GenerationChanges changes, PipelineOptions options, IDatabaseClock clock, ILogger<LateDuplicates> log)
{
    private const int Batch = 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>How long a list shows its tasks where the provider says nothing; the shortest seen is a day.</summary>
    private static readonly TimeSpan UnknownRetention = TimeSpan.FromHours(24);

    /// <summary>What was charged twice for a generation.</summary>
    public async Task<IReadOnlyList<DuplicateCharge>> OfAsync(Guid generation, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.DuplicateCharges.Where(row => row.GenerationId == generation)
            .Select(row => new DuplicateCharge(row.RemoteId, row.Nonce, row.Stopped)).ToListAsync(cancellationToken);
    }

    /// <summary>Looks for those whose time has come.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.SubmitIntents.AsNoTracking().Where(row => row.LookAt != null && row.LookAt <= now)
            .OrderBy(row => row.LookAt).Take(Batch).ToListAsync(cancellationToken);
        var found = 0;
        foreach (var intent in due)
        {
            try
            {
                if (await store.FindAsync(intent.GenerationId, cancellationToken) is { } generation && await TakeAsync(intent, generation, now, cancellationToken))
                    found += await LookAsync(intent, generation, cancellationToken) ? 1 : 0;
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                log.LogError(e, "Looking for a late task of intent {Intent} failed; it is looked for again", intent.Nonce);
                // One whose generation can't be read was not taken, and would keep all behind it from their look.
                await PutAsync(intent, now + Longest, cancellationToken);
            }
        }

        return found;
    }

    /// <summary>Sets the next look before this one, so that one node looks and a crash costs one look.</summary>
    private async Task<bool> TakeAsync(SubmitIntentRow intent, Generation generation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var age = now - intent.At;
        DateTimeOffset? next = age > RetentionOf(generation)
            ? null : now + TimeSpan.FromTicks(Math.Clamp(age.Ticks / 2, Shortest.Ticks, Longest.Ticks));
        return await PutAsync(intent, next, cancellationToken);
    }

    /// <returns>False if somebody took it meanwhile.</returns>
    private async Task<bool> PutAsync(SubmitIntentRow intent, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitIntents.Where(row => row.Nonce == intent.Nonce && row.LookAt == intent.LookAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LookAt, next), cancellationToken) > 0;
    }

    private TimeSpan RetentionOf(Generation generation) => providers.CapabilitiesOf(generation.Order)?.ResultLifetime ?? UnknownRetention;

    private async Task<bool> LookAsync(SubmitIntentRow intent, Generation generation, CancellationToken cancellationToken)
    {
        // Only a mark proves a duplicate. Until the second one has left there is none, and one that a person named may not be there.
        if (providers.ForOrder(intent.Account) is not IFindVideo finder
            || generation.State is GenerationState.Planned or GenerationState.Submitting or GenerationState.Rendering { Doubt: not null })
            return false;
        // What was begun after it can have made its task is another order's, however late this is.
        var sent = new SubmitIntent(intent.Nonce, intent.At, Until: GenerationMachine.UntilOf(intent.At, providers.RulesFor(generation, options)));
        var outcome = await lost.FindAsync(finder, generation, sent, cancellationToken);
        if (outcome is not FindOutcome.Found { Operation: var task }
            || (await store.HeldTasksAsync(intent.Account, [task.RemoteId], cancellationToken)).Count > 0)
            return false;
        if (GenerationMachine.Surfaced(generation, sent, task) is { } surfaced)
            return await OfferAsync(intent, generation, surfaced, task, cancellationToken);
        if (await IsGivenUpAsync(generation, cancellationToken))
            await SettleAsync(intent, generation, task, cancellationToken);
        else
            await TellAsync(intent, generation, task, cancellationToken);
        return true;
    }

    /// <returns>False if somebody decided meanwhile: then it is looked for again.</returns>
    private async Task<bool> OfferAsync(
        SubmitIntentRow intent, Generation generation, Next surfaced, ProviderOperation task, CancellationToken cancellationToken)
    {
        if (!await store.OverruleAsync(generation, surfaced, cancellationToken))
            return false;
        changes.Tell(generation.Id);
        log.LogWarning(
            "Task {Task} of intent {Intent} at {Account} turned up late; generation {Generation} is in doubt and can adopt it",
            task.RemoteId, intent.Nonce, intent.Account, generation.Id);
        return true;
    }

    /// <summary>Whether what may have been charged counts as spent already, and no task is known that it was charged for.</summary>
    private async Task<bool> IsGivenUpAsync(Generation generation, CancellationToken cancellationToken)
    {
        if (generation.State is not GenerationState.Failed { Problem.Code: Problem.GivenUp })
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return !await db.SubmitIntents.AnyAsync(row => row.GenerationId == generation.Id && row.RemoteId != null, cancellationToken);
    }

    /// <summary>It is what the money was counted for. Where it can be stopped, that is not taken back: the later submit may have made a task as well.</summary>
    private async Task SettleAsync(SubmitIntentRow intent, Generation generation, ProviderOperation task, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await CloseAsync(db, intent, IntentOutcome.GivenUp, task, cancellationToken);
        // No other video may take it.
        await db.Generations.Where(row => row.Id == generation.Id && row.RemoteId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RemoteId, task.RemoteId), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.LogWarning(
            "Task {Task} of intent {Intent} at {Account} turned up late; generation {Generation} was given up, and what it costs is counted already",
            task.RemoteId, intent.Nonce, intent.Account, generation.Id);
        if (providers.ForOrder(intent.Account) is ICancelVideo canceller)
            await canceller.CancelAsync(task, cancellationToken);
    }

    /// <summary>What became of the submit is known, so it is not looked for any more.</summary>
    private static Task CloseAsync(
        ProductVideoDb db, SubmitIntentRow intent, IntentOutcome outcome, ProviderOperation task, CancellationToken cancellationToken)
    {
        var name = outcome.ToString();
        return db.SubmitIntents.Where(row => row.Nonce == intent.Nonce).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Outcome, name).SetProperty(row => row.RemoteId, task.RemoteId).SetProperty(row => row.LookAt, (DateTimeOffset?)null),
            cancellationToken);
    }

    private async Task TellAsync(SubmitIntentRow intent, Generation generation, ProviderOperation task, CancellationToken cancellationToken)
    {
        // Written before anything is stopped: what was charged must be known even if this process dies now.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.DuplicateCharges.Add(new DuplicateChargeRow
        {
            Account = intent.Account,
            RemoteId = task.RemoteId,
            GenerationId = intent.GenerationId,
            Nonce = intent.Nonce,
            FoundAt = await clock.NowAsync(cancellationToken),
        });
        await db.SaveChangesAsync(cancellationToken);
        await CloseAsync(db, intent, IntentOutcome.Duplicate, task, cancellationToken);
        await books.CountDuplicateAsync(db, generation, stopped: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        Measures.DuplicateCharges.Add(1, new KeyValuePair<string, object?>("provider", intent.Account));
        log.LogError(
            "Generation {Generation} may be charged for a task that it does not use: {Task} of intent {Intent} at {Account} turned up when it was {State}",
            intent.GenerationId, task.RemoteId, intent.Nonce, intent.Account, generation.State.Name);
        if (providers.ForOrder(intent.Account) is ICancelVideo canceller && await canceller.CancelAsync(task, cancellationToken))
            await TakeBackAsync(intent, generation, task, cancellationToken);
    }

    private async Task TakeBackAsync(SubmitIntentRow intent, Generation generation, ProviderOperation task, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.DuplicateCharges.Where(row => row.Account == intent.Account && row.RemoteId == task.RemoteId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stopped, true), cancellationToken);
        await books.CountDuplicateAsync(db, generation, stopped: true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>A task that a submit made after it was given up as lost and paid for once more.</summary>
/// <param name="RemoteId">The provider's id of the task.</param>
/// <param name="Nonce">Of the submit that was thought lost.</param>
/// <param name="Stopped">Whether the provider stopped it before it was charged.</param>
public sealed record DuplicateCharge(string RemoteId, string Nonce, bool Stopped);
