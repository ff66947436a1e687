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
    [InlineData("22:00-06:00", "2027-03-27T21:00Z", "2027-03-28T04:00Z", "an hour less: six o'clock in summer time")]
    [InlineData("22:00-06:00", "2027-03-28T03:59Z", "2027-03-28T04:00Z", "also asked late")]
    [InlineData("22:00-06:00", "2026-10-24T20:00Z", "2026-10-25T05:00Z", "an hour more: six o'clock in winter time")]
    [InlineData("22:00-02:30", "2027-03-27T21:00Z", "2027-03-28T01:00Z", "there is no half past two: from three o'clock on")]
    [InlineData("22:00-02:30", "2026-10-24T20:00Z", "2026-10-25T00:30Z", "there are two: from the first on")]
    [InlineData("22:00-02:30", "2026-10-25T01:10Z", "2026-10-25T01:30Z", "and again up to the second")]
    [InlineData("22:00-02:30,03:00-04:00", "2027-03-27T21:00Z", "2027-03-28T02:00Z", "the clocks jump from one into the other")]
    [InlineData("22:00-06:00", "2027-03-28T20:00Z", "2027-03-29T04:00Z", "the night after is one as any other")]
    public void hours_end_by_the_clocks_of_the_zone_also_when_these_are_changed(string hours, string now, string until, string why)
    {
        var schedule = Quiet(hours.Split(',')) with { TimeZone = "Europe/Berlin" };
        BackfillTimes.WaitUntil(schedule, Moment(now)).ShouldBe(Moment(until), why);
        BackfillTimes.WaitUntil(schedule, Moment(until)).ShouldBeNull();
    }

    [Fact]
    public void time_for_ordering_is_what_is_left_of_each_day()
    {
        var schedule = Quiet("22:00-06:00") with { TimeZone = "Europe/Berlin" };
        // From eight in the evening to seven in the morning, once over the night in which clocks are put forward.
        BackfillTimes.OpenBetween(schedule, Moment("2026-11-28T19:00Z"), Moment("2026-11-29T06:00Z")).ShouldBe(TimeSpan.FromHours(3));
        BackfillTimes.OpenBetween(schedule, Moment("2027-03-27T19:00Z"), Moment("2027-03-28T05:00Z")).ShouldBe(TimeSpan.FromHours(3));
        BackfillTimes.OpenBetween(schedule, Moment("2026-11-28T22:00Z"), Moment("2026-11-29T04:00Z")).ShouldBe(TimeSpan.Zero);
        BackfillTimes.OpenBetween(Quiet(), Moment("2026-11-28T22:00Z"), Moment("2026-11-29T04:00Z")).ShouldBe(TimeSpan.FromHours(6));

        var farthest = Moment("2030-01-01T00:00Z");
        BackfillTimes.AfterOpen(schedule, Moment("2026-11-28T19:00Z"), TimeSpan.FromHours(3), farthest).ShouldBe(Moment("2026-11-29T06:00Z"));
        BackfillTimes.AfterOpen(schedule, Moment("2026-11-28T19:00Z"), TimeSpan.FromHours(2 + (16 * 3) + 1), farthest).ShouldBe(Moment("2026-12-02T06:00Z"));
        BackfillTimes.AfterOpen(schedule, Moment("2026-11-28T19:00Z"), TimeSpan.FromDays(1000), farthest).ShouldBeNull();
        BackfillTimes.AfterOpen(Quiet(), Moment("2026-11-28T19:00Z"), TimeSpan.FromHours(3), farthest).ShouldBe(Moment("2026-11-28T22:00Z"));
    }

    private static DateTimeOffset Moment(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("0 2 * * *", true)]
    [InlineData("*/30 * * * 1-5", true)]
    [InlineData("nightly", false)]
    [InlineData("61 2 * * *", false)]
    public void a_time_plan_that_can_not_be_read_is_told(string cron, bool good) => (BackfillTimes.CronMistake(cron) is null).ShouldBe(good);
}
