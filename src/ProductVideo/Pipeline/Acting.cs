using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Does what was decided. Whatever escapes an adapter becomes an answer, so that a bug there delays a video and never loses it.</summary>
internal sealed class Acting(VideoProviders providers, LostSubmits lost, ClipFetch fetch, ClipPublish publish, HandOvers handOvers, PipelineOptions options, ILogger<Acting> log)
{
    public async Task<Answer> RunAsync(Generation generation, Effect effect, CancellationToken cancellationToken)
    {
        var provider = providers.ForOrder(generation.Order.Provider);
        var request = generation.Order.Request;
        return effect switch
        {
            // Never cancelled from outside: a paid request in flight runs to its end or its time-out, and what escapes leaves it unproved.
            Effect.Start start => new Answer.Started(await GuardedAsync(
                generation, effect, () => (start.ToNobody ? providers.Nobody(generation.Order) : providers.ForStart(generation.Order)).StartAsync(request, start.Intent, CancellationToken.None),
                e => new StartOutcome.Unknown(Unexpected(provider, e)), CancellationToken.None)),
            Effect.Find find => new Answer.Searched(await GuardedAsync(
                generation, effect, () => lost.FindAsync(generation, find.Intent, cancellationToken),
                e => new FindOutcome.CannotTell(options.Lease, Unexpected(provider, e)), cancellationToken)),
            Effect.Check check => new Answer.Checked(await GuardedAsync(
                generation, effect, () => provider.CheckAsync(check.Operation, cancellationToken),
                e => new CheckOutcome.Refused(Unexpected(provider, e)), cancellationToken)),
            Effect.Cancel cancel => new Answer.CancelAnswered(provider is ICancelVideo canceller && await GuardedAsync(
                generation, effect, () => canceller.CancelAsync(cancel.Operation, cancellationToken), _ => false, cancellationToken)),
            Effect.Fetch clip => await GuardedAsync<Answer>(
                generation, effect, () => fetch.RunAsync(generation, clip.Sources, cancellationToken),
                e => new Answer.NotFetched(Unexpected(e), FetchRetry.SameSources), cancellationToken),
            Effect.Publish clip => await GuardedAsync<Answer>(
                generation, effect, () => publish.RunAsync(generation, clip.Clip, clip.AttachKey, cancellationToken),
                e => new Answer.NotAttached(Unexpected(e), StorefrontFault.Unavailable, RetryAfter: null), cancellationToken),
            Effect.Withdraw clip => await GuardedAsync<Answer>(
                generation, effect, () => publish.UndoAsync(generation, clip.AttachKey, cancellationToken),
                e => new Answer.NotDetached(Unexpected(e), RetryAfter: null), cancellationToken),
            Effect.HandOver handOver => await GuardedAsync<Answer>(
                generation, effect, () => handOvers.RunAsync(generation, handOver.Handover, cancellationToken),
                e => new Answer.NotHandedOver(Unexpected(e), MayPass: true), cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, message: null),
        };
    }

    private async Task<T> GuardedAsync<T>(
        Generation generation, Effect effect, Func<Task<T>> act, Func<Exception, T> otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "{Effect} of generation {Generation} ended in an exception", effect.GetType().Name, generation.Id);
            return otherwise(e);
        }
    }

    private static Problem Unexpected(Exception e) => new(
        "unexpected", "Something went wrong on the server. We keep trying; nothing is lost. If it stays so, show the operator's text to whoever runs it.",
        $"{e.GetType().Name}: {e.Message}");

    private static ProviderFault Unexpected(IVideoProvider provider, Exception e) => new(
        ProviderFaultCode.Transient,
        $"The adapter of {provider.Key} failed: {e.GetType().Name}: {e.Message}",
        $"{provider.DisplayName} could not be asked just now. We keep trying; nothing is lost.");
}
