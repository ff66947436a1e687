using Microsoft.Extensions.Logging;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>Calls whoever runs the server before a paid clip dies, once per clip, and again when it is gone.</summary>
internal static class ResultAlarm
{
    public static void Sound(Generation before, GenerationState after, ILogger log)
    {
        var (was, now) = (GenerationFacts.Problem(before)?.Code, GenerationFacts.Problem(before with { State = after }));
        if (now is null || now.Code == was || now.Code is not (ResultLife.DiesSoon or ResultLife.Gone))
            return;
        var kind = now.Code == ResultLife.Gone ? "lost" : "dying";
        Measures.ResultsInDanger.Add(1, new KeyValuePair<string, object?>("kind", kind), new("provider", before.Order.Provider));
        log.LogError("The paid clip of generation {Generation} at {Provider} is {Kind}: {Reason}", before.Id, before.Order.Provider, kind, now.OperatorText);
    }
}
