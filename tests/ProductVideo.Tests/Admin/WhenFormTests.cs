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

    [Fact]
    public void hours_without_orders_stand_only_where_they_were_wished()
    {
        var form = new WhenForm();
        form.ToSchedule().Blackouts.ShouldBeEmpty();
        form.HasBlackout = true;
        form.ToSchedule().Blackouts.ShouldHaveSingleItem().ShouldBe(new ProductVideo.Backfills.Blackout(new TimeOnly(8, 0), new TimeOnly(20, 0)));
    }
}
