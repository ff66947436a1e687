using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Correlation;
using ProductVideo.Data;
using ProductVideo.Exchange;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Looks for the task that a lost submit may have made, the best way its provider offers. Reads only.</summary>
internal sealed class LostSubmits(
    VideoProviders providers, GenerationStore store, IDbContextFactory<ProductVideoDb> databases, AccountsOptions accounts, PipelineOptions options,
    IDatabaseClock clock, ILogger<LostSubmits> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var provider = providers.ForOrder(generation.Order.Provider);
        var lister = provider as IListVideos;
        // Where nothing of ours is echoed, that nothing of ours was found proves nothing: only the whole list does.
        if (provider is IFindVideo finder && providers.CapabilitiesOf(generation.Order)?.Correlation is not CorrelationClass.ListOnly)
        {
            // Before, for records that lag may show what is known only once they have been looked into.
            var distrust = await DistrustAsync(provider, generation, intent, cancellationToken);
            var seen = await FindAsync(finder, generation, intent, cancellationToken, generation.Id);
            return seen is FindOutcome.Absent ? distrust ?? seen : seen;
        }

        return lister is null ? new FindOutcome.CannotTell(Wait: null) : await EliminateAsync(lister, generation, intent, cancellationToken);
    }

    /// <summary>Where nothing says by when its task was made, that is by now: the database's, as all times of an intent are.</summary>
    internal async Task<FindOutcome> FindAsync(
        IFindVideo finder, Generation generation, SubmitIntent intent, CancellationToken cancellationToken, Guid? own = null)
    {
        var ended = intent with { Until = intent.Until ?? await clock.NowAsync(cancellationToken) };
        return await ResolveAsync(await finder.FindAsync(generation.Order.Request, ended, cancellationToken), generation, intent, cancellationToken, own);
    }

    /// <summary>
    /// Of the tasks of its time, those are left out that videos of ours hold. As long as one that is left does not show what it was made of,
    /// nothing is decided: it may be the lost one, beside another that is alike.
    /// </summary>
    internal async Task<FindOutcome> ResolveAsync(
        FindOutcome outcome, Generation generation, SubmitIntent intent, CancellationToken cancellationToken, Guid? own = null)
    {
        if (outcome is not FindOutcome.Alike { Tasks: var same, Silent: var silent, Wait: var wait })
            return outcome;
        var held = await store.HeldTasksAsync(generation.Order.Provider, [.. same.Concat(silent).Select(task => task.RemoteId)], cancellationToken, own);
        same = [.. same.Where(task => !held.Contains(task.RemoteId))];
        silent = [.. silent.Where(task => !held.Contains(task.RemoteId))];
        return (same, silent) switch
        {
            ([], []) => new FindOutcome.Absent(),
            ([var only], []) => await OnlyAsync(only, generation, intent, cancellationToken),
            (_, []) => new FindOutcome.Several(same, $"{same.Count} tasks were made of the same request"),
            _ when wait is not null => new FindOutcome.CannotTell(wait),
            _ => new FindOutcome.Several(
                [.. same.Concat(silent).OrderBy(task => task.CreatedAt)],
                $"{silent.Count} tasks of its time do not show what they were made of, and {same.Count} were made of the same request"),
        };
    }

    /// <summary>
    /// The one task that was made of the same request is the lost one's only where no other order of that request can have made it: it may be of
    /// another product with the same words, or of another ratio.
    /// </summary>
    private async Task<FindOutcome> OnlyAsync(RemoteTask only, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var rivals = await RivalsAsync(only, generation, intent, cancellationToken);
        if (rivals.Count == 0)
            return new FindOutcome.Found(only.ToOperation(), ByRequest: true);
        // Of one that is under way just now it will soon be known which task it made.
        var now = await clock.NowAsync(cancellationToken);
        return rivals.Any(row => row.Outcome == nameof(IntentOutcome.Open) && now - row.At < options.Lease)
            ? new FindOutcome.CannotTell(LookAgain)
            : new FindOutcome.Several([only], $"one task was made of the same request, and {rivals.Count} other unproven submits of that request may have made it");
    }

    /// <summary>Of the other unproven submits, those of the same prompt that were sent when they may have made this task.</summary>
    private async Task<IReadOnlyList<SubmitIntentRow>> RivalsAsync(RemoteTask task, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        // What one leads to that was settled without a task comes late if at all, but not later than its request may be under way.
        var (from, to) = (task.CreatedAt - ProviderClock.Skew - (2 * options.Lease) - options.Settle, task.CreatedAt + ProviderClock.Skew);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unproven = await Unproven(db, generation, intent, from).AsNoTracking().Where(row => row.At <= to).ToListAsync(cancellationToken);
        var rivals = new List<SubmitIntentRow>();
        foreach (var row in unproven)
        {
            if (await store.FindAsync(row.GenerationId, cancellationToken) is { } other && PromptEcho.IsOf(generation.Order.Request.Prompt, other.Order.Request.Prompt)
                && !(UntilOf(other, row.Nonce) + ProviderClock.Skew < task.CreatedAt))
                rivals.Add(row);
        }

        return rivals;
    }

    /// <summary>By when the submit has made its task if it ever does; null where that is not known.</summary>
    private static DateTimeOffset? UntilOf(Generation generation, string nonce) => generation.State switch
    {
        GenerationState.Submitting { Intent: var intent } when intent.Nonce == nonce => intent.Until,
        GenerationState.InDoubt { Intent: { } intent } when intent.Nonce == nonce => intent.Until,
        _ => null,
    };

    /// <summary>Asks once for a task that a person names.</summary>
    /// <param name="generation">In doubt.</param>
    /// <param name="task">Which.</param>
    /// <param name="isTyped">Whether its id came from nowhere but the person: then an answer that can't be read may mean that the id is none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What the provider says where it does not know the task, or nothing can be made of its answer; null where it does, or can't be asked now.</returns>
    internal async Task<ProviderFault?> UnknownAsync(Generation generation, ProviderOperation task, bool isTyped, CancellationToken cancellationToken)
    {
        try
        {
            return await providers.ForOrder(generation.Order.Provider).CheckAsync(task, cancellationToken) is CheckOutcome.Refused { Stopped: false, Fault: var fault }
                && (fault.Code is ProviderFaultCode.NotFoundOrExpired || (isTyped && fault.Code is ProviderFaultCode.Protocol)) ? fault : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // As with one that can't be asked: the task is asked about again once it is adopted.
            log.LogError(e, "Asking for task {Task} of generation {Generation} ended in an exception", task.RemoteId, generation.Id);
            return null;
        }
    }

    /// <summary>For a person: what the provider shows now, of the task where it is known, else of what <see cref="FindAsync(Generation, SubmitIntent, CancellationToken)"/> finds.</summary>
    internal async Task<Sighting> LookAsync(Generation generation, GenerationState.InDoubt doubt, CancellationToken cancellationToken) => doubt switch
    {
        { Intent: { } intent } => Sighting.Of(
            await AskedAsync(generation, () => FindAsync(generation, intent, cancellationToken), fault => new FindOutcome.CannotTell(Wait: null, fault), cancellationToken),
            doubt, await clock.NowAsync(cancellationToken), providers.RulesFor(generation, options)),
        { Operation: { } task } => Sighting.Of(
            await AskedAsync<CheckOutcome>(
                generation, () => providers.ForOrder(generation.Order.Provider).CheckAsync(task, cancellationToken), fault => new CheckOutcome.Refused(fault), cancellationToken),
            generation, task),
        _ => Sighting.Nowhere,
    };

    /// <summary>What escapes the adapter is told instead of thrown.</summary>
    private async Task<T> AskedAsync<T>(Generation generation, Func<Task<T>> ask, Func<ProviderFault, T> otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Looking for the task of generation {Generation} ended in an exception", generation.Id);
            return otherwise(new ProviderFault(
                ProviderFaultCode.Transient, $"{e.GetType().Name}: {e.Message}", "It did not answer as it should. Try again later."));
        }
    }

    /// <summary>
    /// What a list does not show proves something only where it shows what is known to be there. One that is asked for with another account's key,
    /// by times of another zone, or for its first page alone is as well formed as the right one, and may be empty. So is the answer to a mark of ours
    /// that another account is asked for, which would take it as a new one.
    /// </summary>
    /// <returns>Why that nothing is found proves nothing; null if all that is known is shown, nothing is, or it can't be asked for.</returns>
    private async Task<FindOutcome?> DistrustAsync(IVideoProvider provider, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        if (provider is not (IListVideos or IShowVideos) || await KnownAsync(generation, intent, now, cancellationToken) is not { Count: > 0 } known)
            return null;
        if (provider is IListVideos lister)
        {
            var list = await ListAsync(lister, generation, intent, now, cancellationToken);
            return list is ListOutcome.Listed { Tasks: var tasks } ? Lacks(known, tasks.Select(task => task.RemoteId)) : Unread((list as ListOutcome.Unavailable)?.Fault);
        }

        var (shown, fault) = await ((IShowVideos)provider).ShowAsync(
            generation.Order.Request.Model, [.. known.Select(task => task.RemoteId).Distinct(StringComparer.Ordinal)], cancellationToken);
        return fault is null ? Lacks(known, shown) : Unread(fault);
    }

    /// <summary>The tasks of the window, and of so much before that what must be shown is, whatever the provider's clock says.</summary>
    private static async Task<ListOutcome> ListAsync(
        IListVideos lister, Generation generation, SubmitIntent intent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = Elimination.Window(intent, now);
        return await lister.ListAsync(generation.Order.Request.Model, from - ProviderClock.Skew, to, cancellationToken);
    }

    private static FindOutcome.CannotTell Unread(ProviderFault? fault) => new(TimeSpan.FromMinutes(1), fault);

    /// <summary>Why what is shown proves nothing; null if all that is known is among it.</summary>
    private static FindOutcome? Lacks(IReadOnlyList<KnownTask> known, IEnumerable<string> shown)
    {
        var seen = shown.ToHashSet(StringComparer.Ordinal);
        var unseen = known.Where(task => !seen.Contains(task.RemoteId)).ToList();
        return unseen switch
        {
            [] => null,
            // It may have failed just now, and lists leave those out. When it has been asked about, it will be known.
            _ when unseen.TrueForAll(task => task.IsUnfinished) => new FindOutcome.CannotTell(TimeSpan.FromMinutes(1)),
            _ => new FindOutcome.Blind(unseen.ConvertAll(task => task.RemoteId)),
        };
    }

    /// <summary>The tasks that videos of ours hold and that must be in the list: not those that failed or were stopped. None of what is free, for it may be made twice.</summary>
    private async Task<IReadOnlyList<KnownTask>> KnownAsync(Generation generation, SubmitIntent intent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (generation.Order.Billing is BillingRule.Free)
            return [];
        string[] gone = [nameof(GenerationState.Failed), nameof(GenerationState.Cancelled), nameof(GenerationState.InDoubt)];
        var (from, to) = Elimination.Shown(intent, now, options.Settle);
        var (account, model, taken) = (generation.Order.Provider, generation.Order.Request.Model, nameof(IntentOutcome.Taken));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitIntents.AsNoTracking()
            .Where(sent => sent.Account == account && sent.Model == model && sent.Outcome == taken && sent.At >= from && sent.At <= to)
            .Join(db.Generations, sent => sent.GenerationId, held => held.Id, (sent, held) => new { sent.RemoteId, Held = held.RemoteId, held.State })
            .Where(one => one.RemoteId != null && one.RemoteId == one.Held && !gone.Contains(one.State))
            .Select(one => new KnownTask(one.RemoteId!, one.State == nameof(GenerationState.Rendering))).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// By one list: of two, the one that shows what is known may be newer than the one that does not show the lost one's task, and a second task
    /// would be paid for.
    /// </summary>
    private async Task<FindOutcome> EliminateAsync(
        IListVideos lister, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var list = await ListAsync(lister, generation, intent, now, cancellationToken);
        if (list is not ListOutcome.Listed { Tasks: var tasks })
            return Unread((list as ListOutcome.Unavailable)?.Fault);
        var account = generation.Order.Provider;
        var held = await store.HeldTasksAsync(account, [.. tasks.Select(task => task.RemoteId)], cancellationToken, generation.Id);
        var rivals = await RivalsAsync(generation, intent, cancellationToken);
        var left = Elimination.Decide(intent, new Elimination.Seen(tasks, held, accounts.Of(account).Exclusive, rivals), now);
        return left is FindOutcome.Absent or FindOutcome.Found ? Lacks(await KnownAsync(generation, intent, now, cancellationToken), tasks.Select(task => task.RemoteId)) ?? left : left;
    }

    /// <summary>
    /// Those too that were not found or were given up: what they made may come late, hold no video of ours, and show another product. What
    /// the same video's own earlier submit made shows the right one.
    /// </summary>
    private async Task<int> RivalsAsync(Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var since = Elimination.Rivals(intent, options.Settle);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Unproven(db, generation, intent, since).CountAsync(row => row.At >= since, cancellationToken);
    }

    /// <summary>The other submits at the account and model that may have made a task which nobody knows of; of those that were settled, since a time.</summary>
    private static IQueryable<SubmitIntentRow> Unproven(ProductVideoDb db, Generation generation, SubmitIntent intent, DateTimeOffset since)
    {
        string[] unproven = [nameof(IntentOutcome.Open), nameof(IntentOutcome.Doubted)];
        string[] settled = [nameof(IntentOutcome.Lost), nameof(IntentOutcome.GivenUp)];
        var (account, model) = (generation.Order.Provider, generation.Order.Request.Model);
        return db.SubmitIntents.Where(row => row.Account == account && row.Model == model && row.Nonce != intent.Nonce
            && (unproven.Contains(row.Outcome)
                || (settled.Contains(row.Outcome) && row.At >= since && row.RemoteId == null && row.GenerationId != generation.Id)));
    }

    /// <param name="RemoteId">The provider's id of the task.</param>
    /// <param name="IsUnfinished">Whether it was still being made when it was last asked about.</param>
    private sealed record KnownTask(string RemoteId, bool IsUnfinished);
}
