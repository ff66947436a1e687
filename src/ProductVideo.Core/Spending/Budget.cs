using ProductVideo.Catalog;
using ProductVideo.Generations;

namespace ProductVideo.Spending;

/// <summary>A cap on what may be spent: for whom, in which period, in which currency.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">Whose spending it counts.</param>
/// <param name="Subject">
/// The shop's key, the provider's, the start of an API key as it is shown, or a backfill run. Null for
/// <see cref="BudgetScope.Everything"/>, and for all backfill runs together.
/// </param>
/// <param name="Period">How long it counts before it begins anew.</param>
/// <param name="Cap">The most that may be held and spent together. It counts money of its own currency only.</param>
/// <param name="TimeZone">IANA name of the zone whose midnight begins a day or a month.</param>
/// <param name="FromConfiguration">Whether it stands in the settings, where alone it can be changed.</param>
/// <param name="OfRun">Whether it is a run's own: what was agreed to when that was started. It goes with the run, and nobody sets it by hand.</param>
public sealed record Budget(
    Guid Id, BudgetScope Scope, string? Subject, BudgetPeriod Period, Money Cap, string TimeZone = "UTC", bool FromConfiguration = false, bool OfRun = false)
{
    /// <summary>Whether this cap counts what such an order costs, its currency aside.</summary>
    public bool Covers(ProductRef product, GenerationOrder order) => Scope switch
    {
        BudgetScope.Everything => true,
        BudgetScope.Shop => Subject == product.Shop,
        BudgetScope.Provider => Subject == order.Provider,
        BudgetScope.ApiKey => Subject == order.ApiKey,
        BudgetScope.Backfill => order.Backfill is { } run && (Subject is null || Subject == run),
        _ => throw new ArgumentOutOfRangeException(nameof(order), Scope, message: null),
    };

    /// <summary>
    /// Whether <paramref name="other"/> caps the same thing in the same period, in whatever currency. A cap that somebody set beside what was
    /// agreed to is another one: it lets no other currency through.
    /// </summary>
    public bool IsLike(Budget other) => (Scope, Subject, Period, OfRun) == (other.Scope, other.Subject, other.Period, other.OfRun);
}

/// <summary>Whose spending a cap counts.</summary>
public enum BudgetScope
{
    Everything,
    Shop,
    Provider,
    ApiKey,
    Backfill,
}

/// <summary>How long a cap counts before it begins anew.</summary>
public enum BudgetPeriod
{
    /// <summary>Nothing is summed up: the cap is the highest price of one clip.</summary>
    Clip,
    Day,
    Month,

    /// <summary>It never begins anew.</summary>
    Ever,
}
