using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>Writes a prepared order down as a generation, once: the same key, and the same clip under way or published, give the one that is there.</summary>
public sealed class Creating(GenerationStore store, IdempotencyKeys idempotency, IDatabaseClock clock)
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
            added = await RememberAsync(key, requestHash, added, cancellationToken);
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

    /// <summary>Writes down what the key led to. Where another request used the key a moment ago, that one's result counts, or its body differs.</summary>
    internal async Task<Generation> RememberAsync(IdempotencyKey key, string requestHash, Generation instead, CancellationToken cancellationToken)
    {
        await idempotency.RememberAsync(KeyRow(key, requestHash, instead.Id, await clock.NowAsync(cancellationToken))!, cancellationToken);
        var first = await idempotency.FindAsync(key, requestHash, cancellationToken);
        return first is { } id && id != instead.Id && await store.FindAsync(id, cancellationToken) is { } other ? other : instead;
    }

    /// <summary>Writes down that there was nothing to make when the key first came.</summary>
    internal async Task RememberNothingAsync(IdempotencyKey key, string requestHash, CancellationToken cancellationToken) =>
        await idempotency.RememberAsync(KeyRow(key, requestHash, IdempotencyKeys.Nothing, await clock.NowAsync(cancellationToken))!, cancellationToken);

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
