using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Writes what the calls of a batch led to: together, or where that fails each by itself, so that no answer of a paid request is lost by another's.</summary>
internal sealed class BatchAnswers(
    GenerationBatch batch, Advance advance, GenerationChanges changes, PipelineOptions options, TimeProvider timers, ILogger<BatchAnswers> log)
{
    /// <summary>Written even if the host is stopping.</summary>
    /// <returns>Those that have more to do now that a batch can do.</returns>
    internal async Task<(IReadOnlyList<Generation> Moving, DateTimeOffset Now)> WriteAsync(
        IReadOnlyList<BatchCall> calls, KeptClaims kept, CancellationToken cancellationToken)
    {
        if (calls.Count == 0)
            return ([], default);
        foreach (var call in calls)
            Advance.TellAccepted(call.Decided, call.Answer.Result, log);
        var saves = new Dictionary<Guid, GenerationSave>();
        var saved = await TrySaveAsync(now => [.. (saves = calls.Select(call => SaveOf(call, now)).ToDictionary(save => save.After.Id)).Values], kept, CancellationToken.None);
        if (saved is null)
            return (await WriteSinglyAsync(calls, kept), default);
        foreach (var call in calls.Where(call => !saved.Written.ContainsKey(call.Decided.Id)))
            log.LogWarning("Generation {Generation} was taken over while {Effect} ran; its answer was not written", call.Decided.Id, call.Effect.GetType().Name);
        await LearnAsync(calls);
        foreach (var call in calls)
        {
            ResultAlarm.Sound(call.Decided, saves[call.Decided.Id].After.State, log);
            if (saved.Written.ContainsKey(call.Decided.Id))
                CostAlarm.Sound(call.Decided, call.Answer.Result, saves[call.Decided.Id].After.State, log);
        }

        var more = saved.Written.Values.Where(generation => saves[generation.Id].Keeps).ToList();
        kept.Drop(calls.Select(call => call.Decided.Id).Except(more.Select(generation => generation.Id)));
        return (cancellationToken.IsCancellationRequested ? [] : more, saved.At);
    }

    /// <returns>Null if nothing was written, as far as can be told: then each is to be written by itself.</returns>
    internal async Task<SavedGenerations?> TrySaveAsync(
        Func<DateTimeOffset, IReadOnlyList<GenerationSave>> at, KeptClaims kept, CancellationToken cancellationToken, Func<bool>? tooLate = null)
    {
        try
        {
            IReadOnlyList<GenerationSave> saves = [];
            var saved = await batch.SaveAsync(now => saves = at(now), kept.Owner, options.Lease, cancellationToken, tooLate);
            var before = saves.ToDictionary(save => save.After.Id, save => save.Before);
            foreach (var generation in saved.Written.Values)
            {
                StateLog.Tell(before[generation.Id], generation, log);
                changes.Tell(generation.Id);
            }

            return saved;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "A batch could not be written at once; each of it is now written by itself");
            return null;
        }
    }

    private static GenerationSave SaveOf(BatchCall call, DateTimeOffset now)
    {
        var next = GenerationMachine.Apply(call.Decided, call.Answer.Result, now, call.Rules);
        var goesOn = next.DueAt <= now && next.State is GenerationState.Planned or GenerationState.Rendering { FetchingSince: null };
        return new GenerationSave(call.Decided, call.Decided with { State = next.State, DueAt = next.DueAt }, goesOn);
    }

    private async Task<IReadOnlyList<Generation>> WriteSinglyAsync(IReadOnlyList<BatchCall> calls, KeptClaims kept)
    {
        // Where the database stays away, all of them together are tried no longer than one.
        var since = timers.GetTimestamp();
        foreach (var call in calls)
        {
            try
            {
                // What has more to do now is found again at once.
                if (await advance.TakeAnswerAsync(call.Decided, call.Effect, call.Answer.Result, kept.Owner, call.Rules, since) is ({ } more, _))
                    await batch.ReleaseAsync([more.Id], kept.Owner, CancellationToken.None);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogError(e, "The answer for generation {Generation} could not be written", call.Decided.Id);
            }
        }

        kept.Drop(calls.Select(call => call.Decided.Id));
        return [];
    }

    private async Task LearnAsync(IReadOnlyList<BatchCall> calls)
    {
        foreach (var ofAccount in calls.Where(call => call.Answer.Result is Answer.Started).GroupBy(call => call.Decided.Order.Provider, StringComparer.Ordinal))
        {
            var outcomes = ofAccount.Select(call => ((Answer.Started)call.Answer.Result).Outcome).ToList();
            // One that was taken says as much as many; what was not may each say something else.
            foreach (var outcome in outcomes.Where(outcome => outcome is not StartOutcome.Accepted).Concat(outcomes.Where(outcome => outcome is StartOutcome.Accepted).Take(1)))
                await advance.LearnAsync(ofAccount.Key, outcome);
        }
    }
}
