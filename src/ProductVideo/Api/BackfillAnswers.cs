using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>A backfill as the API tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shop">Shop key.</param>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>draft</c>, <c>quoting</c>, <c>quoted</c>, <c>scheduled</c>, <c>running</c>, <c>paused</c>, <c>done</c> or <c>cancelled</c>.</param>
/// <param name="Text">The same for the merchant.</param>
/// <param name="OnlyNamed">Whether it is only for products that were named.</param>
/// <param name="Scope">For which products.</param>
/// <param name="Recipe">How the videos are made.</param>
/// <param name="Caps">What it may cost at most.</param>
/// <param name="AutoApprove">Whether the videos go onto their listings without a person's look.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="Priority">Which of several orders first.</param>
/// <param name="RunOf">The schedule whose run it is; null if it is none's.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Quote">What the dry run found; null before there was one.</param>
/// <param name="QuotedAt">When it did.</param>
/// <param name="Agreed">The most it, or each of its runs, may cost, as agreed; null if nothing was.</param>
/// <param name="AgreedBy">Who agreed.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it was done or cancelled.</param>
/// <param name="StoppedBy">Who paused or cancelled it; null for nobody, or where it paused by itself.</param>
/// <param name="Problem">Why it waits, paused by itself, or could not be quoted.</param>
/// <param name="NextRun">When its schedule runs next.</param>
/// <param name="Progress">How far it is; null in lists, and of a schedule that was started: each of its runs tells its own.</param>
/// <param name="Runs">Its schedule's last 20 runs, newest first; null in lists, and where it has no schedule.</param>
internal record BackfillAnswer(
    Guid Id, string Shop, string Name, BackfillState State, string Text, bool OnlyNamed, BackfillScopeBody Scope, BackfillRecipeBody Recipe, BackfillCapsBody Caps,
    bool AutoApprove, BackfillScheduleBody Schedule, BackfillPriority Priority, Guid? RunOf, string CreatedBy, DateTimeOffset CreatedAt, QuoteAnswer? Quote,
    DateTimeOffset? QuotedAt, IReadOnlyList<Money>? Agreed, string? AgreedBy, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? StoppedBy, Problem? Problem,
    DateTimeOffset? NextRun, BackfillProgressAnswer? Progress, IReadOnlyList<BackfillRunAnswer>? Runs)
{
    /// <summary>How many runs of a schedule are told.</summary>
    public const int MostRuns = 20;

    public static BackfillAnswer Of(Backfill backfill, BackfillProgress? progress = null, IReadOnlyList<Backfill>? runs = null) => new(
        backfill.Id, backfill.Shop, backfill.Name, backfill.State, BackfillWords.Of(backfill.State), backfill.Plan.Scope.OnlyNamed, BackfillScopeBody.Of(backfill.Plan.Scope),
        BackfillRecipeBody.Of(backfill.Plan.Recipe), BackfillCapsBody.Of(backfill.Plan.Caps), backfill.Plan.AutoApprove, BackfillScheduleBody.Of(backfill.Plan.Schedule),
        backfill.Plan.Priority, backfill.RunOf, backfill.CreatedBy, backfill.CreatedAt, backfill.Quote is { } quote ? QuoteAnswer.Of(quote) : null, backfill.QuotedAt,
        backfill.Consent?.Prices, backfill.Consent?.By, backfill.StartedAt, backfill.EndedAt, backfill.StoppedBy, backfill.Problem,
        backfill.State is BackfillState.Scheduled ? backfill.DueAt : null, progress is null || backfill.IsStartedSchedule ? null : BackfillProgressAnswer.Of(progress),
        runs is null ? null : [.. runs.Select(BackfillRunAnswer.Of)]);
}

/// <summary>What a dry run found.</summary>
/// <param name="Text">One sentence for the merchant.</param>
/// <param name="Products">Of how many products videos would be made.</param>
/// <param name="Videos">How many.</param>
/// <param name="Prices">What they cost, for each currency; empty if nothing.</param>
/// <param name="Shares">Who would make how many.</param>
/// <param name="Skipped">How many products are left out, and why.</param>
/// <param name="IndexedAt">When the shop's products had last been gone through; null where they were named, and looked at for this.</param>
internal sealed record QuoteAnswer(
    string Text, int Products, int Videos, IReadOnlyList<Money> Prices, IReadOnlyList<ProviderShare> Shares, IReadOnlyList<SkippedAnswer> Skipped, DateTimeOffset? IndexedAt)
{
    internal static QuoteAnswer Of(BackfillQuote quote) => new(
        BackfillWords.Quote(quote), quote.Products, quote.Videos, quote.Prices, quote.Shares, SkippedAnswer.Of(quote.Skipped), quote.IndexedAt);
}

/// <param name="Reason">Why.</param>
/// <param name="Text">The same for the merchant.</param>
/// <param name="Count">How many.</param>
internal sealed record SkippedAnswer(SkipReason Reason, string Text, int Count)
{
    internal static IReadOnlyList<SkippedAnswer> Of(IReadOnlyDictionary<SkipReason, int> skipped) =>
        [.. skipped.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key).Select(reason => new SkippedAnswer(reason.Key, BackfillWords.Of(reason.Key), reason.Value))];
}

/// <summary>How far a backfill is.</summary>
/// <param name="Total">All videos that are, or were to be, made.</param>
/// <param name="AtRest">Those of which nothing more comes without a person.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Counts">How many stand how; those that are skipped are not in it.</param>
/// <param name="Skipped">How many are left out, and why.</param>
/// <param name="Held">Put aside for what is under way or in doubt, for each currency.</param>
/// <param name="Spent">Gone, for each currency.</param>
/// <param name="EstimatedEnd">When all are made, at the pace so far, by the shop's week and outside the hours in which nothing is ordered; null where there is no pace yet.</param>
internal sealed record BackfillProgressAnswer(
    int Total, int AtRest, double Share, IReadOnlyList<ItemCountAnswer> Counts, IReadOnlyList<SkippedAnswer> Skipped, IReadOnlyList<Money> Held, IReadOnlyList<Money> Spent,
    DateTimeOffset? EstimatedEnd)
{
    internal static BackfillProgressAnswer Of(BackfillProgress progress) => new(
        progress.Total, progress.AtRest, progress.Share,
        [.. progress.Counts.OrderBy(count => count.Key).Select(count => new ItemCountAnswer(count.Key, BackfillWords.Of(count.Key), count.Value))],
        SkippedAnswer.Of(progress.Skipped), progress.Held, progress.Spent, progress.EstimatedEnd);
}

/// <param name="State">How they stand.</param>
/// <param name="Text">The same for the merchant, of one of them.</param>
/// <param name="Count">How many.</param>
internal sealed record ItemCountAnswer(ItemState State, string Text, int Count);

/// <summary>A run of a schedule, in short.</summary>
internal sealed record BackfillRunAnswer(Guid Id, BackfillState State, DateTimeOffset CreatedAt, string? Quote, DateTimeOffset? EndedAt, Problem? Problem)
{
    internal static BackfillRunAnswer Of(Backfill run) => new(
        run.Id, run.State, run.CreatedAt, run.Quote is { } quote ? BackfillWords.Quote(quote) : null, run.EndedAt, run.Problem);
}

/// <summary>One video of a backfill, or a product of which none is made.</summary>
/// <param name="Product">The shop's id of the product.</param>
/// <param name="Title">The product's, where it is known.</param>
/// <param name="Aspect">The ratio; null for the one that suits.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why none is made, where it is skipped.</param>
/// <param name="Text">How it stands, or why none is made, for the merchant.</param>
/// <param name="Price">As quoted, and as ordered once it is; null where none was priced.</param>
/// <param name="Provider">Who makes it, or would.</param>
/// <param name="Seconds">How long it is, as quoted; null where none was priced.</param>
/// <param name="Generation">The order.</param>
/// <param name="Problem">Why it could not be ordered, was not made, or is in doubt.</param>
internal sealed record BackfillItemAnswer(
    string Product, string? Title, string? Aspect, ItemState State, SkipReason? Reason, string Text, Money? Price, string? Provider, decimal? Seconds, Guid? Generation, Problem? Problem)
{
    public static BackfillItemAnswer Of(BackfillItem item) => new(
        item.ProductId, item.Title, item.Aspect, item.State, item.Reason, item.Reason is { } reason ? BackfillWords.Of(reason) : BackfillWords.Of(item.State), item.Price,
        item.Provider, item.Seconds > 0 ? item.Seconds : null, item.Generation, item.Problem);
}
