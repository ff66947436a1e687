using Cronos;

namespace ProductVideo.Backfills;

/// <summary>When schedules run, and when they order nothing.</summary>
internal static class BackfillTimes
{
    /// <summary>The next time after now; null where it runs once, or never again.</summary>
    public static DateTimeOffset? NextRun(BackfillSchedule schedule, DateTimeOffset now) => schedule.Cron is { } cron
        ? CronExpression.Parse(cron).GetNextOccurrence(now, ZoneOf(schedule)) : null;

    /// <summary>When ordering may go on; null if it may now.</summary>
    public static DateTimeOffset? WaitUntil(BackfillSchedule schedule, DateTimeOffset now)
    {
        if (schedule.Blackouts.Count == 0)
            return null;
        var (zone, until) = (ZoneOf(schedule), now);
        // Where clocks jump past the end of some hours, they may land in others.
        for (var i = 0; i < 2; i++)
        {
            var local = TimeZoneInfo.ConvertTime(until, zone).DateTime;
            if (schedule.WaitFrom(TimeOnly.FromDateTime(local)) is not { } wait)
                break;
            until = MomentOf(local + wait, until, zone);
        }

        return until > now ? until : null;
    }

    /// <summary>How much of the time between two moments is for ordering.</summary>
    public static TimeSpan OpenBetween(BackfillSchedule schedule, DateTimeOffset from, DateTimeOffset until)
    {
        var open = TimeSpan.Zero;
        foreach (var (begin, end) in OpenFrom(schedule, from))
        {
            if (begin >= until)
                break;
            open += (end < until ? end : until) - begin;
        }

        return open;
    }

    /// <summary>When so much time for ordering will have gone by; null where that is not before <paramref name="farthest"/>.</summary>
    public static DateTimeOffset? AfterOpen(BackfillSchedule schedule, DateTimeOffset from, TimeSpan open, DateTimeOffset farthest)
    {
        foreach (var (begin, end) in OpenFrom(schedule, from).TakeWhile(hours => hours.Begin < farthest))
        {
            if (open <= end - begin)
                return open < farthest - begin ? begin + open : null;
            open -= end - begin;
        }

        return null;
    }

    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? CronMistake(string cron)
    {
        try
        {
            return CronExpression.Parse(cron).GetNextOccurrence(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null ? "there is no such day." : null;
        }
        catch (CronFormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>The times for ordering, one after the other; without hours in which nothing is ordered there is one that never ends.</summary>
    private static IEnumerable<(DateTimeOffset Begin, DateTimeOffset End)> OpenFrom(BackfillSchedule schedule, DateTimeOffset from)
    {
        var zone = ZoneOf(schedule);
        while (true)
        {
            var begin = WaitUntil(schedule, from) ?? from;
            var local = TimeZoneInfo.ConvertTime(begin, zone).DateTime;
            if (schedule.OpenFor(TimeOnly.FromDateTime(local)) is not { } open)
            {
                yield return (begin, DateTimeOffset.MaxValue);
                yield break;
            }

            from = MomentOf(local + open, begin, zone);
            yield return (begin, from);
        }
    }

    /// <summary>
    /// The first moment from now on at which the clocks of the zone show a time, or jump past it. Where they are changed before that, it is searched
    /// for by what the zone makes of moments.
    /// </summary>
    private static DateTimeOffset MomentOf(DateTime local, DateTimeOffset now, TimeZoneInfo zone)
    {
        var unchanged = now + (local - TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (TimeZoneInfo.ConvertTime(unchanged, zone).DateTime == local)
            return unchanged;
        var (before, from) = (now, new DateTimeOffset(local, TimeSpan.Zero) + FurthestOffset);
        while (from.UtcTicks - before.UtcTicks > 1)
        {
            var between = new DateTimeOffset(before.UtcTicks + ((from.UtcTicks - before.UtcTicks) / 2), TimeSpan.Zero);
            (before, from) = TimeZoneInfo.ConvertTime(between, zone).DateTime < local ? (between, from) : (before, between);
        }

        return from;
    }

    /// <summary>More than any zone is from UTC; <see cref="TimeZoneInfo"/> allows 14 hours.</summary>
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(15);

    private static TimeZoneInfo ZoneOf(BackfillSchedule schedule) => TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
}
