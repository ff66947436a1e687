using System.Globalization;

namespace ProductVideo.Spending;

/// <summary>Which day or month a moment belongs to, and when that begins and ends: midnight as the budget's own zone has it.</summary>
internal static class BudgetPeriods
{
    /// <summary>Of the one period of <see cref="BudgetPeriod.Ever"/>.</summary>
    public const string Ever = "ever";

    /// <summary><c>2026-11-22</c>, <c>2026-11</c> or <c>ever</c>.</summary>
    public static string KeyOf(BudgetPeriod period, TimeZoneInfo zone, DateTimeOffset at) => period switch
    {
        BudgetPeriod.Day => LocalDay(zone, at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        BudgetPeriod.Month => LocalDay(zone, at).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        BudgetPeriod.Ever => Ever,
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, "The cap on one clip has no periods."),
    };

    /// <summary>A moment that <paramref name="key"/> is the key of.</summary>
    /// <exception cref="FormatException">It is the key of no such period.</exception>
    public static DateTimeOffset MomentOf(BudgetPeriod period, TimeZoneInfo zone, string key)
    {
        if (period is BudgetPeriod.Ever)
            return DateTimeOffset.UnixEpoch;
        var day = DateOnly.ParseExact(period is BudgetPeriod.Month ? key + "-15" : key, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        // No clock is ever changed at noon.
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return new DateTimeOffset(noon, zone.GetUtcOffset(noon)).ToUniversalTime();
    }

    /// <summary>From when, and until just before when, moments share the key of <paramref name="at"/>.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) RangeOf(BudgetPeriod period, TimeZoneInfo zone, DateTimeOffset at)
    {
        var day = LocalDay(zone, at);
        var month = new DateOnly(day.Year, day.Month, 1);
        return period switch
        {
            BudgetPeriod.Day => (MidnightOf(day, zone), MidnightOf(day.AddDays(1), zone)),
            BudgetPeriod.Month => (MidnightOf(month, zone), MidnightOf(month.AddMonths(1), zone)),
            BudgetPeriod.Ever => (DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "The cap on one clip has no periods."),
        };
    }

    private static DateOnly LocalDay(TimeZoneInfo zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>
    /// The first moment of the day. Searched for by what the zone makes of moments, which alone decides the key: asked the other way round,
    /// about a midnight that clocks skip or repeat, it answers differently in years in which its rules change as well.
    /// </summary>
    private static DateTimeOffset MidnightOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (before, from) = (midnight - FurthestOffset, midnight + FurthestOffset);
        while (from.Ticks - before.Ticks > 1)
        {
            var between = new DateTimeOffset(before.Ticks + ((from.Ticks - before.Ticks) / 2), TimeSpan.Zero);
            (before, from) = LocalDay(zone, between) < day ? (between, from) : (before, between);
        }

        return from;
    }

    /// <summary>More than any zone is from UTC; <see cref="TimeZoneInfo"/> allows 14 hours.</summary>
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(15);
}
