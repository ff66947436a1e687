using ProductVideo.Admin.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class WhenFormTests
{
    [Theory]
    [InlineData(WhenKind.Once, null, "Once, when it is started")]
    [InlineData(WhenKind.Nightly, "5 2 * * *", "Every night at 02:05")]
    [InlineData(WhenKind.Weekly, "5 2 * * 0", "Every Sunday at 02:05")]
    [InlineData(WhenKind.Cron, "0 2 1 * *", "As “0 2 1 * *” says")]
    public void a_schedule_is_said_in_words(WhenKind kind, string? cron, string words)
    {
        var form = new WhenForm { Kind = kind, At = new TimeOnly(2, 5), Cron = "0 2 1 * *" };
        form.ToSchedule().Cron.ShouldBe(cron);
        WhenForm.Describe(form.ToSchedule().Cron).ShouldBe(words);
    }

    [Theory]
    [InlineData("0 2 * * 7", "Every Sunday at 02:00")]
    [InlineData("*/5 2 * * *", "As “*/5 2 * * *” says")]
    [InlineData("99 2 * * *", "As “99 2 * * *” says")]
    [InlineData("0 2 * * MON", "As “0 2 * * MON” says")]
    [InlineData("0 2 * * 9", "As “0 2 * * 9” says")]
    public void what_is_no_plain_time_stays_as_it_was_written(string cron, string words) => WhenForm.Describe(cron).ShouldBe(words);

    [Theory]
    [InlineData(null, WhenKind.Once)]
    [InlineData("5 2 * * *", WhenKind.Nightly)]
    [InlineData("30 3 * * 1", WhenKind.Weekly)]
    [InlineData("0 2 1 * *", WhenKind.Cron)]
    public void a_schedule_that_is_taken_over_is_the_same_one(string? cron, WhenKind kind)
    {
        var taken = new ProductVideo.Backfills.BackfillSchedule { Cron = cron, TimeZone = "Asia/Tokyo", Blackouts = [new(new(8, 0), new(9, 0)), new(new(22, 0), new(23, 0))] };
        var form = new WhenForm();
        form.Take(taken);
        form.Kind.ShouldBe(kind);
        var schedule = form.ToSchedule();
        (schedule.Cron, schedule.TimeZone).ShouldBe((cron, "Asia/Tokyo"));
        schedule.Blackouts.ShouldBe(taken.Blackouts);
    }

    [Fact]
    public void hours_without_orders_stand_only_where_they_were_wished()
    {
        var form = new WhenForm();
        form.ToSchedule().Blackouts.ShouldBeEmpty();
        form.HasBlackout = true;
        form.ToSchedule().Blackouts.ShouldHaveSingleItem().ShouldBe(new ProductVideo.Backfills.Blackout(new TimeOnly(8, 0), new TimeOnly(20, 0)));
    }
}
