using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>The one loop that moves generations: load, decide, save, act, apply, save. It may be called twice, late or never; the row decides.</summary>
public sealed class Advance(
    GenerationStore store, VideoProviders providers, ClipFetch fetch, ClipPublish publish, GenerationChanges changes, PipelineOptions options,
    TimeProvider clock, ILogger<Advance> log)
{
    /// <summary>Moves the generation as far as it can go now. Does nothing if somebody else is at it or it is not due to anybody.</summary>
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var owner = Nonce.New();
        var generation = await store.ClaimAsync(id, owner, options.Lease, cancellationToken);
        try
        {
            while (generation is not null)
                generation = await StepAsync(generation, owner, cancellationToken);
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
        var rules = RulesFor(generation);
        var decision = GenerationMachine.Decide(generation, clock.GetUtcNow(), rules, Nonce.New());
        var decided = await SaveAsync(generation with { State = decision.State, DueAt = decision.DueAt }, owner, decision.Effect is Effect.Rest, cancellationToken);
        if (decided is null || decision.Effect is Effect.Rest)
            return null;

        var answer = await WithLeaseAsync(decided, owner, decision.Effect, cancellationToken);
        if (answer is Answer.Started { Outcome: StartOutcome.Accepted { Operation.RemoteId: var task } })
            log.LogInformation("{Provider} took generation {Generation} as task {Task}", generation.Order.Provider, generation.Id, task);
        var now = clock.GetUtcNow();
        var next = GenerationMachine.Apply(decided, answer, now, rules);
        var rests = next.DueAt is null || next.DueAt > now;
        var saved = await SaveAnswerAsync(decided, next, owner, rests, now);
        if (saved is null)
            log.LogWarning("Generation {Generation} was taken over while {Effect} ran; its answer was not written", generation.Id, decision.Effect.GetType().Name);
        return rests ? null : saved;
    }

    /// <summary>The answer of a paid request is written even if the host is stopping.</summary>
    private async Task<Generation?> SaveAnswerAsync(Generation decided, Next next, string owner, bool rests, DateTimeOffset now)
    {
        try
        {
            return await SaveAsync(decided with { State = next.State, DueAt = next.DueAt }, owner, rests, CancellationToken.None);
        }
        catch (TaskTakenException e)
        {
            log.LogError(e, "Generation {Generation} is parked for a person", decided.Id);
            await SaveAsync(decided with { State = GenerationMachine.TaskTaken(decided, now).State, DueAt = null }, owner, release: true, CancellationToken.None);
            return null;
        }
    }

    private async Task<Generation?> SaveAsync(Generation generation, string owner, bool release, CancellationToken cancellationToken)
    {
        var saved = await store.SaveAsync(generation, owner, release ? null : clock.GetUtcNow() + options.Lease, cancellationToken);
        if (saved is not null)
        {
            log.LogDebug("Generation {Generation} of {Product} is {State}", saved.Id, saved.Product, saved.State.Name);
            changes.Tell(saved.Id);
        }

        return saved;
    }

    private MachineRules RulesFor(Generation generation)
    {
        var capabilities = ProviderFor(generation.Order) is { Models.Count: > 0 } provider ? provider.Capabilities(generation.Order.Request.Model) : null;
        return new MachineRules
        {
            // A stand-in sends nothing, so it can be asked again like a provider that takes keys.
            Correlation = capabilities?.Correlation ?? CorrelationClass.Key,
            Lease = options.Lease,
            // A free render waits in our own queue, and nothing about its cost is in doubt.
            MaxRendering = capabilities?.Billing is BillingRule.Free ? MaxFreeRendering : options.MaxRendering,
        };
    }

    private static readonly TimeSpan MaxFreeRendering = TimeSpan.FromDays(7);

    /// <summary>Who starts and finds this order's task.</summary>
    private IVideoProvider ProviderFor(GenerationOrder order)
    {
        var provider = providers.ForOrder(order.Provider);
        return provider is MissingProvider || provider.Models.Contains(order.Request.Model, StringComparer.Ordinal)
            ? provider : new MissingProvider(order.Provider, order.Request.Model);
    }

    /// <summary>Acts while the claim is kept alive. If the claim is lost, what can be stopped is stopped.</summary>
    private async Task<Answer> WithLeaseAsync(Generation generation, string owner, Effect effect, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var keeping = KeepLeaseAsync(generation.Id, owner, lost, done.Token);
        try
        {
            return await ActAsync(generation, effect, lost.Token);
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    private async Task KeepLeaseAsync(Guid id, string owner, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, clock);
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

    private async Task<Answer> ActAsync(Generation generation, Effect effect, CancellationToken cancellationToken)
    {
        var provider = providers.ForOrder(generation.Order.Provider);
        switch (effect)
        {
            case Effect.Start start:
                return new Answer.Started(await StartAsync(ProviderFor(generation.Order), generation, start.Intent));
            case Effect.Find find:
                return new Answer.Searched(await FindAsync(provider, generation, find.Intent, cancellationToken));
            case Effect.Check check:
                return new Answer.Checked(await CheckAsync(provider, check.Operation, cancellationToken));
            case Effect.Cancel cancel:
                return new Answer.CancelAnswered(await CancelAsync(provider, cancel.Operation, cancellationToken));
            case Effect.Fetch sources:
                return await FetchAsync(generation, sources.Sources, cancellationToken);
            case Effect.Publish clip:
                return await PublishAsync(generation, clip, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, message: null);
        }
    }

    /// <summary>Never cancelled from outside: a paid request in flight runs to its end or its time-out. Whatever escapes leaves the outcome unknown.</summary>
    private async Task<StartOutcome> StartAsync(IVideoProvider provider, Generation generation, SubmitIntent intent)
    {
        try
        {
            return await provider.StartAsync(generation.Order.Request, intent, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "Submit of {Generation} under intent {Intent} ended in an exception", generation.Id, intent.Nonce);
            return new StartOutcome.Unknown(Unexpected(provider, e));
        }
    }

    private async Task<FindOutcome> FindAsync(IVideoProvider provider, Generation generation, SubmitIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return provider is IFindVideo finder
                ? await finder.FindAsync(generation.Order.Request, intent, cancellationToken)
                : new FindOutcome.CannotTell(Wait: null);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Search for intent {Intent} of {Generation} ended in an exception", intent.Nonce, generation.Id);
            return new FindOutcome.CannotTell(options.Lease, Unexpected(provider, e));
        }
    }

    private async Task<CheckOutcome> CheckAsync(IVideoProvider provider, ProviderOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await provider.CheckAsync(operation, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Check of task {Task} ended in an exception", operation.RemoteId);
            return new CheckOutcome.Refused(Unexpected(provider, e));
        }
    }

    private async Task<bool> CancelAsync(IVideoProvider provider, ProviderOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return provider is ICancelVideo cancels && await cancels.CancelAsync(operation, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Cancelling task {Task} ended in an exception", operation.RemoteId);
            return false;
        }
    }

    private async Task<Answer> FetchAsync(Generation generation, IReadOnlyList<ClipSource> sources, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch.RunAsync(generation, sources, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Fetching the clip of {Generation} ended in an exception", generation.Id);
            return new Answer.NotFetched(Unexpected(e), FetchRetry.SameSources);
        }
    }

    private async Task<Answer> PublishAsync(Generation generation, Effect.Publish clip, CancellationToken cancellationToken)
    {
        try
        {
            return await publish.RunAsync(generation, clip.Clip, clip.AttachKey, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Attaching the clip of {Generation} ended in an exception", generation.Id);
            return new Answer.NotAttached(Unexpected(e), StorefrontFault.Unavailable, RetryAfter: null);
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
