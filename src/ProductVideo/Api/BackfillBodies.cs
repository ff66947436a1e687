using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ProductVideo.Backfills;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>Videos of many products of a shop. Writing it down spends nothing.</summary>
internal sealed record BackfillBody
{
    /// <summary>The longest body: so that a list of products fits.</summary>
    internal const int MaxBody = 4 * 1024 * 1024;

    /// <summary>1 to 100 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>The shop's ids or handles of the only products it is for; left out, those that the scope says.</summary>
    public IReadOnlyList<string>? Products { get; init; }

    /// <summary>For which products; left out, all that have no video.</summary>
    public BackfillScopeBody? Scope { get; init; }

    /// <summary>How the videos are made; what is left out is chosen for each product.</summary>
    public BackfillRecipeBody? Recipe { get; init; }

    /// <summary>What it may cost at most, beside all caps that hold anyway.</summary>
    public BackfillCapsBody? Caps { get; init; }

    /// <summary>Publishes without a person's look; needs the scope videos:review.</summary>
    public bool AutoApprove { get; init; }

    /// <summary>When it runs; left out, once, when it is started.</summary>
    public BackfillScheduleBody? Schedule { get; init; }

    /// <summary><c>high</c>, <c>normal</c> or <c>low</c>: which of several backfills orders first.</summary>
    public BackfillPriority? Priority { get; init; }

    internal string DemandName() => Name ?? throw Caller.Bad("name", "'name' is missing: 1 to 100 characters by which you find it again.");

    internal IReadOnlyList<string>? DemandProducts() => Products is null ? null : BodyLists.Words(Products, "products");

    internal BackfillPlan ToPlan() => new()
    {
        Scope = (Scope ?? new()).ToScope(),
        Recipe = (Recipe ?? new()).ToRecipe(),
        Caps = (Caps ?? new()).ToCaps(),
        AutoApprove = AutoApprove,
        Schedule = (Schedule ?? new()).ToSchedule(),
        Priority = Priority ?? BackfillPriority.Normal,
    };
}

/// <summary>For which products a backfill is; all that is given must hold. Words are compared in whatever capitals.</summary>
internal sealed record BackfillScopeBody
{
    /// <summary>It stands in one of these collections or categories.</summary>
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>It has one of these tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Its type is one of these.</summary>
    public IReadOnlyList<string>? ProductTypes { get; init; }

    /// <summary>It is of one of these vendors.</summary>
    public IReadOnlyList<string>? Vendors { get; init; }

    /// <summary>It costs at least this, in the shop's currency.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>It costs at most this, in the shop's currency.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>At least so many pieces can be sold now; a product whose stock is not counted fits.</summary>
    public int? MinStock { get; init; }

    /// <summary>It is among so many of the best sold that fit all else.</summary>
    public int? BestSellers { get; init; }

    /// <summary>Its listing was first seen as it is at this time or later. What was there when the shop's products were first gone through counts as changed then.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>It has no video; true if left out.</summary>
    public bool? WithoutVideo { get; init; }

    /// <summary>Its pictures or words changed since its video was made.</summary>
    public bool Changed { get; init; }

    /// <summary>Its video's style was edited or taken away since, or the shop looks different.</summary>
    public bool Restyled { get; init; }

    /// <summary>Also where the last video failed, was rejected or taken off, and neither pictures nor words of the product changed since.</summary>
    public bool TryAgain { get; init; }

    internal BackfillScope ToScope() => new()
    {
        Collections = BodyLists.Words(Collections, "scope.collections"),
        Tags = BodyLists.Words(Tags, "scope.tags"),
        ProductTypes = BodyLists.Words(ProductTypes, "scope.productTypes"),
        Vendors = BodyLists.Words(Vendors, "scope.vendors"),
        MinPrice = MinPrice,
        MaxPrice = MaxPrice,
        MinStock = MinStock,
        BestSellers = BestSellers is null or >= 1 ? BestSellers : throw Caller.Bad("scope.bestSellers", "'bestSellers' is how many of the best sold products, at least 1."),
        ChangedSince = ChangedSince?.ToUniversalTime(),
        WithoutVideo = WithoutVideo ?? true,
        Changed = Changed,
        Restyled = Restyled,
        TryAgain = TryAgain,
    };

    internal static BackfillScopeBody Of(BackfillScope scope) => new()
    {
        Collections = scope.Collections,
        Tags = scope.Tags,
        ProductTypes = scope.ProductTypes,
        Vendors = scope.Vendors,
        MinPrice = scope.MinPrice,
        MaxPrice = scope.MaxPrice,
        MinStock = scope.MinStock,
        BestSellers = scope.BestSellers,
        ChangedSince = scope.ChangedSince,
        WithoutVideo = scope.WithoutVideo,
        Changed = scope.Changed,
        Restyled = scope.Restyled,
        TryAgain = scope.TryAgain,
    };
}

/// <summary>How the videos are made; what is left out is chosen for each product, as for a click.</summary>
internal sealed record BackfillRecipeBody
{
    /// <summary>Prompt template, for example <c>turntable</c>.</summary>
    public string? Template { get; init; }

    /// <summary>Who makes them, the best first; left out, the shop's list.</summary>
    public IReadOnlyList<ProviderChoiceBody>? Providers { get; init; }

    /// <summary>One video of each for every product, for example <c>1:1</c> and <c>9:16</c>; left out, one in the ratio that suits.</summary>
    public IReadOnlyList<string>? Aspects { get; init; }

    /// <summary>Length of each, in seconds.</summary>
    public decimal? Seconds { get; init; }

    /// <summary>One more sentence for the prompt, at most 500 characters.</summary>
    public string? Wish { get; init; }

    internal BackfillRecipe ToRecipe() => new()
    {
        Template = Template,
        Providers = [.. (Providers ?? []).Select((choice, place) => (choice ?? new()).ToChoice(place, "recipe.providers"))],
        Aspects = BodyLists.Words(Aspects, "recipe.aspects"),
        Seconds = Seconds,
        Wish = Wish,
    };

    internal static BackfillRecipeBody Of(BackfillRecipe recipe) => new()
    {
        Template = recipe.Template, Providers = [.. recipe.Providers.Select(ProviderChoiceBody.Of)], Aspects = recipe.Aspects, Seconds = recipe.Seconds, Wish = recipe.Wish,
    };
}

/// <summary>What a backfill, or each of its runs, may cost at most.</summary>
internal sealed record BackfillCapsBody
{
    /// <summary>The most money.</summary>
    public MoneyBody? Money { get; init; }

    /// <summary>The most videos.</summary>
    public int? Videos { get; init; }

    /// <summary>The most videos that backfills order for the shop in any seven days.</summary>
    public int? VideosPerWeek { get; init; }

    internal BackfillCaps ToCaps() => new() { Money = Money?.ToMoney("caps.money"), Videos = Videos, VideosPerWeek = VideosPerWeek };

    internal static BackfillCapsBody Of(BackfillCaps caps) => new()
    {
        Money = caps.Money is { } money ? MoneyBody.Of(money) : null, Videos = caps.Videos, VideosPerWeek = caps.VideosPerWeek,
    };
}

/// <summary>When a backfill runs.</summary>
internal sealed record BackfillScheduleBody
{
    /// <summary>Runs whenever this says, in the five fields of cron; left out, once, when it is started.</summary>
    public string? Cron { get; init; }

    /// <summary>IANA name of the zone of <c>cron</c> and <c>blackouts</c>; UTC if left out.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Hours of every day in which nothing is ordered; what is under way goes on.</summary>
    public IReadOnlyList<BlackoutBody>? Blackouts { get; init; }

    internal BackfillSchedule ToSchedule() => new()
    {
        Cron = Cron, TimeZone = TimeZone ?? "UTC", Blackouts = [.. (Blackouts ?? []).Select(blackout => (blackout ?? new()).ToBlackout())],
    };

    internal static BackfillScheduleBody Of(BackfillSchedule schedule) => new()
    {
        Cron = schedule.Cron, TimeZone = schedule.TimeZone, Blackouts = [.. schedule.Blackouts.Select(BlackoutBody.Of)],
    };
}

/// <summary>Hours of every day.</summary>
internal sealed record BlackoutBody
{
    private const string Format = "HH:mm";

    /// <summary>From then on, for example <c>08:00</c>.</summary>
    [Required]
    public string? From { get; init; }

    /// <summary>Up to then, for example <c>20:00</c>; before <c>from</c>, it is the next morning.</summary>
    [Required]
    public string? To { get; init; }

    internal Blackout ToBlackout() => new(Time(From), Time(To));

    internal static BlackoutBody Of(Blackout blackout) => new()
    {
        From = blackout.From.ToString(Format, CultureInfo.InvariantCulture), To = blackout.To.ToString(Format, CultureInfo.InvariantCulture),
    };

    private static TimeOnly Time(string? text) => TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time : throw Caller.Bad("schedule.blackouts", "Hours in which nothing is ordered are two times of day, for example {\"from\": \"08:00\", \"to\": \"20:00\"}.");
}
