using System.Globalization;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillScheduleTests
{
    private static TimeOnly At(string time) => TimeOnly.Parse(time, CultureInfo.InvariantCulture);

    private static BackfillSchedule Quiet(params string[] hours) => new()
    {
        Blackouts = [.. hours.Select(range => range.Split('-')).Select(range => new Blackout(At(range[0]), At(range[1])))],
    };

    [Theory]
    [InlineData("07:59", null)]
    [InlineData("08:00", "12:00")]
    [InlineData("19:59", "00:01")]
    [InlineData("20:00", null)]
    public void nothing_is_ordered_in_the_hours_that_were_named(string now, string? wait) =>
        Quiet("08:00-20:00").WaitFrom(At(now)).ShouldBe(wait is null ? null : TimeSpan.Parse(wait, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("23:00", "07:00")]
    [InlineData("05:00", "01:00")]
    [InlineData("06:00", null)]
    public void hours_may_go_over_midnight(string now, string? wait) =>
        Quiet("22:00-06:00").WaitFrom(At(now)).ShouldBe(wait is null ? null : TimeSpan.Parse(wait, CultureInfo.InvariantCulture));

    [Fact]
    public void one_that_begins_where_another_ends_goes_on() => Quiet("08:00-10:00", "10:00-12:00").WaitFrom(new TimeOnly(9, 0)).ShouldBe(TimeSpan.FromHours(3));

    [Fact]
    public void the_times_are_those_of_the_zone()
    {
        var schedule = new BackfillSchedule { Cron = "0 2 * * *", TimeZone = "Europe/Berlin", Blackouts = [new Blackout(new TimeOnly(8, 0), new TimeOnly(20, 0))] };
        var noon = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

        BackfillTimes.NextRun(schedule, noon).ShouldBe(new DateTimeOffset(2026, 11, 29, 1, 0, 0, TimeSpan.Zero), "02:00 in Berlin in winter");
        BackfillTimes.WaitUntil(schedule, noon).ShouldBe(new DateTimeOffset(2026, 11, 28, 19, 0, 0, TimeSpan.Zero), "20:00 in Berlin");
        BackfillTimes.WaitUntil(schedule, noon.AddHours(7)).ShouldBeNull();
        BackfillTimes.NextRun(schedule with { Cron = null }, noon).ShouldBeNull();
    }

    [Theory]
    [InlineData("0 2 * * *", true)]
    [InlineData("*/30 * * * 1-5", true)]
    [InlineData("nightly", false)]
    [InlineData("61 2 * * *", false)]
    public void a_time_plan_that_can_not_be_read_is_told(string cron, bool good) => (BackfillTimes.CronMistake(cron) is null).ShouldBe(good);
}
