using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>
/// Moves many generations at once where that takes one short call each: orders to send and tasks to ask about. Claims them together, decides,
/// commits the intents together, calls side by side and writes the answers together. Whatever does not fit goes on singly, by the same rules.
/// </summary>
internal sealed class BatchAdvance(
    GenerationClaims claims, GenerationBatch batch, Advance advance, Acting acting, VideoProviders providers, BatchAnswers answers, BatchRefusals refusals,
    GenerationStore store, PipelineOptions options, TimeProvider timers, ILogger<BatchAdvance> log)
{
    /// <summary>A call that takes longer writes its answer by itself; the others do not wait for it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>One calls while the other writes.</summary>
    private const int AtOnce = 2;

    private readonly CallPlaces _asks = new(options.CallsAtOnce);

    /// <summary>Their own: what is sent must be sent soon, and questions may take long.</summary>
    private readonly CallPlaces _sends = new(options.CallsAtOnce);
    private readonly UndecidedSends _undecided = new();
    private readonly CallPlaces _aside = new(options.SweepParallel);
    private bool _foundNothing = true;

    /// <summary>The accounts whose orders are sent in batches. Where a lost submit can't be found again, a crash must not lose many at once.</summary>
    public IReadOnlyCollection<string> Senders() =>
        [.. providers.All.Where(provider => provider.Models.All(model => provider.Capabilities(model).Correlation is var found && IsFound(found))).Select(provider => provider.Key)];

    /// <summary>Takes one batch after the other while they are well filled; while one calls, the next is claimed.</summary>
    /// <param name="stragglers">Takes what goes on longer.</param>
    /// <param name="cancellationToken">Ends it; paid requests under way run to their end all the same.</param>
    /// <returns>How many were claimed.</returns>
    internal async Task<int> RunAsync(Stragglers stragglers, CancellationToken cancellationToken)
    {
        // Who found nothing looks before it claims: a claim takes the database's write lock even where there is nothing to claim.
        if (_foundNothing && !await claims.AnyAsync(Wish(stragglers), cancellationToken))
            return 0;
        var moving = new List<Task>();
        try
        {
            for (var all = 0; ;)
            {
                var kept = new KeptClaims(batch, Nonce.New(), options.Lease, timers, log);
                var claimed = await claims.ClaimAsync(Wish(stragglers), kept.Owner, options.Lease, RoomAsync, cancellationToken);
                var count = claimed.Generations.Count;
                all += count;
                if (count > 0)
                {
                    var undecided = _undecided.Count(claimed.Generations);
                    moving.Add(Task.Run(() => MoveAsync(claimed, kept, undecided, stragglers, cancellationToken), CancellationToken.None));
                }

                if (count < options.SweepBatch / 2)
                {
                    _foundNothing = all == 0;
                    await Task.WhenAll(moving);
                    return all;
                }

                if (moving.Count == AtOnce)
                {
                    var ended = await Task.WhenAny(moving);
                    moving.Remove(ended);
                    await ended;
                }
            }
        }
        finally
        {
            await Task.WhenAll(moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SendRoom> RoomAsync(ProductVideoDb db, string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Read before the database is: what is decided in between is then counted twice, not given out twice.
        var undecided = _undecided.Of(account);
        var room = await SendRooms.OfAsync(db, account, now, cancellationToken);
        return new SendRoom(room.ForPeople - undecided, room.InBackground - undecided);
    }

    /// <summary>Moves a batch as far as it can go now.</summary>
    private async Task MoveAsync(
        ClaimedGenerations claimed, KeptClaims kept, IDisposable undecided, Stragglers stragglers, CancellationToken cancellationToken)
    {
        kept.Keep(claimed.Generations.Select(generation => generation.Id));
        try
        {
            var (moving, now) = (claimed.Generations, claimed.At);
            while (moving.Count > 0)
                (moving, now) = await StepAsync(moving, now, kept, undecided, stragglers, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops: what was decided is committed, so the next process goes on from there at once.
            await batch.ReleaseAsync(kept.Own, kept.Owner, CancellationToken.None);
            throw;
        }
        finally
        {
            kept.Drop(kept.Own);
            undecided.Dispose();
        }
    }

    private ClaimWish Wish(Stragglers stragglers)
    {
        var silent = stragglers.Silent(options.CallsAtOnce);
        return new ClaimWish(options.SweepBatch, [.. Senders().Except(silent, StringComparer.Ordinal)], silent);
    }

    /// <returns>Those that have more to do now.</returns>
    private async Task<(IReadOnlyList<Generation> Moving, DateTimeOffset Now)> StepAsync(
        IReadOnlyList<Generation> moving, DateTimeOffset now, KeptClaims kept, IDisposable undecided, Stragglers stragglers, CancellationToken cancellationToken)
    {
        var steps = moving.Select(generation => TryDecide(generation, now)).OfType<Step>().ToLookup(step => step.Kind);
        foreach (var odd in moving.ExceptBy(steps.SelectMany(kind => kind).Select(step => step.Generation.Id), generation => generation.Id))
            GoOnAside(odd, kept, stragglers, cancellationToken);
        // A question costs nothing, so what it changes is written with its answer.
        var calls = steps[StepKind.Ask].Select(step => Call(_asks, step.Generation, step, cancellationToken)).ToList();
        foreach (var step in steps[StepKind.Aside])
            GoOnAside(step.Generation, kept, stragglers, cancellationToken);
        await RestAsync([.. steps[StepKind.Rest]], kept, stragglers, cancellationToken);
        calls.AddRange(await SendAsync([.. steps[StepKind.Send]], kept, undecided, stragglers, cancellationToken));

        Task all = Task.WhenAll(calls.Select(call => call.Answer));
        await all.WaitAsync(Patience, timers, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var late in calls.Where(call => !call.Answer.IsCompleted).ToList())
        {
            calls.Remove(late);
            Aside(late.Decided, kept, stragglers, () => AnswerLateAsync(late, kept), cancellationToken);
        }

        var (more, at) = await answers.WriteAsync([.. calls.Where(call => call.Answer.IsCompletedSuccessfully)], kept, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return (more, at);
    }

    /// <returns>Null if that is not possible: by itself it meets the same, and is told of.</returns>
    private Step? TryDecide(Generation generation, DateTimeOffset now)
    {
        try
        {
            return Decide(generation, now);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogDebug(e, "Generation {Generation} does not go with the batch", generation.Id);
            return null;
        }
    }

    private Step Decide(Generation generation, DateTimeOffset now)
    {
        var rules = providers.RulesFor(generation, options);
        var decision = GenerationMachine.Decide(generation, now, rules);
        var kind = (decision.Effect, generation.State) switch
        {
            (Effect.Check, var state) when ReferenceEquals(state, decision.State) => StepKind.Ask,
            (Effect.Start, GenerationState.Planned { MaybeSent: false }) when IsFound(rules.Correlation) => StepKind.Send,
            (Effect.Rest, _) => StepKind.Rest,
            _ => StepKind.Aside,
        };
        return new Step(generation, decision, rules, kind);
    }

    private static bool IsFound(CorrelationClass correlation) =>
        correlation is CorrelationClass.Key or CorrelationClass.Tag or CorrelationClass.TagWhenFinished;

    private BatchCall Call(CallPlaces places, Generation decided, Step step, CancellationToken cancellationToken) => new(
        decided, step.Decision.Effect, step.Rules,
        Task.Run(() => places.CallAsync(decided.Order.Provider, () => acting.RunAsync(decided, step.Decision.Effect, cancellationToken), cancellationToken), CancellationToken.None));

    /// <summary>Commits the intents of all that may be sent, then sends them.</summary>
    private async Task<IReadOnlyList<BatchCall>> SendAsync(
        IReadOnlyList<Step> sends, KeptClaims kept, IDisposable undecided, Stragglers stragglers, CancellationToken cancellationToken)
    {
        if (sends.Count == 0)
            return [];
        // From before the commit: what is late by this clock may be late by everybody's. Those that are called from here on are bound by it.
        using var window = SubmitWindow.Open(timers, options.Lease / 3, options.Lease);
        // Decided again by the clock of the commit: the limits count starts from the time that an intent says.
        var decided = new List<Step>();
        var saved = await answers.TrySaveAsync(now => [.. (decided = Again(sends, now)).Select(step => step.Save(keeps: true))], kept, cancellationToken, () => window.IsOver);
        undecided.Dispose();
        if (saved is null)
        {
            foreach (var step in sends)
                GoOnAside(step.Generation, kept, stragglers, cancellationToken);
            return [];
        }

        // Before anything else can fail: an intent that is committed and not sent counts as lost.
        var calls = decided.Where(step => saved.Written.ContainsKey(step.Generation.Id)).Select(step => Call(_sends, saved.Written[step.Generation.Id], step, CancellationToken.None)).ToList();
        await LeaveOutAsync([.. sends.Select(step => step.Generation).Where(one => !saved.Written.ContainsKey(one.Id))], saved, kept, stragglers, cancellationToken);
        return calls;
    }

    /// <returns>Those that are still to be sent.</returns>
    private List<Step> Again(IReadOnlyList<Step> sends, DateTimeOffset now) =>
        [.. sends.Select(step => Decide(step.Generation, now)).Where(step => step.Kind is StepKind.Send)];

    /// <summary>Lets wait what was refused, and gives up what was too late or changed meanwhile.</summary>
    private async Task LeaveOutAsync(
        IReadOnlyList<Generation> unsent, SavedGenerations saved, KeptClaims kept, Stragglers stragglers, CancellationToken cancellationToken)
    {
        try
        {
            var refused = unsent.Where(one => saved.Refused.ContainsKey(one.Id)).Select(one => (one, saved.Refused[one.Id])).ToList();
            foreach (var other in await refusals.WaitAsync(refused, kept, stragglers, cancellationToken))
                GoOnAside(other, kept, stragglers, cancellationToken);
            var given = unsent.Select(one => one.Id).Where(id => !saved.Refused.ContainsKey(id)).ToList();
            if (given.Count > 0)
                await batch.ReleaseAsync(given, kept.Owner, CancellationToken.None);
            kept.Drop(given);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Their leases run out and they are looked at again.
            log.LogError(e, "What a batch did not send could not be put back");
        }
    }

    private async Task RestAsync(IReadOnlyList<Step> rests, KeptClaims kept, Stragglers stragglers, CancellationToken cancellationToken)
    {
        if (rests.Count == 0)
            return;
        if (await answers.TrySaveAsync(_ => [.. rests.Select(step => step.Save(keeps: false))], kept, cancellationToken) is not null)
        {
            kept.Drop(rests.Select(step => step.Generation.Id));
            return;
        }

        foreach (var step in rests)
            GoOnAside(step.Generation, kept, stragglers, cancellationToken);
    }

    private void GoOnAside(Generation generation, KeptClaims kept, Stragglers stragglers, CancellationToken cancellationToken) => Aside(
        generation, kept, stragglers,
        () => _aside.CallAsync(generation.Order.Provider, () => Task.Run(() => advance.GoOnAsync(generation, kept.Owner, cancellationToken), CancellationToken.None), cancellationToken), cancellationToken);

    private async Task AnswerLateAsync(BatchCall late, KeptClaims kept)
    {
        var answer = await late.Answer;
        // What has more to do now, as a clip to bring home, is found again at once and takes one of the places there are.
        if (await advance.TakeAnswerAsync(late.Decided, late.Effect, answer, kept.Owner, late.Rules) is ({ } more, _))
            await store.ReleaseAsync(more.Id, kept.Owner, CancellationToken.None);
    }

    private void Aside(Generation generation, KeptClaims kept, Stragglers stragglers, Func<Task> go, CancellationToken cancellationToken)
    {
        kept.SetAside(generation.Id);
        stragglers.Add(generation.Order.Provider, GoAsync());

        async Task GoAsync()
        {
            try
            {
                await go();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await store.ReleaseAsync(generation.Id, kept.Owner, CancellationToken.None);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Its lease runs out and it is looked at again.
                log.LogError(e, "Generation {Generation} could not be moved", generation.Id);
            }
            finally
            {
                kept.Drop(generation.Id);
            }
        }
    }

    private enum StepKind
    {
        Ask,
        Send,
        Rest,
        Aside,
    }

    private sealed record Step(Generation Generation, Decision Decision, MachineRules Rules, StepKind Kind)
    {
        public GenerationSave Save(bool keeps) => new(Generation, Generation with { State = Decision.State, DueAt = Decision.DueAt }, keeps);
    }
}

/// <summary>One call of a batch.</summary>
internal sealed record BatchCall(Generation Decided, Effect Effect, MachineRules Rules, Task<Answer> Answer);
