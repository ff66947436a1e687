using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Spending;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>What is wanted of a backfill, as words of a command.</summary>
internal static partial class PlanOptions
{
    private static readonly Option<string[]> Collections = Many("--collection", "Only products of this collection or category; may be given again.");
    private static readonly Option<string[]> Tags = Many("--tag", "Only products with this tag; may be given again.");
    private static readonly Option<string[]> Types = Many("--type", "Only products of this type; may be given again.");
    private static readonly Option<string[]> Vendors = Many("--vendor", "Only products of this vendor; may be given again.");
    private static readonly Option<decimal?> MinPrice = PlainOptions.Decimal("--min-price", "Only products that cost at least this, in the shop's currency.");
    private static readonly Option<decimal?> MaxPrice = PlainOptions.Decimal("--max-price", "Only products that cost at most this.");
    private static readonly Option<int?> MinStock = PlainOptions.Whole("--min-stock", "Only products of which so many pieces can be sold.");
    private static readonly Option<int?> BestSellers = PlainOptions.Whole("--best-sellers", "Only so many of the best sold products.");
    private static readonly Option<DateOnly?> ChangedSince = PlainOptions.Day("--changed-since", "Only products whose listing changed on this day (UTC) or later. What was there at the shop's first scan counts as changed then.");
    private static readonly Option<bool> Changed = new("--changed") { Description = "Also products whose pictures or words changed since their video was made." };
    private static readonly Option<bool> Restyled = new("--restyled") { Description = "Also products whose video's style was edited, or whose shop looks different." };
    private static readonly Option<bool> NoFirst = new("--no-first") { Description = "Leaves out products without a video; needs --changed or --restyled." };
    private static readonly Option<bool> TryAgain = new("--try-again") { Description = "Also products whose last video failed or was not wanted." };
    private static readonly Option<string?> Template = new("--template") { Description = "A prompt template, for example turntable." };
    private static readonly Option<string[]> Providers = Many("--provider", "Who makes them, the best first, for example local or fal:MODEL; may be given again.");
    private static readonly Option<string[]> Aspects = Many("--aspect", "One video of this ratio for each product, for example 9:16; may be given again.");
    private static readonly Option<decimal?> Seconds = PlainOptions.Decimal("--seconds", "The length of each.");
    private static readonly Option<string?> Wish = new("--wish") { Description = "One more sentence for the prompts, at most 500 characters." };
    private static readonly Option<string?> MaxMoney = new("--max-money") { Description = "The most it, or each run of its schedule, may cost, for example \"25 EUR\"." };
    private static readonly Option<int?> MaxVideos = PlainOptions.Whole("--max-videos", "The most videos.");
    private static readonly Option<int?> PerWeek = PlainOptions.Whole("--per-week", "The most videos that backfills order for the shop in any seven days.");
    private static readonly Option<bool> Approve = new("--approve-automatically") { Description = "The videos go onto their listings without a person's look." };
    private static readonly Option<string?> Cron = new("--cron") { Description = "Runs whenever this says, for example \"0 2 * * *\" for every night at two." };
    private static readonly Option<string?> TimeZone = new("--time-zone") { Description = "The zone of --cron and --not-between, for example Europe/Berlin; UTC if left out." };
    private static readonly Option<string[]> NotBetween = Many("--not-between", "Hours of the day in which nothing is ordered, for example 08:00-20:00; may be given again.");
    private static readonly Option<BackfillPriority> Priority = new("--priority")
    {
        Description = "high, normal or low: which of several backfills orders first.", DefaultValueFactory = _ => BackfillPriority.Normal,
    };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[]
                 {
                     Collections, Tags, Types, Vendors, MinPrice, MaxPrice, MinStock, BestSellers, ChangedSince, Changed, Restyled, NoFirst, TryAgain, Template, Providers, Aspects,
                     Seconds, Wish, MaxMoney, MaxVideos, PerWeek, Approve, Cron, TimeZone, NotBetween, Priority,
                 })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="RefusedException">A word can't be read.</exception>
    public static BackfillPlan Read(ParseResult parsed) => new()
    {
        Scope = new BackfillScope
        {
            Collections = parsed.GetValue(Collections) ?? [],
            Tags = parsed.GetValue(Tags) ?? [],
            ProductTypes = parsed.GetValue(Types) ?? [],
            Vendors = parsed.GetValue(Vendors) ?? [],
            MinPrice = parsed.GetValue(MinPrice),
            MaxPrice = parsed.GetValue(MaxPrice),
            MinStock = parsed.GetValue(MinStock),
            BestSellers = parsed.GetValue(BestSellers) is null or >= 1 ? parsed.GetValue(BestSellers) : throw Bad("--best-sellers is a number from 1.", "scope.bestSellers"),
            ChangedSince = parsed.GetValue(ChangedSince) is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
            WithoutVideo = !parsed.GetValue(NoFirst),
            Changed = parsed.GetValue(Changed),
            Restyled = parsed.GetValue(Restyled),
            TryAgain = parsed.GetValue(TryAgain),
        },
        Recipe = new BackfillRecipe
        {
            Template = parsed.GetValue(Template),
            Providers = [.. (parsed.GetValue(Providers) ?? []).Select(ProviderOf)],
            Aspects = parsed.GetValue(Aspects) ?? [],
            Seconds = parsed.GetValue(Seconds),
            Wish = parsed.GetValue(Wish),
        },
        Caps = new BackfillCaps
        {
            Money = parsed.GetValue(MaxMoney) is { } money ? MoneyOf(money, "--max-money") : null, Videos = parsed.GetValue(MaxVideos), VideosPerWeek = parsed.GetValue(PerWeek),
        },
        AutoApprove = parsed.GetValue(Approve),
        Schedule = new BackfillSchedule
        {
            Cron = parsed.GetValue(Cron), TimeZone = parsed.GetValue(TimeZone) ?? "UTC", Blackouts = [.. (parsed.GetValue(NotBetween) ?? []).Select(BlackoutOf)],
        },
        Priority = parsed.GetValue(Priority),
    };

    /// <summary>For example <c>107.00 USD</c>.</summary>
    /// <exception cref="RefusedException">It is no amount.</exception>
    public static Money MoneyOf(string text, string option) =>
        Amount().Match(text) is { Success: true } match
        && decimal.TryParse(match.Groups["amount"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Micros.Largest
        && match.Groups["currency"].Value.ToUpperInvariant() is var currency && Currencies.IsKnown(currency)
            ? new Money(amount, currency)
            : throw Bad($"'{text}' is no amount of money. Write {option} as a number and a currency, for example {option} \"25 EUR\".", "money");

    private static ProviderChoice ProviderOf(string word)
    {
        // Only the first colon parts: models have colons too.
        var parts = word.Split(':', 2);
        return new ProviderChoice { Provider = parts[0], Model = parts.Length > 1 ? parts[1] : null };
    }

    private static Blackout BlackoutOf(string word)
    {
        var parts = word.Split('-');
        return parts.Length == 2 && Time(parts[0]) is { } from && Time(parts[1]) is { } to
            ? new Blackout(from, to) : throw Bad($"'{word}' are no hours. Write --not-between as two times of day, for example 08:00-20:00.", "schedule.blackouts");
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description };

    private static RefusedException Bad(string text, string field) => new(RefusalKind.Invalid, new Problem("invalid_backfill", text, text), field);

    [GeneratedRegex(@"^\s*(?<amount>\d{1,12}(\.\d{1,6})?)\s*(?<currency>[A-Za-z]{3})\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Amount();
}
