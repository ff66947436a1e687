using CsCheck;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class BudgetPeriodsTests
{
    [Theory]
    [InlineData(BudgetPeriod.Day, "UTC", "2026-11-22T23:59:59Z", "2026-11-22")]
    [InlineData(BudgetPeriod.Day, "Europe/Berlin", "2026-11-22T23:00:00Z", "2026-11-23")]
    [InlineData(BudgetPeriod.Day, "America/Los_Angeles", "2026-11-22T07:59:59Z", "2026-11-21")]
    [InlineData(BudgetPeriod.Month, "UTC", "2026-11-30T23:59:59Z", "2026-11")]
    [InlineData(BudgetPeriod.Month, "Asia/Tokyo", "2026-11-30T15:00:00Z", "2026-12")]
    [InlineData(BudgetPeriod.Ever, "UTC", "2026-11-30T15:00:00Z", "ever")]
    public void a_moment_belongs_to_the_day_and_month_of_the_zone(BudgetPeriod period, string zone, string at, string key) =>
        BudgetPeriods.KeyOf(period, TimeZoneInfo.FindSystemTimeZoneById(zone), Time(at)).ShouldBe(key);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T12:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25T12:00:00Z", 25)]
    [InlineData("America/Santiago", "2026-09-06T12:00:00Z", 23)]
    [InlineData("Africa/Cairo", "2026-04-24T12:00:00Z", 23)]
    [InlineData("Asia/Kathmandu", "2026-10-25T12:00:00Z", 24)]
    public void a_day_on_which_clocks_change_is_as_long_as_it_is(string zone, string at, int hours)
    {
        var (from, until) = BudgetPeriods.RangeOf(BudgetPeriod.Day, TimeZoneInfo.FindSystemTimeZoneById(zone), Time(at));
        (until - from).TotalHours.ShouldBe(hours);
    }

    [Fact]
    public void a_period_holds_exactly_the_moments_that_share_its_key()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones();
        var first = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Gen.Select(Gen.Int[0, zones.Count - 1], Gen.Int[0, 10 * 366 * 24 * 60], Gen.OneOf(Gen.Const(BudgetPeriod.Day), Gen.Const(BudgetPeriod.Month))).Sample(
            (zone, minutes, period) =>
            {
                var at = first.AddMinutes(minutes);
                var (from, until) = BudgetPeriods.RangeOf(period, zones[zone], at);
                var key = BudgetPeriods.KeyOf(period, zones[zone], at);
                return from <= at && at < until
                    && BudgetPeriods.KeyOf(period, zones[zone], from) == key && BudgetPeriods.KeyOf(period, zones[zone], until.AddTicks(-1)) == key
                    && BudgetPeriods.KeyOf(period, zones[zone], from.AddTicks(-1)) != key && BudgetPeriods.KeyOf(period, zones[zone], until) != key;
            },
            iter: 5_000);
    }

    [Theory]
    [InlineData("America/Coyhaique")]
    [InlineData("America/Asuncion")]
    [InlineData("America/Scoresbysund")]
    [InlineData("Asia/Kathmandu")]
    public void a_year_in_which_a_zone_changed_its_rules_has_no_gap_and_no_overlap(string zone)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var at = Time("2024-01-01T12:00:00Z");
        for (var day = BudgetPeriods.RangeOf(BudgetPeriod.Day, place, at); day.From < Time("2025-12-31T00:00:00Z"); )
        {
            var key = BudgetPeriods.KeyOf(BudgetPeriod.Day, place, day.From);
            for (var within = day.From; within < day.Until; within = within.AddMinutes(30))
                (BudgetPeriods.KeyOf(BudgetPeriod.Day, place, within), BudgetPeriods.RangeOf(BudgetPeriod.Day, place, within)).ShouldBe((key, day));
            var next = BudgetPeriods.RangeOf(BudgetPeriod.Day, place, day.Until);
            next.From.ShouldBe(day.Until);
            day = next;
        }
    }

    [Fact]
    public void a_key_names_a_moment_that_has_it()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones();
        var first = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Gen.Select(Gen.Int[0, zones.Count - 1], Gen.Int[0, 10 * 366 * 24 * 60], Gen.OneOf(Gen.Const(BudgetPeriod.Day), Gen.Const(BudgetPeriod.Month), Gen.Const(BudgetPeriod.Ever))).Sample(
            (zone, minutes, period) =>
            {
                var key = BudgetPeriods.KeyOf(period, zones[zone], first.AddMinutes(minutes));
                return BudgetPeriods.KeyOf(period, zones[zone], BudgetPeriods.MomentOf(period, zones[zone], key)) == key;
            },
            iter: 5_000);
        Should.Throw<FormatException>(() => BudgetPeriods.MomentOf(BudgetPeriod.Day, TimeZoneInfo.Utc, "2026-11"));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
