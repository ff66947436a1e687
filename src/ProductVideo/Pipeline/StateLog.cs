using Microsoft.Extensions.Logging;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>Writes what becomes of videos into the log: what an operator may be asked about so that it is seen, the rest for whoever looks for it.</summary>
internal static class StateLog
{
    public static void Tell(Generation before, Generation after, ILogger log)
    {
        switch (after.State)
        {
            case GenerationState.Failed failed when before.State is not GenerationState.Failed:
                log.LogInformation("Generation {Generation} of {Product} failed: {Reason}", after.Id, after.Product, failed.Problem.OperatorText);
                break;
            case GenerationState.InDoubt doubt when before.State is not GenerationState.InDoubt:
                log.LogWarning("Generation {Generation} of {Product} is in doubt and waits for a person: {Reason}", after.Id, after.Product, doubt.Problem.OperatorText);
                break;
            default:
                log.LogDebug("Generation {Generation} of {Product} is {State}", after.Id, after.Product, after.State.Name);
                break;
        }
    }
}
