using Microsoft.Extensions.Logging;
using ProductVideo.Accounts;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>Lets those of a batch wait that may not be sent now, as <see cref="Advance"/> does one.</summary>
internal sealed class BatchRefusals(BatchAnswers answers, WaitingSubmits waiting, ProviderAccounts accounts, ILogger<BatchRefusals> log)
{
    /// <summary>Written even if the host is stopping; only a probe ends with it.</summary>
    /// <returns>Those that were not refused for now, but for another reason, which only their own way tells.</returns>
    internal async Task<IReadOnlyList<Generation>> WaitAsync(
        IReadOnlyList<(Generation Generation, Exception Why)> refused, KeptClaims kept, Stragglers stragglers, CancellationToken cancellationToken)
    {
        var others = refused.Where(one => one.Why is not NotNowException).Select(one => one.Generation).ToList();
        foreach (var ofAccount in refused.Where(one => one.Why is NotNowException).GroupBy(one => (one.Generation.Order.Provider, one.Generation.Order.IsInBackground)))
        {
            var waits = ofAccount.Select(one => (one.Generation, Why: (NotNowException)one.Why)).ToList();
            var (account, inBackground) = ofAccount.Key;
            log.LogDebug("{Count} orders wait at {Account}: {Reason}", waits.Count, account, waits[0].Why.Problem.OperatorText);
            var turns = await TurnsAsync(account, inBackground, waits);
            var saved = await answers.TrySaveAsync(
                now => [.. waits.Select(one => Save(one.Generation, Advance.WaitFor(one.Generation, one.Why, turns.Count > 0 && one.Why.InTurn ? turns.Dequeue() : one.Why.Until, now)))],
                kept, CancellationToken.None);
            if (saved is null)
                others.AddRange(waits.Select(one => one.Generation));
            else
                kept.Drop(waits.Select(one => one.Generation.Id));
            if (waits.Exists(one => one.Why.ProbeDue))
                stragglers.Add(account, ProbeAsync(account, cancellationToken));
        }

        return others;
    }

    private async Task<Queue<DateTimeOffset>> TurnsAsync(string account, bool inBackground, IReadOnlyList<(Generation Generation, NotNowException Why)> waits)
    {
        var inTurn = waits.Where(one => one.Why.InTurn).Select(one => one.Why.Until).ToList();
        return inTurn.Count == 0 ? [] : new(await waiting.NextTurnsAsync(account, inTurn.Min(), inBackground, inTurn.Count, CancellationToken.None));
    }

    private static Data.GenerationSave Save(Generation generation, Next wait) =>
        new(generation, generation with { State = wait.State, DueAt = wait.DueAt }, Keeps: false);

    private async Task ProbeAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            await accounts.ProbeAsync(account, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "The account {Account} could not be probed", account);
        }
    }
}
