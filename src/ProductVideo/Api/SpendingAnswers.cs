using System.ComponentModel.DataAnnotations;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>A cap to set.</summary>
internal sealed record BudgetBody
{
    /// <summary>everything, shop, provider, apiKey or backfill.</summary>
    [Required]
    public BudgetScope? Scope { get; init; }

    /// <summary>The shop's key, the provider's, the first nine characters of an API key, or a backfill's id. Left out for everything, and for all backfills together.</summary>
    public string? Subject { get; init; }

    /// <summary>clip (the highest price of one video), day, month or ever.</summary>
    [Required]
    public BudgetPeriod? Period { get; init; }

    /// <summary>In the currency's main unit, 0 or more.</summary>
    [Required]
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217. The cap counts money of this currency only; an order in another one is refused.</summary>
    [Required]
    public string? Currency { get; init; }

    /// <summary>IANA name of the zone whose midnight begins a day or a month; UTC if left out.</summary>
    public string? TimeZone { get; init; }

    internal Budget ToBudget() => new(
        Guid.CreateVersion7(),
        Scope ?? throw Caller.Bad("scope", "'scope' is missing. Give one of: everything, shop, provider, apiKey, backfill."), Subject,
        Period ?? throw Caller.Bad("period", "'period' is missing. Give one of: clip, day, month, ever."),
        new Money(Amount ?? throw Caller.Bad("amount", "'amount' is missing: the cap, for example 100."), Currency ?? ""), TimeZone ?? "UTC");
}

/// <summary>A cap and how it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope">Whose spending it counts.</param>
/// <param name="Subject">Which shop, provider, key or backfill.</param>
/// <param name="Period">How long it counts.</param>
/// <param name="TimeZone">Whose midnight begins a day or a month.</param>
/// <param name="FromConfiguration">Whether it stands in the server's settings.</param>
/// <param name="Current">The day, month or "ever" that the figures are of; null for the cap on one clip.</param>
/// <param name="Cap">The most that may be held and spent together.</param>
/// <param name="Held">Put aside for what is under way or in doubt.</param>
/// <param name="Spent">Gone.</param>
/// <param name="Left">What may still be ordered.</param>
/// <param name="OfRun">Whether it is what was agreed to when the backfill was started, which goes by itself when that is over.</param>
internal sealed record BudgetAnswer(
    Guid Id, BudgetScope Scope, string? Subject, BudgetPeriod Period, string TimeZone, bool FromConfiguration, string? Current, Money Cap, Money Held,
    Money Spent, Money Left, bool OfRun)
{
    internal static BudgetAnswer Of(BudgetRoom room) => new(
        room.Budget.Id, room.Budget.Scope, room.Budget.Subject, room.Budget.Period, room.Budget.TimeZone, room.Budget.FromConfiguration, room.Period,
        room.Budget.Cap, room.Held, room.Spent, room.Left, room.Budget.OfRun);
}

/// <summary>One move of money.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was written.</param>
/// <param name="OrderedAt">When the video was ordered: this decides which day's and month's caps count it.</param>
/// <param name="Generation">Whose money.</param>
/// <param name="Shop">Shop key.</param>
/// <param name="Product">Product id.</param>
/// <param name="Provider">Who is paid.</param>
/// <param name="Model">For what.</param>
/// <param name="Account">Always null: a provider has one account.</param>
/// <param name="ApiKey">First characters of the key that asked.</param>
/// <param name="Backfill">The backfill run.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Kind">hold, settle or release.</param>
/// <param name="Amount">Never below zero.</param>
/// <param name="Note">over_estimate, counts_as_spent, duplicate_charge, other_currency, or null.</param>
internal sealed record SpendAnswer(
    Guid Id, DateTimeOffset At, DateTimeOffset OrderedAt, Guid Generation, string Shop, string Product, string Provider, string Model, string? Account,
    string? ApiKey, string? Backfill, string RequestedBy, MoneyMoveKind Kind, Money Amount, string? Note)
{
    public static SpendAnswer Of(SpendEntry entry) => new(
        entry.Id, entry.At, entry.OrderedAt, entry.Generation, entry.Shop, entry.Product, entry.Provider, entry.Model, entry.Account, entry.ApiKey,
        entry.Backfill, entry.RequestedBy, entry.Move.Kind, entry.Move.Amount, entry.Move.Note);
}
