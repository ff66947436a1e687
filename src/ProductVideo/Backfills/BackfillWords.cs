using System.Globalization;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>Backfills in the merchant's words; the API, the command line and the pages say the same.</summary>
internal static class BackfillWords
{
    /// <summary>Said where a schedule is started that costs nothing, so that no price was agreed to.</summary>
    public const string FreeSchedule = "Its videos are free now. A run that would cost something waits for your word.";

    /// <summary>Why a product gets no video: one sentence.</summary>
    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.OutOfScope => "It is none of the products that this backfill is for.",
        SkipReason.NotInShop => "The shop lists no product with this id, and none with this handle was there at the last scan: name a new one by its id.",
        SkipReason.NotPublished => "It is not published in the shop.",
        SkipReason.NoPictures => "It has no picture to make a video from.",
        SkipReason.HasVideo => "It has a video, and nothing that this backfill looks for has changed.",
        SkipReason.UnderWay => "A video of it is being made, awaits review or needs a decision.",
        SkipReason.TriedBefore => "Its last video failed or was not wanted, and the product has not changed since.",
        SkipReason.NotBestSeller => "It is not among the best sellers that were asked for.",
        SkipReason.OverCount => "It comes after the most videos that were allowed.",
        SkipReason.OverBudget => "Its video would cost more than is left of the most money that was allowed.",
        SkipReason.OtherCurrency => "Its video would cost another currency than the most money that was allowed.",
        SkipReason.NoProvider => "No provider that may be asked can make a video of it.",
        SkipReason.Cancelled => "The backfill was cancelled before its video was ordered.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };

    /// <summary>How a backfill stands: one sentence.</summary>
    public static string Of(BackfillState state) => state switch
    {
        BackfillState.Draft => "Written down; its price is not known yet.",
        BackfillState.Quoting => "The products are being gone through to find its price.",
        BackfillState.Quoted => "Priced; it waits to be started.",
        BackfillState.Scheduled => "Waits for its next time.",
        BackfillState.Running => "Videos are being made.",
        BackfillState.Paused => "Paused; nothing more is ordered until it is resumed.",
        BackfillState.Done => "Every video is ordered and at rest, or was skipped.",
        BackfillState.Cancelled => "Cancelled.",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>How one video of a backfill stands: one sentence.</summary>
    public static string Of(ItemState state) => state switch
    {
        ItemState.Skipped => "No video is made of it.",
        ItemState.Waiting => "Its video is to be ordered.",
        ItemState.UnderWay => "Its video is being made.",
        ItemState.Review => "Its video is ready for review.",
        ItemState.Publishing => "Its video is going to the listing.",
        ItemState.Published => "Its video is on the listing.",
        ItemState.Failed => "Its video could not be made.",
        ItemState.Rejected => "Its video was rejected.",
        ItemState.Cancelled => "Its video was cancelled.",
        ItemState.InDoubt => "Somebody must say whether its video was paid.",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>
    /// What a dry run found: one sentence, for example <c>214 videos of 214 products for 107.00 USD; 12 products are skipped.</c> Those of which some
    /// ratio is left out are told beside the products that are made.
    /// </summary>
    public static string Quote(BackfillQuote quote)
    {
        var skipped = quote.Skipped.Values.Sum();
        return $"{Count(quote.Videos, "video")} of {Count(quote.Products, "product")} {(quote.Videos == 0 ? "would be made" : Prices(quote.Prices))}; "
            + (InPart(quote) is { } inPart ? $"{inPart}; " : "")
            + $"{(skipped == 0 ? "no" : Number(skipped))} product{(skipped == 1 ? " is" : "s are")} skipped.";
    }

    /// <summary>Of how many products that are made some ratio is left out, for example <c>of 1 product not every ratio</c>; null where of none.</summary>
    public static string? InPart(BackfillQuote quote) => quote.InPart == 0 ? null : $"of {Count(quote.InPart, "product")} not every ratio";

    private static string Prices(IReadOnlyList<Money> prices) => prices.Count == 0 ? "free of charge" : $"for {string.Join(" + ", prices)}";

    /// <summary>For example <c>1,204 products</c>.</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Number(count)} {noun}s";

    /// <summary>For example <c>1,204</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
