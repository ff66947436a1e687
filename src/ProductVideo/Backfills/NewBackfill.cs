using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>What a backfill is to be.</summary>
/// <param name="Shop">Of which shop.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Plan">What is wanted.</param>
/// <param name="Products">The shop's ids or handles of the only products it is for; null for those that the scope says.</param>
/// <param name="Requester">Who asks.</param>
internal sealed record NewBackfill(string Shop, string Name, BackfillPlan Plan, IReadOnlyCollection<string>? Products, Requester Requester)
{
    /// <summary>The caller's own id of it: the same id gives the same backfill for ever.</summary>
    public Guid? Id { get; init; }

    /// <summary>The caller's idempotency key: the same key with the same request gives the same backfill for ever.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>The most it may cost, for each currency, where that is agreed to before it is quoted: it then starts by itself. Null where a person starts it.</summary>
    public IReadOnlyList<Money>? Agreed { get; init; }

    /// <summary>SHA-256 of all that was asked for, lower-case hex.</summary>
    internal string Hash() => IdempotencyKeys.HashOf(
        new { what = "backfill", Shop, name = Name.Trim(), Plan, products = Products?.Order(StringComparer.Ordinal), Agreed });
}

/// <param name="Backfill">The new one, or the one that the same request made before.</param>
/// <param name="IsNew">Whether this call made it.</param>
internal sealed record CreatedBackfill(Backfill Backfill, bool IsNew);
