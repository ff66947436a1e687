using Microsoft.Extensions.Logging;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Backfills;

/// <summary>Ends what a cancelled backfill leaves: what was ordered and not sent yet, and what waits to be ordered.</summary>
internal sealed class CancelledRest(BackfillItems items, VideoGenerations generations, ILogger<CancelledRest> log)
{
    /// <summary>Wants the orders cancelled that were not sent, so that none is any more, and then skips what waits. What a provider makes already is paid for, and is finished.</summary>
    /// <param name="backfill">Cancelled already, so that nothing more is ordered.</param>
    /// <param name="by">Who cancelled it.</param>
    /// <param name="cancellationToken">Ends the call; called again, it goes on.</param>
    internal async Task EndAsync(Guid backfill, string by, CancellationToken cancellationToken)
    {
        foreach (var id in await items.UnsentAsync(backfill, cancellationToken))
            await CancelAsync(id, by, cancellationToken);
        await items.SkipWaitingAsync(backfill, SkipReason.Cancelled, cancellationToken);
    }

    private async Task CancelAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        // It may be sent meanwhile, and paid for.
        if ((await generations.GetAsync(id, cancellationToken)).State is not GenerationState.Planned)
            return;
        try
        {
            await generations.CancelAsync(id, by, cancellationToken, mayReview: false);
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.Conflict or RefusalKind.Forbidden)
        {
            log.LogInformation(e, "Generation {Generation} went on before it could be cancelled", id);
        }
    }
}
