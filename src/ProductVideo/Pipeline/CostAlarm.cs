using Microsoft.Extensions.Logging;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>Calls whoever runs the server where a provider says that it charged more than was held, once per video, or what nobody can have meant.</summary>
internal static class CostAlarm
{
    /// <param name="before">As it was asked about.</param>
    /// <param name="answer">The provider's.</param>
    /// <param name="after">What was written down.</param>
    /// <param name="log">Where it is told.</param>
    public static void Sound(Generation before, Answer answer, GenerationState after, ILogger log)
    {
        // What is ready a second time was booked at the first.
        if (before.State is not GenerationState.Rendering { FetchingSince: null } || !MoneyMoves.MayClose(after) || ToldBy(answer) is not { } told)
            return;
        var held = before.Order.Price.Amount;
        if (MoneyMoves.AsMeant(told) is null)
        {
            Count("unreadable", before);
            log.LogError(
                "{Provider} says that it charged {Told} for generation {Generation}, which can't be meant; {Held} is booked. Look at its bill",
                before.Order.Provider, told, before.Id, held);
        }
        else if (MoneyMoves.IsOver(held, told))
        {
            Count("over", before);
            log.LogError(
                "{Provider} says that it charged {Told} for generation {Generation}, for which {Held} was held; what it says is booked. Look at its prices",
                before.Order.Provider, told, before.Id, held);
        }
    }

    private static Money? ToldBy(Answer answer) => (answer as Answer.Checked)?.Outcome switch
    {
        CheckOutcome.Ready ready => ready.ReportedCost,
        CheckOutcome.Refused refused => refused.ReportedCost,
        _ => null,
    };

    private static void Count(string kind, Generation generation) =>
        Measures.UnexpectedCosts.Add(1, new KeyValuePair<string, object?>("kind", kind), new("provider", generation.Order.Provider));
}
