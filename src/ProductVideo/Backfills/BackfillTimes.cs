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
        var local = TimeZoneInfo.ConvertTime(now, ZoneOf(schedule));
        return schedule.WaitFrom(TimeOnly.FromTimeSpan(local.TimeOfDay)) is { } wait ? now + wait : null;
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

    private static TimeZoneInfo ZoneOf(BackfillSchedule schedule) => TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
}
