using System.Globalization;
using ProductVideo.Backfills;

namespace ProductVideo.Admin.Backfills;

/// <summary>When a backfill runs, as a merchant says it.</summary>
public sealed class WhenForm
{
    public WhenKind Kind { get; set; }

    /// <summary>For every night and every week.</summary>
    public TimeOnly At { get; set; } = new(2, 0);

    public DayOfWeek Day { get; set; } = DayOfWeek.Sunday;

    /// <summary>The five fields, for who knows them.</summary>
    public string Cron { get; set; } = "0 2 * * *";

    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether there are hours in which nothing is ordered.</summary>
    public bool HasBlackout { get; set; }

    public TimeOnly BlackoutFrom { get; set; } = new(8, 0);

    public TimeOnly BlackoutTo { get; set; } = new(20, 0);

    /// <summary>Further such hours, of an earlier backfill.</summary>
    public IReadOnlyList<Blackout> MoreBlackouts { get; private set; } = [];

    /// <summary>Takes the hours in which nothing is ordered from another schedule, and nothing else of it.</summary>
    public void CopyHours(BackfillSchedule from)
    {
        if (from.Blackouts is not [var first, ..])
            return;
        (HasBlackout, BlackoutFrom, BlackoutTo, MoreBlackouts, TimeZone) = (true, first.From, first.To, [.. from.Blackouts.Skip(1)], from.TimeZone);
    }

    /// <summary>Takes all of another schedule.</summary>
    public void Take(BackfillSchedule from)
    {
        CopyHours(from);
        TimeZone = from.TimeZone;
        if (from.Cron is not { } cron)
            return;
        Cron = cron;
        if (Plain(cron) is not var (at, day))
            Kind = WhenKind.Cron;
        else
            (Kind, At, Day) = (day is null ? WhenKind.Nightly : WhenKind.Weekly, at, day ?? Day);
    }

    public BackfillSchedule ToSchedule() => new()
    {
        Cron = Kind switch
        {
            WhenKind.Nightly => string.Create(CultureInfo.InvariantCulture, $"{At.Minute} {At.Hour} * * *"),
            WhenKind.Weekly => string.Create(CultureInfo.InvariantCulture, $"{At.Minute} {At.Hour} * * {(int)Day}"),
            WhenKind.Cron => Cron.Trim(),
            _ => null,
        },
        TimeZone = TimeZone.Trim(),
        Blackouts = HasBlackout ? [new Blackout(BlackoutFrom, BlackoutTo), .. MoreBlackouts] : [],
    };

    /// <summary>A schedule in words, for example <c>Every night at 02:00</c>.</summary>
    public static string Describe(string? cron)
    {
        if (cron is null)
            return "Once, when it is started";
        if (Plain(cron) is not var (time, day))
            return $"As “{cron}” says";
        var at = time.ToString("HH:mm", CultureInfo.InvariantCulture);
        return day is null ? $"Every night at {at}" : $"Every {day} at {at}";
    }

    /// <returns>The time of day, and the day of the week unless it is every one; null for what is no such plain time.</returns>
    private static (TimeOnly At, DayOfWeek? Day)? Plain(string cron)
    {
        if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minute, var hour, "*", "*", var day]
            || !int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m) || m > 59
            || !int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h) || h > 23)
        {
            return null;
        }

        return day is "*" ? (new TimeOnly(h, m), null)
            : int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var weekday) && weekday < 8 ? (new TimeOnly(h, m), (DayOfWeek)(weekday % 7))
            : null;
    }
}

/// <summary>How often a backfill runs.</summary>
public enum WhenKind
{
    Once,
    Nightly,
    Weekly,
    Cron,
}
