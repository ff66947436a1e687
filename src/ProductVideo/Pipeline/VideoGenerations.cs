using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>What the admin, the API, the command line and scheduled jobs call. Every method checks, writes and wakes; only <see cref="LookAsync"/> and <see cref="AdoptAsync"/> wait for a provider.</summary>
public sealed class VideoGenerations
{
    private readonly Ordering _ordering;
    private readonly ChosenOrders _chosen;
    private readonly Previews _previews;
    private readonly Creating _creating;
    private readonly GenerationStore _store;
    private readonly LostSubmits _lost;
    private readonly LateDuplicates _duplicates;
    private readonly IdempotencyKeys _idempotency;
    private readonly GenerationChanges _changes;
    private readonly IWakeGenerations _wake;

    internal VideoGenerations(
        Ordering ordering, ChosenOrders chosen, Previews previews, Creating creating, GenerationStore store, LostSubmits lost, LateDuplicates duplicates,
        IdempotencyKeys idempotency, GenerationChanges changes, IWakeGenerations wake) =>
        (_ordering, _chosen, _previews, _creating, _store, _lost, _duplicates, _idempotency, _changes, _wake) =
        (ordering, chosen, previews, creating, store, lost, duplicates, idempotency, changes, wake);

    /// <summary>
    /// Exactly what would be sent, from which pictures and at what price, if they ordered it now and agreed to any price. Spends and writes
    /// nothing but the pictures' cache.
    /// </summary>
    /// <param name="product">Of which shop and product.</param>
    /// <param name="wishes">What the merchant chose.</param>
    /// <param name="requester">Who asks: the way of ordering may decide who makes it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">Something in the listing or the wishes makes a video impossible.</exception>
    public Task<VideoPreview> PreviewAsync(ProductRef product, VideoWishes wishes, Requester requester, CancellationToken cancellationToken) =>
        _previews.OfAsync(_chosen.OrdersAsync(product, wishes, requester with { Agreed = null }, cancellationToken), cancellationToken);

    /// <summary>
    /// Orders a video. If the very same one is under way, or was published and is not asked for again, returns that one instead: an
    /// unchanged product is never paid for twice.
    /// </summary>
    /// <param name="product">Of which shop and product.</param>
    /// <param name="wishes">What the merchant chose.</param>
    /// <param name="requester">Who asks, and what they agreed to pay.</param>
    /// <param name="key">The caller's idempotency key: the same key with the same wishes gives the same generation for ever.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">It can't be made, or costs more than was agreed to; nothing was written.</exception>
    public async Task<Created> CreateAsync(
        ProductRef product, VideoWishes wishes, Requester requester, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var requestHash = IdempotencyKeys.HashOf(new { product, wishes });
        return await CreateAsync(product, wishes, requester, key, requestHash, cancellationToken);
    }

    /// <param name="product">Of which shop and product.</param>
    /// <param name="wishes">What follows from what was asked.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="key">The caller's idempotency key.</param>
    /// <param name="requestHash">What was asked, where the wishes follow from more than that.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="list">Who makes it, where that is not the shop's list.</param>
    /// <exception cref="RefusedException">It can't be made; nothing was written.</exception>
    internal async Task<Created> CreateAsync(
        ProductRef product, VideoWishes wishes, Requester requester, IdempotencyKey? key, string requestHash, CancellationToken cancellationToken, ProviderList? list = null)
    {
        if (key is not null && await _idempotency.FindAsync(key, requestHash, cancellationToken) is { } replayed)
        {
            return replayed == IdempotencyKeys.Nothing ? throw IdempotencyKeys.MadeNothing()
                : new Created(await GetAsync(replayed, cancellationToken), IsNew: false);
        }

        var orders = _chosen.OrdersAsync(product, wishes, requester, cancellationToken, list);
        return Waken(await _creating.AddFirstAsync(orders, attempt: 1, key, requestHash, wishes.Again, cancellationToken));
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Generation> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await _store.FindAsync(id, cancellationToken) ?? throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_generation", "There is no such video. It may belong to another shop.", $"Generation {id} does not exist."));

    public Task<IReadOnlyList<Generation>> ListAsync(GenerationFilter filter, CancellationToken cancellationToken) =>
        _store.ListAsync(filter, cancellationToken);

    /// <summary>The newest of each of these products that has any.</summary>
    public Task<IReadOnlyList<Generation>> LatestAsync(string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken) =>
        _store.LatestAsync(shop, products, cancellationToken);

    /// <summary>Sends a clip to its listing, where it takes the place of the product's earlier ones.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who approves.</param>
    /// <param name="keepEarlier">Whether the earlier ones stay beside it; null for what the order wished.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">It does not await review, and is not one whose clip is there and only not on its listing.</exception>
    public Task<Generation> ApproveAsync(Guid id, string by, bool? keepEarlier, CancellationToken cancellationToken) =>
        FollowAsync(id, new Command.Approve(by, keepEarlier), "Only a video that awaits review, or one that is made and not on its listing, can be approved.", cancellationToken);

    /// <exception cref="RefusedException">It does not await review.</exception>
    public Task<Generation> RejectAsync(Guid id, string by, string? reason, CancellationToken cancellationToken) =>
        FollowAsync(id, new Command.Reject(by, reason), "Only a video that awaits review can be rejected.", cancellationToken);

    /// <summary>Asks for a stop; what the provider has begun may still be charged.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="mayReview">Whether who asks may decide about finished clips too: to cancel one that awaits review is to reject it.</param>
    /// <exception cref="RefusedException">It is past stopping, or not theirs to reject.</exception>
    public async Task<Generation> CancelAsync(Guid id, string by, CancellationToken cancellationToken, bool mayReview = true)
    {
        var command = new Command.Cancel(by, mayReview);
        var cancelled = await FollowAsync(id, command, "This video can't be cancelled any more.", cancellationToken);
        if (cancelled.State is GenerationState.Failed)
            await CancelStandInAsync(id, command, cancellationToken);
        return cancelled;
    }

    /// <summary>Whoever took over and was written down before the wish was is cancelled too; after the wish nobody is.</summary>
    private async Task CancelStandInAsync(Guid first, Command.Cancel command, CancellationToken cancellationToken)
    {
        var (key, hash) = HandOvers.KeyOf(first);
        // One that serves instead was ordered by somebody else.
        if (await _idempotency.FindAsync(key, hash, cancellationToken) is { } standIn
            && (await GetAsync(standIn, cancellationToken)).Order.InsteadOf == first
            && await WriteAsync(standIn, command, cancellationToken) is { DueAt: not null })
        {
            _changes.Tell(standIn);
            _wake.Wake(standIn);
        }
    }

    /// <summary>
    /// Takes a published clip off its listing and restores what was there before; tried until the shop has done it. One that its shop makes wait
    /// is not published.
    /// </summary>
    /// <exception cref="RefusedException">It is neither, or it is being put on its listing this moment.</exception>
    public Task<Generation> WithdrawAsync(Guid id, string by, CancellationToken cancellationToken) =>
        FollowAsync(id, new Command.Withdraw(by), "Only a video that is on its listing can be taken off it, or one that its shop makes wait, while it is not being put there this moment.", cancellationToken);

    /// <summary>Tasks that turned up after this video had been paid for once more.</summary>
    public Task<IReadOnlyList<DuplicateCharge>> DuplicateChargesAsync(Guid id, CancellationToken cancellationToken) =>
        _duplicates.OfAsync(id, cancellationToken);

    /// <summary>Looks at the provider's records for the task of a video in doubt. Changes and spends nothing.</summary>
    /// <exception cref="RefusedException">It is not in doubt.</exception>
    public async Task<Sighting> LookAsync(Guid id, CancellationToken cancellationToken)
    {
        var generation = await GetAsync(id, cancellationToken);
        if (generation.State is not GenerationState.InDoubt doubt)
            throw NotNow(generation, "Only a video in doubt can be looked for.");
        return await _lost.LookAsync(generation, doubt, cancellationToken);
    }

    /// <summary>Takes the task that a person found at the provider as the one in doubt. The provider is asked for it first: a mistyped one changes nothing.</summary>
    /// <exception cref="RefusedException">It is not in doubt, or the provider does not know the task.</exception>
    public async Task<Generation> AdoptAsync(Guid id, string by, string remoteId, CancellationToken cancellationToken)
    {
        var generation = await GetAsync(id, cancellationToken);
        var doubt = generation.State as GenerationState.InDoubt;
        var shown = doubt?.Candidates?.FirstOrDefault(task => task.RemoteId == remoteId)?.ToOperation()
            ?? (doubt?.Operation is { } known && known.RemoteId == remoteId ? known : null);
        var operation = shown ?? new ProviderOperation(remoteId);
        if (doubt is not null && await _lost.UnknownAsync(generation, operation, isTyped: shown is null, cancellationToken) is { } unknown)
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                new Problem(
                    "task_unknown",
                    unknown.Code is ProviderFaultCode.Protocol
                        ? "The provider's answer about this task can't be read, so it may not be one of its tasks. Nothing was changed. Check the id: copy it from the provider's own list."
                        : "The provider does not know this task. Nothing was changed. Check the id: copy it from the provider's own list.",
                    unknown.OperatorText),
                "task");
        }

        return await FollowAsync(id, new Command.Adopt(by, operation), "Only a video in doubt can adopt a task.", cancellationToken);
    }

    /// <summary>Ends a doubt, or the tries to take a clip off a listing where the shop has refused one of them.</summary>
    /// <exception cref="RefusedException">It is neither.</exception>
    public Task<Generation> GiveUpAsync(Guid id, string by, CancellationToken cancellationToken) => FollowAsync(
        id, new Command.GiveUp(by), "Only a video in doubt can be given up, or one that its shop does not take off the listing.", cancellationToken);

    /// <summary>Orders the same again as a new attempt, from the listing as it is now. Paid providers charge again.</summary>
    /// <param name="id">The ended generation.</param>
    /// <param name="requester">Who asks, and what they agreed to pay.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="key">The caller's idempotency key: the same key gives the same new attempt for ever.</param>
    /// <param name="mayReview">Whether who asks may decide a doubt: to try one in doubt again gives it up.</param>
    /// <exception cref="RefusedException">It has not failed, is not theirs to decide, costs more than was agreed to, or the listing can't be read now.</exception>
    public async Task<Generation> RetryAsync(Guid id, Requester requester, CancellationToken cancellationToken, IdempotencyKey? key = null, bool mayReview = true)
    {
        var requestHash = $"retry of {id:n}";
        if (key is not null && await _idempotency.FindAsync(key, requestHash, cancellationToken) is { } replayed)
            return await GetAsync(replayed, cancellationToken);
        var old = await RetryableAsync(id, cancellationToken);
        if (!mayReview && old.State is GenerationState.InDoubt)
            throw NotTheirs(old, "This video is in doubt, and to try it again gives it up for good.");
        var prepared = await PrepareAgainAsync(old, requester, cancellationToken);
        if (old.State is GenerationState.InDoubt)
        {
            // What no cap has room for is refused before the doubt is given up for it.
            await _creating.RehearseAsync(prepared, old.Attempt + 1, cancellationToken);
            await GiveUpAsync(id, requester.Name, cancellationToken);
        }

        return Waken(await _creating.AddAsync(prepared, old.Attempt + 1, key, requestHash, again: true, cancellationToken)).Generation;
    }

    /// <summary>As <see cref="PreviewAsync"/>, of what <see cref="RetryAsync"/> would order.</summary>
    /// <exception cref="RefusedException">It has not failed, or the listing can't be read now.</exception>
    public async Task<VideoPreview> PreviewRetryAsync(Guid id, Requester requester, CancellationToken cancellationToken)
    {
        var prepared = await PrepareAgainAsync(await RetryableAsync(id, cancellationToken), requester with { Agreed = null }, cancellationToken);
        return await _previews.OfAsync(new[] { prepared }.ToAsyncEnumerable(), cancellationToken);
    }

    private async Task<Generation> RetryableAsync(Guid id, CancellationToken cancellationToken) =>
        await GetAsync(id, cancellationToken) is var old && GenerationMachine.MayRetry(old)
            ? old : throw NotNow(old, "Only a video that failed, was rejected, was cancelled or is in doubt can be tried again.");

    private async Task<PreparedOrder> PrepareAgainAsync(Generation old, Requester requester, CancellationToken cancellationToken)
    {
        var wishes = old.Order.Wishes with { Provider = old.Order.Provider, Model = old.Order.Request.Model, Resolution = old.Order.Request.Resolution };
        return await _ordering.PrepareAsync(await _ordering.TakeAsync(old.Product, wishes, cancellationToken), wishes, requester, cancellationToken);
    }

    /// <summary>The generation now, and again whenever it changed, up to and with the first one for which <paramref name="until"/> holds.</summary>
    public async IAsyncEnumerable<Generation> WatchAsync(
        Guid id, Func<Generation, bool> until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not disposed: whoever tells of a change may be about to use it.
        var changed = new SemaphoreSlim(0);
        using var listening = _changes.Listen(other => ReleaseIf(other == id, changed));
        long? seen = null;
        while (true)
        {
            var generation = await GetAsync(id, cancellationToken);
            if (generation.Version != seen)
                yield return generation;
            seen = generation.Version;
            if (until(generation))
                yield break;
            // Another process may be the one that moves it, so look even if nobody tells.
            await changed.WaitAsync(LookAnyway, cancellationToken);
        }
    }

    private static readonly TimeSpan LookAnyway = TimeSpan.FromMilliseconds(500);

    private static void ReleaseIf(bool condition, SemaphoreSlim semaphore)
    {
        if (condition)
            semaphore.Release();
    }

    private Created Waken(Created created)
    {
        // Of the thousands of a backfill the sweep takes many at once; a job for each would cost more than that, and nobody waits for it.
        if (created.Generation is { DueAt: not null, Order.IsInBackground: false })
            _wake.Wake(created.Generation.Id);
        return created;
    }

    private async Task<Generation> FollowAsync(Guid id, Command command, string otherwise, CancellationToken cancellationToken)
    {
        if (await WriteAsync(id, command, cancellationToken) is not { } followed)
        {
            var found = await GetAsync(id, cancellationToken);
            throw command is Command.Cancel { MayReject: false } && found.State is GenerationState.AwaitingReview
                ? NotTheirs(found, "This video is finished and awaits review, and to cancel it now is to reject it.")
                : NotNow(found, otherwise);
        }

        _changes.Tell(id);
        if (followed.DueAt is not null)
            _wake.Wake(id);
        return followed;
    }

    private async Task<Generation?> WriteAsync(Guid id, Command command, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.FollowAsync(id, command, cancellationToken);
        }
        catch (TaskTakenException e) when (command is Command.Approve)
        {
            throw new RefusedException(
                RefusalKind.Conflict, new Problem("same_under_way", "The very same video is being made just now. Look at that one, or wait until it has ended.", e.Message), field: null, e);
        }
        catch (TaskTakenException e)
        {
            throw new RefusedException(
                RefusalKind.Conflict,
                new Problem(Problem.TaskTaken, "This task belongs to another video already. Look again at the provider's list for this video's own.", e.Message),
                "task", e);
        }
    }

    private static RefusedException NotTheirs(Generation generation, string text) => new(
        RefusalKind.Forbidden,
        new Problem(
            "may_not_decide", $"{text} This key may order videos but not decide about them. Use a key with the scope videos:review.",
            $"Generation {generation.Id} is {generation.State.Name}, and who asks may not review."));

    private static RefusedException NotNow(Generation generation, string text) => new(
        RefusalKind.Conflict,
        new Problem("not_in_this_state", $"{text} This one is “{generation.State.Name}”.", $"Generation {generation.Id} is {generation.State.Name}."));
}

/// <summary>Asks for a generation to be looked at soon. Losing the wish loses nothing: the sweep finds what is due.</summary>
internal interface IWakeGenerations
{
    void Wake(Guid id);
}
