using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>The one loop that moves generations: load, decide, save, act, apply, save. It may be called twice, late or never; the row decides.</summary>
internal sealed class Advance(
    GenerationStore store, VideoProviders providers, ProviderAccounts accounts, WaitingSubmits waiting, Acting acting, LateWrites late, GenerationChanges changes,
    PipelineOptions options, IDatabaseClock clock, TimeProvider timers, ILogger<Advance> log)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Moves the generation as far as it can go now. Does nothing if somebody else is at it or it is not due to anybody.</summary>
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var owner = Nonce.New();
        if (await store.ClaimAsync(id, owner, options.Lease, cancellationToken) is { } generation)
            await GoOnAsync(generation, owner, cancellationToken);
    }

    /// <summary>Moves a claimed generation as far as it can go now.</summary>
    internal async Task GoOnAsync(Generation claimed, string owner, CancellationToken cancellationToken)
    {
        var id = claimed.Id;
        try
        {
            for (var next = claimed; next is not null;)
                next = await StepAsync(next, owner, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops: what was decided is committed, so the next process goes on from there at once.
            await store.ReleaseAsync(id, owner, CancellationToken.None);
            throw;
        }
    }

    /// <returns>The generation if there is more to do now; null if it rests, waits or was taken over.</returns>
    private async Task<Generation?> StepAsync(Generation generation, string owner, CancellationToken cancellationToken)
    {
        var rules = providers.RulesFor(generation, options);
        var decision = GenerationMachine.Decide(generation, await clock.NowAsync(cancellationToken), rules);
        // From before the commit: what is late by this clock may be late by everybody's.
        using var window = decision.Effect is Effect.Start ? SubmitWindow.Open(timers, options.Lease / 3, options.Lease) : null;
        var decided = await SaveDecisionAsync(generation, decision, owner, window, cancellationToken);
        if (decided is null || decision.Effect is Effect.Rest)
            return null;

        var answer = await WithLeaseAsync(decided, owner, decision.Effect, cancellationToken);
        var written = false;
        try
        {
            if (answer is null)
                return null;
            (var more, written) = await TakeAnswerAsync(decided, decision.Effect, answer, owner, rules);
            return more;
        }
        finally
        {
            // What was done to a listing and is not written down, for the claim was lost or the database is away, nobody else knows of.
            if (!written && decision.Effect is (Effect.Publish or Effect.Withdraw))
                await late.SettleAsync(decided, cancellationToken);
        }
    }

    /// <summary>Writes down what an effect led to.</summary>
    /// <returns>The generation as <see cref="StepAsync"/> gives it, and whether it was written; not if the claim was lost.</returns>
    /// <param name="decided">As it was when the effect began.</param>
    /// <param name="effect">What was done.</param>
    /// <param name="answer">What it led to.</param>
    /// <param name="owner">Of the claim.</param>
    /// <param name="rules">Of the provider.</param>
    /// <param name="since">When it was first tried to write this down, by <see cref="TimeProvider.GetTimestamp"/>; null for now.</param>
    internal async Task<(Generation? More, bool Written)> TakeAnswerAsync(
        Generation decided, Effect effect, Answer answer, string owner, MachineRules rules, long? since = null)
    {
        TellAccepted(decided, answer, log);
        var (next, rests, saved) = await InsistAsync(answer, since ?? timers.GetTimestamp(), async () =>
        {
            var now = await clock.NowAsync(CancellationToken.None);
            var next = GenerationMachine.Apply(decided, answer, now, rules);
            var rests = next.DueAt is null || next.DueAt > now;
            return (next, rests, await SaveAnswerAsync(decided, effect, next, owner, rests, now));
        });
        if (answer is Answer.Started { Outcome: var outcome })
            await LearnAsync(decided.Order.Provider, outcome);
        ResultAlarm.Sound(decided, next.State, log);
        if (saved is not null)
            CostAlarm.Sound(decided, answer, next.State, log);
        var more = !rests ? saved : IsWishedSince(decided, saved) ? await store.ClaimAsync(decided.Id, owner, options.Lease, CancellationToken.None) : null;
        return (more, saved is not null);
    }

    /// <summary>Its wake-up found the row taken, and whether the provider charges may hang on the seconds until the sweep looks.</summary>
    private static bool IsWishedSince(Generation decided, Generation? saved) => decided.CancelRequestedBy is null && saved is { CancelRequestedBy: not null, DueAt: not null };

    /// <summary>
    /// What a paid request led to is known only here until it is written. So a database that is away for a moment is waited for, as long as the
    /// claim lasts: after that others go on from what they see, and what comes later is not written.
    /// </summary>
    private async Task<T> InsistAsync<T>(Answer answer, long since, Func<Task<T>> write)
    {
        for (var wait = s_firstWait; ; wait *= 2)
        {
            try
            {
                return await write();
            }
            catch (Exception e) when (e is not OutOfMemoryException && answer is Answer.Started && timers.GetElapsedTime(since) + wait < options.Lease)
            {
                log.LogWarning(e, "What a paid request led to could not be written; tried again in {Wait}", wait);
                await Task.Delay(wait, timers, CancellationToken.None);
            }
        }
    }

    /// <summary>
    /// Commits no intent that is too late to be acted on: one that waited so long for the account's row, which a sleeping process held, would
    /// at once count as lost, and a second one that is lost waits for a person.
    /// </summary>
    /// <returns>Null if the claim was lost, or nothing may be sent now; then it waits.</returns>
    private async Task<Generation?> SaveDecisionAsync(
        Generation generation, Decision decision, string owner, SubmitWindow? window, CancellationToken cancellationToken)
    {
        try
        {
            return await SaveAsync(
                generation, generation with { State = decision.State, DueAt = decision.DueAt }, owner, decision.Effect is Effect.Rest, cancellationToken,
                window is null ? null : () => window.IsOver);
        }
        catch (NotNowException e)
        {
            log.LogDebug("Generation {Generation} waits until {Until}: {Reason}", generation.Id, e.Until, e.Problem.OperatorText);
            var turn = e.InTurn ? await waiting.NextTurnAsync(generation.Order.Provider, e.Until, generation.Order.IsInBackground, cancellationToken) : e.Until;
            var wait = WaitFor(generation, e, turn, await clock.NowAsync(cancellationToken));
            await SaveAsync(generation, generation with { State = wait.State, DueAt = wait.DueAt }, owner, release: true, cancellationToken);
            if (e.ProbeDue)
                await accounts.ProbeAsync(generation.Order.Provider, cancellationToken);
            return null;
        }
    }

    /// <summary>Before anything is written: where that fails, the log is the only trace of a paid task.</summary>
    internal static void TellAccepted(Generation generation, Answer answer, ILogger log)
    {
        if (answer is Answer.Started { Outcome: StartOutcome.Accepted { Operation.RemoteId: var task } })
            log.LogInformation("{Provider} took generation {Generation} as task {Task}", generation.Order.Provider, generation.Id, task);
    }

    /// <summary>What is true where nothing may be sent now.</summary>
    internal static Next WaitFor(Generation generation, NotNowException refusal, DateTimeOffset turn, DateTimeOffset now) =>
        refusal.NeedsPerson && GenerationMachine.HandOver(generation, refusal.Problem, now) is { } handover
            ? handover : GenerationMachine.NotNow(generation, turn, refusal.Problem);

    /// <summary>What an account learns is of use to the next order; it must not cost this one its answer.</summary>
    internal async Task LearnAsync(string account, StartOutcome outcome)
    {
        try
        {
            await accounts.LearnAsync(account, outcome, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "What a start at {Account} led to could not be kept", account);
        }
    }

    /// <summary>The answer of a paid request is written even if the host is stopping.</summary>
    private async Task<Generation?> SaveAnswerAsync(Generation decided, Effect effect, Next next, string owner, bool rests, DateTimeOffset now)
    {
        try
        {
            var saved = await SaveAsync(decided, decided with { State = next.State, DueAt = next.DueAt }, owner, rests, CancellationToken.None);
            if (saved is null)
                log.LogWarning("Generation {Generation} was taken over while {Effect} ran; its answer was not written", decided.Id, effect.GetType().Name);
            return saved;
        }
        catch (TaskTakenException e)
        {
            log.LogError(e, "Generation {Generation} is parked for a person", decided.Id);
            if (next.State is GenerationState.Rendering { Operation.RemoteId: var task }
                && await store.DoubtHolderAsync(decided.Order.Provider, task, CancellationToken.None) is { } holder)
            {
                log.LogError(
                    "{Provider} named task {Task} for generations {Holder} and {Generation}; the first was {State}. One of the two clips shows another product",
                    decided.Order.Provider, task, holder.Id, decided.Id, holder.State.Name);
                changes.Tell(holder.Id);
            }

            await SaveAsync(
                decided, decided with { State = GenerationMachine.TaskTaken(decided, now).State, DueAt = null }, owner, release: true,
                CancellationToken.None);
            return null;
        }
    }

    private async Task<Generation?> SaveAsync(
        Generation before, Generation generation, string owner, bool release, CancellationToken cancellationToken, Func<bool>? tooLate = null)
    {
        var saved = await store.SaveAsync(before, generation, owner, release ? null : options.Lease, cancellationToken, tooLate);
        if (saved is not null)
        {
            StateLog.Tell(before, saved, log);
            changes.Tell(saved.Id);
        }

        return saved;
    }

    /// <summary>Acts while the claim is kept alive. If the claim is lost, what can be stopped is stopped.</summary>
    /// <returns>Null if it was.</returns>
    private async Task<Answer?> WithLeaseAsync(Generation generation, string owner, Effect effect, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var keeping = KeepLeaseAsync(generation.Id, owner, lost, done.Token);
        try
        {
            return await acting.RunAsync(generation, effect, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Generation {Generation} was taken over while {Effect} ran, which was ended", generation.Id, effect.GetType().Name);
            return null;
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    private async Task KeepLeaseAsync(Guid id, string owner, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, timers);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
                await RenewAsync(id, owner, lost, done);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            log.LogTrace("Effect on {Generation} ended", id);
        }
    }

    private async Task RenewAsync(Guid id, string owner, CancellationTokenSource lost, CancellationToken done)
    {
        try
        {
            if (!await store.RenewAsync(id, owner, options.Lease, done))
                await lost.CancelAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            // Must not cost the answer of a paid request: the lease has two more ticks, and the save says whether it held.
            log.LogWarning(e, "The claim on {Generation} could not be renewed", id);
        }
    }
}
