using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class ResultLifeTests
{
    private static readonly Answer Failed = new Answer.NotFetched(Some.Problem, FetchRetry.SameSources);

    private static readonly MachineRules Day = Some.Rules() with { ResultLifetime = TimeSpan.FromHours(24) };

    private static Fetching Ready(MachineRules rules, DateTimeOffset? expires = null) => (Fetching)GenerationMachine.Apply(
        Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon)),
        new Answer.Checked(new CheckOutcome.Ready([new ClipSource.Remote("https://provider.example/a.mp4", expires)])), Some.Noon, rules).State;

    private static GenerationState After(double hours, MachineRules rules, DateTimeOffset? expires = null) =>
        GenerationMachine.Apply(Some.Generation(Ready(rules, expires)), Failed, Some.Noon.AddHours(hours), rules).State;

    [Fact]
    public void a_clip_is_tried_for_as_long_as_its_provider_keeps_it()
    {
        After(23.9, Day).ShouldBeOfType<Fetching>();
        var gone = After(24.1, Day).ShouldBeOfType<Failed>();
        gone.Problem.Code.ShouldBe("result_expired");
        gone.Charged.ShouldBeTrue();
    }

    [Fact]
    public void a_clip_that_was_finished_long_before_it_was_seen_dies_when_its_address_says()
    {
        var expires = Some.Noon.AddHours(4);
        After(1.9, Day, expires).ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("code");
        After(2.1, Day, expires).ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("result_expires_soon");
        After(4.1, Day, expires).ShouldBeOfType<Failed>().Problem.Code.ShouldBe("result_expired");
    }

    [Fact]
    public void an_address_that_lives_longer_than_our_patience_is_tried_to_its_end()
    {
        var expires = Some.Noon.AddHours(48);
        After(47, Some.Rules(), expires).ShouldBeOfType<Fetching>();
        After(49, Some.Rules(), expires).ShouldBeOfType<Failed>();
    }

    [Fact]
    public void an_address_that_dies_soon_is_asked_for_anew_while_the_clip_may_live() =>
        After(10, Some.Rules(), Some.Noon.AddHours(1)).ShouldBeOfType<Fetching>();

    [Theory]
    [InlineData(24, 17.9, "code")]
    [InlineData(24, 18.1, "result_expires_soon")]
    [InlineData(2, 0.9, "code")]
    [InlineData(2, 1.1, "result_expires_soon")]
    public void somebody_is_called_six_hours_before_or_at_half_of_a_short_life(double life, double after, string code)
    {
        var rules = Some.Rules() with { ResultLifetime = TimeSpan.FromHours(life) };
        After(after, rules).ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe(code);
    }

    [Fact]
    public void bytes_that_could_not_be_read_are_brought_once_more_however_often_they_did_not_come_before()
    {
        var tried = Ready(Day) with { Tries = 7 };
        var once = After(tried, FetchRetry.OnceMore).State.ShouldBeOfType<Fetching>();
        var between = After(once, FetchRetry.SameSources).State.ShouldBeOfType<Fetching>();
        var ended = After(between, FetchRetry.OnceMore).State.ShouldBeOfType<Failed>();
        (ended.Problem.Code, ended.Charged).ShouldBe(("code", true));
    }

    [Fact]
    public void bytes_that_a_busy_machine_did_not_look_at_wait_longer_each_time_and_not_for_ever()
    {
        var waits = new List<double>();
        var next = After(Ready(Day) with { Unread = 1 }, FetchRetry.WhenIdle);
        for (; next.State is Fetching busy; next = After(busy, FetchRetry.WhenIdle))
            waits.Add((next.DueAt!.Value - Some.Noon).TotalMinutes);
        waits.ShouldBe([5, 10, 20, 40, 80]);
        next.State.ShouldBeOfType<Failed>().Charged.ShouldBeTrue();
    }

    [Fact]
    public void a_clip_that_dies_soon_does_not_wait_for_an_idle_machine()
    {
        var dying = Ready(Day) with { DiesAt = Some.Noon.AddMinutes(9) };
        (After(dying, FetchRetry.WhenIdle).DueAt - Some.Noon).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(1440, 30)]
    [InlineData(30, 30)]
    [InlineData(12, 12)]
    [InlineData(1, 5)]
    [InlineData(-600, 5)]
    public void a_clip_that_waits_for_its_turn_comes_again_the_sooner_it_dies_and_is_never_given_up_for_that(int minutesLeft, int seconds)
    {
        var waiting = Ready(Day) with { DiesAt = Some.Noon.AddMinutes(minutesLeft), Unread = 1, Unmeasured = 5 };
        for (var turn = 0; turn < 100; turn++)
        {
            var tried = GenerationMachine.Decide(Some.Generation(waiting), Some.Noon, Day).State.ShouldBeOfType<Fetching>();
            var next = After(tried, FetchRetry.InTurn);
            waiting = next.State.ShouldBeOfType<Fetching>();
            (waiting.IsForeign, waiting.Tries, waiting.Unread, waiting.Unmeasured, next.DueAt - Some.Noon).ShouldBe((true, 0, 1, 5, TimeSpan.FromSeconds(seconds)));
        }
    }

    private static Next After(Fetching fetching, FetchRetry retry) =>
        GenerationMachine.Apply(Some.Generation(fetching), new Answer.NotFetched(Some.Problem, retry), Some.Noon, Day);

    [Fact]
    public void a_clip_that_was_ready_and_is_no_longer_known_is_told_as_lost_money()
    {
        var asked = new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 3, FetchingSince: Some.Noon, LastProblem: Some.Problem);
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        GenerationMachine.Apply(Some.Generation(asked), gone, Some.Noon.AddHours(1), Day).State
            .ShouldBeOfType<Failed>().Problem.Code.ShouldBe("result_expired");
    }

    [Fact]
    public void what_kept_it_from_being_fetched_is_still_told_once_its_task_is_shown_no_more()
    {
        var asked = new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 3, FetchingSince: Some.Noon, LastProblem: Some.Problem);
        var hidden = new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), Fault: Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        GenerationMachine.Apply(Some.Generation(asked), hidden, Some.Noon.AddHours(1), Day).State
            .ShouldBeOfType<GenerationState.Rendering>().LastProblem.ShouldBe(Some.Problem);
    }

    [Theory]
    [InlineData(BillingRule.Unknown, true)]
    [InlineData(BillingRule.OnSuccess, false)]
    [InlineData(BillingRule.Free, false)]
    public void a_task_that_failed_says_whether_it_may_have_been_charged(BillingRule billing, bool charged)
    {
        var rendering = Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 3));
        var failed = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.Unsupported)));
        GenerationMachine.Apply(rendering with { Order = rendering.Order with { Billing = billing } }, failed, Some.Noon.AddHours(1), Day).State
            .ShouldBeOfType<Failed>().Charged.ShouldBe(charged);
    }

    [Fact]
    public void finished_clips_come_first_and_of_those_what_dies_first()
    {
        GenerationState[] inOrder =
        [
            Ready(Day) with { DiesAt = Some.Noon.AddHours(1) },
            Ready(Day) with { DiesAt = Some.Noon.AddHours(9) },
            new GenerationState.Rendering(Some.Operation, Some.Noon, FetchingSince: Some.Noon),
            Ready(Day) with { DiesAt = Some.Noon.AddYears(1) },
            new GenerationState.Rendering(Some.Operation, Some.Noon.AddYears(-1)),
            new Submitting(Some.Intent),
            new GenerationState.Rendering(Some.Operation, Some.Noon.AddHours(1)),
            new Planned(),
        ];
        inOrder.Select(state => Urgency.Of(Some.Generation(state))).ShouldBeInOrder();
    }
}
