using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Correlation;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Looks for the task that a lost submit may have made, the best way its provider offers. Reads only.</summary>
public sealed class LostSubmits(
    VideoProviders providers, GenerationStore store, IDbContextFactory<ProductVideoDb> databases, AccountsOptions accounts, PipelineOptions options,
    IDatabaseClock clock, ILogger<LostSubmits> log)
{
    public async Task<FindOutcome> FindAsync(Generation generation, SubmitIntent intent, CancellationToken cancellationToken) =>
        providers.ForOrder(generation.Order.Provider) switch
        {
            // Where nothing of ours is echoed, that nothing of ours was found proves nothing: only the whole list does.
            IFindVideo finder when providers.CapabilitiesOf(generation.Order)?.Correlation is not CorrelationClass.ListOnly =>
                await ResolveAsync(await finder.FindAsync(generation.Order.Request, intent, cancellationToken), generation.Order.Provider, cancellationToken),
            IListVideos lister => await EliminateAsync(lister, generation, intent, cancellationToken),
            _ => new FindOutcome.CannotTell(Wait: null),
        };

    /// <summary>
    /// Of the tasks of its time, those are left out that videos of ours hold. As long as one that is left does not show what it was made of,
    /// nothing is decided: it may be the lost one, beside another that is alike.
    /// </summary>
    internal async Task<FindOutcome> ResolveAsync(FindOutcome outcome, string account, CancellationToken cancellationToken)
    {
        if (outcome is not FindOutcome.Alike { Tasks: var same, Silent: var silent, Wait: var wait })
            return outcome;
        var held = await store.HeldTasksAsync(account, [.. same.Concat(silent).Select(task => task.RemoteId)], cancellationToken);
        same = [.. same.Where(task => !held.Contains(task.RemoteId))];
        silent = [.. silent.Where(task => !held.Contains(task.RemoteId))];
        return (same, silent) switch
        {
            ([], []) => new FindOutcome.Absent(),
            ([var only], []) => new FindOutcome.Found(only.ToOperation()),
            (_, []) => new FindOutcome.Several(same, $"{same.Count} tasks were made of the same request"),
            _ when wait is not null => new FindOutcome.CannotTell(wait),
            _ => new FindOutcome.Several(
                [.. same.Concat(silent).OrderBy(task => task.CreatedAt)],
                $"{silent.Count} tasks of its time do not show what they were made of, and {same.Count} were made of the same request"),
        };
    }

    /// <summary>For a person: like <see cref="FindAsync"/>, and what escapes the adapter is told instead of thrown.</summary>
    internal async Task<FindOutcome> LookAsync(Generation generation, GenerationState.InDoubt doubt, CancellationToken cancellationToken)
    {
        if (doubt.Intent is not { } intent)
            return new FindOutcome.CannotTell(Wait: null);
        try
        {
            return await FindAsync(generation, intent, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Looking for the task of generation {Generation} ended in an exception", generation.Id);
            return new FindOutcome.CannotTell(Wait: null, new ProviderFault(
                ProviderFaultCode.Transient, $"{e.GetType().Name}: {e.Message}", "It did not answer as it should. Try again later."));
        }
    }

    private async Task<FindOutcome> EliminateAsync(
        IListVideos lister, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var (from, to) = Elimination.Window(intent, now);
        var (account, model) = (generation.Order.Provider, generation.Order.Request.Model);
        var list = await lister.ListAsync(model, from, to, cancellationToken);
        if (list is not ListOutcome.Listed { Tasks: var tasks })
            return new FindOutcome.CannotTell(TimeSpan.FromMinutes(1), (list as ListOutcome.Unavailable)?.Fault);
        var held = await store.HeldTasksAsync(account, [.. tasks.Select(task => task.RemoteId)], cancellationToken);
        var rivals = await RivalsAsync(generation, intent, cancellationToken);
        return Elimination.Decide(intent, new Elimination.Seen(tasks, held, accounts.Of(account).Exclusive, rivals), now);
    }

    /// <summary>
    /// Those too that were not found or were given up: what they made may come late, hold no video of ours, and show another product. What
    /// the same video's own earlier submit made shows the right one.
    /// </summary>
    private async Task<int> RivalsAsync(Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        string[] unproven = [nameof(IntentOutcome.Open), nameof(IntentOutcome.Doubted)];
        string[] settled = [nameof(IntentOutcome.Lost), nameof(IntentOutcome.GivenUp)];
        var (account, model) = (generation.Order.Provider, generation.Order.Request.Model);
        var since = Elimination.Rivals(intent, options.Settle);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitIntents.CountAsync(
            row => row.Account == account && row.Model == model && row.At >= since && row.Nonce != intent.Nonce
                && (unproven.Contains(row.Outcome) || (settled.Contains(row.Outcome) && row.RemoteId == null && row.GenerationId != generation.Id)),
            cancellationToken);
    }
}
