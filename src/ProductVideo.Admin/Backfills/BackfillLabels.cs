using System.Globalization;
using ProductVideo.Backfills;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Backfills;

/// <summary>The few words of chips, filters and sums; whole sentences stand in <see cref="BackfillWords"/>.</summary>
internal static class BackfillLabels
{
    /// <summary>In the order of a video's life.</summary>
    public static IReadOnlyList<ItemState> States { get; } =
    [
        ItemState.Waiting, ItemState.UnderWay, ItemState.Review, ItemState.Publishing, ItemState.Published, ItemState.InDoubt, ItemState.Failed,
        ItemState.Rejected, ItemState.Cancelled, ItemState.Skipped,
    ];

    public static string Of(BackfillState state) => state switch
    {
        BackfillState.Draft => "Written down",
        BackfillState.Quoting => "Being priced",
        BackfillState.Quoted => "Waits for your word",
        BackfillState.Scheduled => "Scheduled",
        BackfillState.Running => "Running",
        BackfillState.Paused => "Paused",
        BackfillState.Done => "Done",
        _ => "Cancelled",
    };

    public static Tone ToneOf(Backfill backfill) => backfill.State switch
    {
        BackfillState.Quoted => Tone.Asks,
        BackfillState.Paused when backfill.StoppedBy is null => Tone.Bad,
        BackfillState.Paused => Tone.Asks,
        BackfillState.Done => Tone.Good,
        BackfillState.Draft or BackfillState.Cancelled => Tone.Over,
        _ => Tone.Moving,
    };

    public static string Of(ItemState state) => state switch
    {
        ItemState.Skipped => "Skipped",
        ItemState.Waiting => "To be made",
        ItemState.UnderWay => "Being made",
        ItemState.Review => "Ready for your review",
        ItemState.Publishing => "Going to the listing",
        ItemState.Published => "On the listing",
        ItemState.Failed => "Did not work",
        ItemState.Rejected => "Rejected",
        ItemState.Cancelled => "Cancelled",
        _ => "Needs your decision",
    };

    public static Tone ToneOf(ItemState state) => state switch
    {
        ItemState.Review or ItemState.InDoubt => Tone.Asks,
        ItemState.Published => Tone.Good,
        ItemState.Failed => Tone.Bad,
        ItemState.UnderWay or ItemState.Publishing => Tone.Moving,
        _ => Tone.Over,
    };

    /// <summary>Behind a number: <c>12 have a video</c>.</summary>
    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.OutOfScope => "Not asked for",
        SkipReason.NotInShop => "Not in the shop",
        SkipReason.NotPublished => "Not published",
        SkipReason.NoPictures => "Without a picture",
        SkipReason.HasVideo => "With a video already",
        SkipReason.UnderWay => "Video under way",
        SkipReason.TriedBefore => "Tried before",
        SkipReason.NotBestSeller => "No best seller",
        SkipReason.OverCount => "Beyond the most videos",
        SkipReason.OverBudget => "Beyond the most money",
        SkipReason.OtherCurrency => "In another currency",
        SkipReason.NoProvider => "Nobody can make it",
        _ => "Cancelled before",
    };

    /// <summary>All currencies together; nothing is free.</summary>
    public static string Sum(IReadOnlyCollection<Money> prices) => prices.Count == 0 ? "Free" : string.Join(" + ", prices.Select(Words.Amount));

    /// <summary>Behind a number of videos: <c>for $107.00</c>, or <c>free of charge</c>.</summary>
    public static string ForSum(IReadOnlyCollection<Money> prices) => prices.Count == 0 ? "free of charge" : $"for {Amounts(prices)}";

    /// <summary>As <see cref="Sum"/>, where nothing is no price but an amount.</summary>
    public static string Amounts(IReadOnlyCollection<Money> amounts) => amounts.Count == 0 ? "nothing" : string.Join(" + ", amounts.Select(Words.Amount));

    /// <summary>For example <c>2 h 5 min</c>.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{time.Minutes} min",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{BackfillWords.Number((long)time.TotalDays)} days",
    };

    /// <summary>For example <c>29 Nov 2026, 02:00 (Europe/Berlin)</c>.</summary>
    public static string At(DateTimeOffset time, string timeZone)
    {
        var (local, name) = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? (TimeZoneInfo.ConvertTime(time, zone), timeZone) : (time.ToUniversalTime(), "UTC");
        return $"{local.ToString("d MMM yyyy, HH:mm", CultureInfo.GetCultureInfo("en"))} ({name})";
    }

    public static string Of(BackfillPriority priority) => priority switch
    {
        BackfillPriority.High => "Before other backfills",
        BackfillPriority.Normal => "As any other",
        _ => "After other backfills",
    };
}
