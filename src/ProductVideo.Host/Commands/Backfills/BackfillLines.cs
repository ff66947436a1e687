using System.Globalization;
using ProductVideo.Backfills;
using ProductVideo.Host.Terminal;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>Backfills as a command shows them.</summary>
internal static class BackfillLines
{
    /// <summary>All that is known of one.</summary>
    public static void Tell(Screen screen, Backfill backfill, BackfillProgress progress, IReadOnlyList<Backfill>? runs)
    {
        Head(screen, backfill);
        if (backfill.Quote is { } quote)
            screen.Line(BackfillWords.Quote(quote));
        if (progress.Total > 0 && backfill is { Consent: not null, IsStartedSchedule: false })
        {
            screen.Line(Of(progress, backfill));
            screen.Table("videos", ["Videos", "State"], [.. progress.Counts.OrderBy(count => count.Key).Select(count => (string[])[BackfillWords.Number(count.Value), $"{count.Key}"])]);
        }

        foreach (var held in progress.Held)
            screen.Row("held", [$"{held}", "put aside for what is under way or in doubt"]);
        foreach (var spent in progress.Spent)
            screen.Row("spent", [$"{spent}"]);
        screen.Table("run", ["Run", "State", "Begun", "What it makes"], [.. (runs ?? []).Select(run => (string[])[$"{run.Id}", $"{run.State}", Time(run.CreatedAt), run.Quote is { } found ? BackfillWords.Quote(found) : ""])]);
    }

    /// <summary>Which it is and how it stands.</summary>
    public static void Head(Screen screen, Backfill backfill)
    {
        screen.Row("backfill", [$"{backfill.Id}", $"{backfill.State}", backfill.Shop, backfill.Name]);
        if (backfill.Problem is { } problem)
            screen.Line(problem.MerchantText);
        if (backfill is { State: BackfillState.Scheduled, DueAt: { } next })
            screen.Row("next", [Time(next)]);
    }

    /// <summary>What a dry run found, as tables.</summary>
    public static void Tell(Screen screen, BackfillQuote quote)
    {
        screen.Line(BackfillWords.Quote(quote));
        if (quote.IndexedAt is { } indexed)
            screen.Line($"From the products as they were at {Time(indexed)}.");
        screen.Table(
            "made", ["Made by", "Videos", "Price", "Length"],
            [.. quote.Shares.Select(share => (string[])[share.Provider, BackfillWords.Number(share.Videos), Price(share.Price), string.Create(CultureInfo.InvariantCulture, $"{share.Seconds:0.#} s")])]);
        screen.Table(
            "skipped", ["Skipped", "Reason", "What that means"],
            [.. quote.Skipped.OrderByDescending(skip => skip.Value).ThenBy(skip => skip.Key).Select(skip => (string[])[BackfillWords.Number(skip.Value), $"{skip.Key}", BackfillWords.Of(skip.Key)])]);
    }

    /// <summary>One video, or a product of which none is made.</summary>
    public static IReadOnlyList<string> Of(BackfillItem item) =>
    [
        item.ProductId, item.Aspect ?? "", $"{item.State}", item.Reason?.ToString() ?? "", item.Price is { } price ? Price(price) : "", item.Provider ?? "", item.Title ?? "",
        item.Problem?.MerchantText ?? (item.Reason is { } reason ? BackfillWords.Of(reason) : ""),
    ];

    /// <summary>Counts, money and time left in one line.</summary>
    public static string Of(BackfillProgress progress, Backfill backfill)
    {
        var parts = new List<string> { $"{BackfillWords.Number(progress.AtRest)} of {BackfillWords.Number(progress.Total)}" };
        parts.AddRange(progress.Counts.Where(count => ItemStates.IsAtRest(count.Key)).OrderBy(count => count.Key).Select(count => $"{count.Key} {BackfillWords.Number(count.Value)}"));
        if (progress.Spent.Count > 0)
            parts.Add($"spent {string.Join(" + ", progress.Spent)}");
        if (progress.Held.Count > 0)
            parts.Add($"held {string.Join(" + ", progress.Held)}");
        if (progress.EstimatedEnd is { } end)
            parts.Add($"until about {Time(end)}");
        if (backfill.Problem is { } problem)
            parts.Add(problem.MerchantText);
        return string.Join(" · ", parts);
    }

    /// <summary>The words that agree to a price.</summary>
    public static string StartLine(Backfill backfill, BackfillQuote quote, string data)
    {
        var pay = string.Concat(quote.Prices.Select(price => $" --yes-pay \"{price}\""));
        return $"{(backfill.Plan.Schedule.Cron is null ? "Start it" : "Start its schedule, each run for at most that price,")} with: {OwnCommand.Here.Line(data, $"backfill start {backfill.Id}{pay}")}";
    }

    private static string Price(Money price) => price.IsZero ? "free" : $"{price}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
