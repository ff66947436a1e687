using CsCheck;
using ProductVideo.Tests.Generations;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Outgoing;

public sealed class RetryPlanTests
{
    private static readonly Reply Broken = new(500, "oops");

    [Fact]
    public void the_waits_are_the_published_ones_and_then_it_is_over()
    {
        var waits = Enumerable.Range(1, RetryPlan.MaxTries).Select(tries => RetryPlan.After(tries, Broken, Some.Noon, Some.Noon, jitter: 0.5).DueAt - Some.Noon);
        waits.ShouldBe(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
            TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), null,
        ]);
    }

    [Fact]
    public void chance_moves_a_wait_by_a_tenth_at_most() =>
        Gen.Select(Gen.Int[1, 9], Gen.Double[0, 1]).Sample((tries, jitter) =>
        {
            var middle = RetryPlan.After(tries, Broken, null, Some.Noon, 0.5).DueAt!.Value - Some.Noon;
            var wait = RetryPlan.After(tries, Broken, null, Some.Noon, jitter).DueAt!.Value - Some.Noon;
            wait.ShouldBeInRange(middle * 0.899, middle * 1.101);
        });

    [Theory]
    [InlineData(1, 60, 60)]
    [InlineData(1, -5, 5)]
    [InlineData(1, 0, 5)]
    [InlineData(2, 60, 300)]
    [InlineData(1, 1_000_000, 86_400)]
    public void a_wish_to_come_later_is_honoured_up_to_a_day_and_none_to_come_earlier(int tries, int asked, int waits) =>
        (RetryPlan.After(tries, new Reply(429, "", TimeSpan.FromSeconds(asked)), null, Some.Noon, 0.5).DueAt - Some.Noon).ShouldBe(TimeSpan.FromSeconds(waits));

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public void any_2xx_is_a_yes_that_also_ends_a_failing_time(int status) =>
        RetryPlan.After(4, new Reply(status, ""), Some.Noon, Some.Noon, 0.5).ShouldBe(new RetryPlan(DeliveryState.Delivered, null, null, null));

    [Theory]
    [InlineData(null)]
    [InlineData(199)]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(503)]
    public void everything_else_is_tried_again(int? status)
    {
        var plan = RetryPlan.After(1, new Reply(status, ""), null, Some.Noon, 0.5);
        (plan.State, plan.FailingSince, plan.DisabledBecause).ShouldBe((DeliveryState.Waiting, Some.Noon, null));
    }

    [Fact]
    public void gone_switches_it_off_at_once()
    {
        var plan = RetryPlan.After(1, new Reply(410, ""), null, Some.Noon, 0.5);
        (plan.State, plan.DueAt).ShouldBe((DeliveryState.Failed, null));
        plan.DisabledBecause!.ShouldContain("410");
    }

    [Fact]
    public void only_an_endpoint_that_accepted_nothing_for_days_is_switched_off_when_an_event_fails_for_good()
    {
        RetryPlan.After(RetryPlan.MaxTries, Broken, Some.Noon.AddHours(-71), Some.Noon, 0.5).DisabledBecause.ShouldBeNull();
        RetryPlan.After(RetryPlan.MaxTries, Broken, Some.Noon.AddDays(-3), Some.Noon, 0.5).DisabledBecause!.ShouldContain("3 days");
        RetryPlan.After(RetryPlan.MaxTries - 1, Broken, Some.Noon.AddDays(-30), Some.Noon, 0.5).DisabledBecause.ShouldBeNull();
    }

    [Fact]
    public void an_endpoint_that_is_down_for_all_of_an_events_tries_is_switched_off_by_the_last()
    {
        var (now, since) = (Some.Noon, (DateTimeOffset?)null);
        for (var tries = 1; ; tries++)
        {
            // Even if chance shortens every wait.
            var plan = RetryPlan.After(tries, Broken, since, now, jitter: 0.5);
            since = plan.FailingSince;
            if (plan.DueAt is not { } next)
            {
                plan.DisabledBecause.ShouldNotBeNull();
                return;
            }

            now = next;
        }
    }
}
