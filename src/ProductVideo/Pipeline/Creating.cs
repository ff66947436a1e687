using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>Writes a prepared order down as a generation, once: the same key, and the same clip under way or published, give the one that is there.</summary>
internal sealed class Creating(GenerationStore store, IdempotencyKeys idempotency, IDatabaseClock clock)
{
    /// <summary>Of the orders that could be made, best first, the first one for which the caps have room.</summary>
    /// <exception cref="RefusedException">There is room for none, or what is left costs more than was agreed to.</exception>
    internal async Task<Created> AddFirstAsync(
        IAsyncEnumerable<PreparedOrder> orders, int attempt, IdempotencyKey? key, string requestHash, bool again, CancellationToken cancellationToken)
    {
        RefusedException? noRoom = null;
        try
        {
            await foreach (var prepared in orders.WithCancellation(cancellationToken))
            {
                try
                {
                    return await AddAsync(Instead(prepared, noRoom), attempt, key, requestHash, again, cancellationToken);
                }
                catch (RefusedException e) when (e.Kind is RefusalKind.OverBudget)
                {
                    noRoom ??= e;
                }
            }
        }
        catch (RefusedException e) when (noRoom is { Problem.Code: not (BudgetRefusals.OfClip or BudgetRefusals.Currency) } && e.Prices is not null)
        {
            throw e.Until(noRoom.Problem);
        }

        throw noRoom ?? (Exception)new InvalidOperationException("There was no order to choose from.");
    }

    /// <summary>With a word about why none before it is made.</summary>
    /// <param name="prepared">The order.</param>
    /// <param name="noRoom">Why a cap refused the first one before it; null where none did.</param>
    internal static PreparedOrder Instead(PreparedOrder prepared, RefusedException? noRoom) => noRoom is null ? prepared : prepared with
    {
        Order = prepared.Order with { Notes = [.. prepared.Order.Notes, $"Made by another provider: {noRoom.Problem.MerchantText}"] },
    };

    internal async Task<Created> AddAsync(
        PreparedOrder prepared, int attempt, IdempotencyKey? key, string requestHash, bool again, CancellationToken cancellationToken)
    {
        var generation = await NewAsync(prepared, attempt, cancellationToken);
        var now = generation.CreatedAt;
        var published = again ? null : await store.FindPublishedAsync(prepared.Order.Fingerprint, cancellationToken);
        var added = published ?? await store.AddAsync(generation, KeyRow(key, requestHash, generation.Id, now), again, cancellationToken);
        if (added.Id != generation.Id && key is not null)
        {
            var first = await RememberAsync(key, requestHash, added.Id, cancellationToken);
            if (first != added.Id)
                added = await store.FindAsync(first, cancellationToken) ?? added;
        }

        return new Created(added, IsNew: added.Id == generation.Id);
    }

    /// <exception cref="RefusedException">It could not be written: there is no room in a cap.</exception>
    internal async Task RehearseAsync(PreparedOrder prepared, int attempt, CancellationToken cancellationToken) =>
        await store.RehearseAsync(await NewAsync(prepared, attempt, cancellationToken), cancellationToken);

    private async Task<Generation> NewAsync(PreparedOrder prepared, int attempt, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        return new Generation
        {
            Id = Guid.CreateVersion7(now),
            Product = prepared.Product.Ref,
            Order = prepared.Order,
            Attempt = attempt,
            State = new GenerationState.Planned(),
            CreatedAt = now,
            UpdatedAt = now,
            DueAt = now,
        };
    }

    /// <summary>Writes down what the key led to.</summary>
    /// <param name="key">Of the request.</param>
    /// <param name="requestHash">Of the request.</param>
    /// <param name="ledTo">A generation, or <see cref="IdempotencyKeys.Nothing"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What it led to first: another request may have used the key a moment ago, and that one's result counts.</returns>
    /// <exception cref="RefusedException">That was another request.</exception>
    internal async Task<Guid> RememberAsync(IdempotencyKey key, string requestHash, Guid ledTo, CancellationToken cancellationToken)
    {
        await idempotency.RememberAsync(KeyRow(key, requestHash, ledTo, await clock.NowAsync(cancellationToken))!, cancellationToken);
        return await idempotency.FindAsync(key, requestHash, cancellationToken) ?? ledTo;
    }

    private static IdempotencyRow? KeyRow(IdempotencyKey? key, string requestHash, Guid generation, DateTimeOffset now) => key is null ? null : new()
    {
        Caller = key.Caller,
        Key = key.Key,
        RequestHash = requestHash,
        GenerationId = generation,
        CreatedAt = now,
    };
}

/// <param name="Generation">The new one, or the one that serves instead.</param>
/// <param name="IsNew">Whether this call created it.</param>
public sealed record Created(Generation Generation, bool IsNew);

/// <param name="Caller">Whose key it is.</param>
/// <param name="Key">1 to 200 visible ASCII characters.</param>
public sealed record IdempotencyKey(string Caller, string Key);
