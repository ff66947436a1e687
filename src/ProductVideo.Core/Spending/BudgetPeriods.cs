using System.Globalization;

namespace ProductVideo.Spending;

/// <summary>Which day or month a moment belongs to, and when that begins and ends: midnight as the budget's own zone has it.</summary>
public static class BudgetPeriods
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

    private static DateTimeOffset MidnightOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, the day begins with the first minute that exists; where they go back over it, with the first of the two.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
