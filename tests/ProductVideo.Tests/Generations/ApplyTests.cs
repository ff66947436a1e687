using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class ApplyTests
{
    private static readonly DateTimeOffset Now = Some.Noon.AddMinutes(1);

    private static Next Apply(GenerationState state, Answer answer, CorrelationClass correlation = CorrelationClass.Tag, bool autoApprove = false, string? cancelledBy = null) =>
        GenerationMachine.Apply(Some.Generation(state, autoApprove, cancelledBy), answer, Now, Some.Rules(correlation));

    /// <summary>The whole table: state, answer, the state that follows; where nothing is listed, the answer is stale and nothing changes.</summary>
    public static TheoryData<string, int, string> Table => new()
    {
        { nameof(Submitting), 0, nameof(Rendering) },
        { nameof(Submitting), 1, nameof(Planned) },
        { nameof(Submitting), 2, nameof(Failed) },
        { nameof(Submitting), 3, nameof(Submitting) },
        { nameof(Submitting), 4, nameof(Rendering) },
        { nameof(Submitting), 5, nameof(Planned) },
        { nameof(Submitting), 6, nameof(Submitting) },
        { nameof(Submitting), 7, nameof(InDoubt) },
        { nameof(Rendering), 8, nameof(Rendering) },
        { nameof(Rendering), 9, nameof(Fetching) },
        { nameof(Rendering), 10, nameof(Rendering) },
        { nameof(Rendering), 11, nameof(Failed) },
        { nameof(Rendering), 12, nameof(Cancelled) },
        { nameof(Rendering), 13, nameof(Rendering) },
        { nameof(Fetching), 14, nameof(AwaitingReview) },
        { nameof(Fetching), 15, nameof(Fetching) },
        { nameof(Fetching), 16, nameof(Rendering) },
        { nameof(Fetching), 17, nameof(Failed) },
        { nameof(Fetching), 26, nameof(Fetching) },
        { nameof(Fetching), 27, nameof(Fetching) },
        { nameof(Fetching), 28, nameof(Fetching) },
        { nameof(Publishing), 18, nameof(Published) },
        { nameof(Publishing), 19, nameof(Publishing) },
        { nameof(Publishing), 20, nameof(Failed) },
        { nameof(Withdrawing), 21, nameof(Withdrawn) },
        { nameof(Withdrawing), 22, nameof(Withdrawing) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void an_answer_leads_to_the_state_in_the_table(string state, int answer, string expected) =>
        Apply(Some.States.Single(s => s.Name == state), Some.Answers[answer]).State.Name.ShouldBe(expected);

    [Fact]
    public void every_other_answer_is_stale_and_changes_nothing()
    {
        var listed = Table.Select(row => (row.Data.Item1, row.Data.Item2)).ToHashSet();
        var stale = 0;
        foreach (var state in Some.States)
        {
            for (var answer = 0; answer < Some.Answers.Count; answer++)
            {
                if (listed.Contains((state.Name, answer)))
                    continue;
                Apply(state, Some.Answers[answer]).ShouldBe(new Next(state, Some.Noon), $"{state.Name} {Some.Answers[answer]}");
                stale++;
            }
        }

        stale.ShouldBe((Some.States.Count * Some.Answers.Count) - listed.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void a_new_task_is_left_alone_for_as_long_as_none_is_ready(int seconds)
    {
        var rules = Some.Rules() with { FirstLook = TimeSpan.FromSeconds(seconds) };
        var accepted = new Answer.Started(new StartOutcome.Accepted(new ProviderOperation("task-1")));
        GenerationMachine.Apply(Some.Generation(new Submitting(Some.Intent)), accepted, Now, rules).DueAt.ShouldBe(Now.AddSeconds(seconds));
    }

    [Theory]
    [InlineData(CorrelationClass.Nothing, nameof(InDoubt))]
    [InlineData(CorrelationClass.ListOnly, nameof(Submitting))]
    [InlineData(CorrelationClass.Tag, nameof(Submitting))]
    public void an_unknown_outcome_is_never_sent_again_blindly(CorrelationClass correlation, string state)
    {
        var next = Apply(new Submitting(Some.Intent), new Answer.Started(new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient))), correlation);
        next.State.Name.ShouldBe(state);
        next.DueAt.ShouldBe(next.State is InDoubt ? null : Some.Intent.Since + Some.Rules().Settle);
    }

    [Fact]
    public void tasks_that_cannot_be_told_apart_are_kept_for_a_person()
    {
        RemoteTask[] candidates = [new("a", Some.Noon), new("b", Some.Noon)];
        var doubt = Apply(new Submitting(Some.Intent), new Answer.Searched(new FindOutcome.Several(candidates, "2 tasks may be its own"))).State.ShouldBeOfType<InDoubt>();
        doubt.Candidates.ShouldBe(candidates);
        doubt.Intent.ShouldBe(Some.Intent);
        doubt.Problem.OperatorText.ShouldContain("a, b");
    }

    [Fact]
    public void a_proved_absence_is_paid_for_once_more_and_then_never_without_a_person()
    {
        var absent = new Answer.Searched(new FindOutcome.Absent());
        Apply(new Submitting(Some.Intent), absent).State.ShouldBeOfType<Planned>().LostBefore.ShouldBe(1);
        Apply(new Submitting(Some.Intent, LostBefore: 1), absent).State.ShouldBeOfType<InDoubt>();
    }

    [Theory]
    [InlineData(CorrelationClass.Tag, null, 60)]
    [InlineData(CorrelationClass.TagWhenFinished, 24, 25)]
    [InlineData(CorrelationClass.ListOnly, 1, 2)]
    public void what_is_absent_when_the_provider_may_have_forgotten_it_is_a_persons_and_not_paid_for_again(CorrelationClass correlation, int? lifetime, int hours)
    {
        var rules = Some.Rules(correlation) with { ResultLifetime = lifetime is { } kept ? TimeSpan.FromHours(kept) : null };
        After(new Submitting(Some.Intent)).Problem.Code.ShouldBe("submit_forgotten");
        // After a restored backup it is no other.
        After(new Submitting(Some.Intent, Otherwise: new Planned())).Problem.Code.ShouldBe("restored_unproven");
        After(new Submitting(Some.Intent, Otherwise: new Submitting(Some.Intent))).Problem.Code.ShouldBe("restored_unproven");
        Next(Some.Generation(new Submitting(Some.Intent)), Some.Noon + (rules.ResultLifetime ?? TimeSpan.FromHours(24))).ShouldBeOfType<Planned>();

        var free = Some.Generation(new Submitting(Some.Intent));
        Next(free with { Order = free.Order with { Billing = BillingRule.Free } }, Some.Noon.AddHours(hours)).ShouldBeOfType<Planned>("it may be made twice");

        InDoubt After(GenerationState state) => Next(Some.Generation(state), Some.Noon.AddHours(hours)).ShouldBeOfType<InDoubt>();
        GenerationState Next(Generation generation, DateTimeOffset now) =>
            GenerationMachine.Apply(generation, new Answer.Searched(new FindOutcome.Absent()), now, rules).State;
    }

    [Theory]
    [InlineData(1, "list_incomplete")]
    [InlineData(24, "list_incomplete")]
    [InlineData(25, "submit_forgotten")]
    public void a_list_that_lacks_what_is_known_lacks_it_for_its_age_where_the_provider_may_have_forgotten_it(int hours, string code)
    {
        After(new Submitting(Some.Intent)).Code.ShouldBe(code);
        // Of a restored backup nobody knows that it was ordered.
        foreach (GenerationState otherwise in (GenerationState[])[new Planned(), new Submitting(Some.Intent), new InDoubt(Some.Intent, null, Some.Problem, Some.Noon)])
            After(new Submitting(Some.Intent, Otherwise: otherwise)).Code.ShouldBe("restored_unproven");
        if (hours < 25)
            After(new Submitting(Some.Intent, Otherwise: new Planned())).OperatorText.ShouldContain("task-1");

        Problem After(GenerationState state) => GenerationMachine.Apply(
            Some.Generation(state), new Answer.Searched(new FindOutcome.Blind(["task-1"])), Some.Noon.AddHours(hours), Some.Rules()).State.ShouldBeOfType<InDoubt>().Problem;
    }

    [Fact]
    public void a_rate_limit_waits_as_long_as_the_provider_says()
    {
        var refused = new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.RateLimited, TimeSpan.FromSeconds(77))));
        var next = Apply(new Submitting(Some.Intent, Refusals: 3), refused);
        next.DueAt.ShouldBe(Now.AddSeconds(77));
        next.State.ShouldBeOfType<Planned>().Refusals.ShouldBe(4);
    }

    [Fact]
    public void refusals_without_a_time_are_tried_less_and_less_often()
    {
        var refused = new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.Concurrency)));
        var waits = Enumerable.Range(0, 9).Select(n => Apply(new Submitting(Some.Intent, Refusals: n), refused).DueAt - Now).ToList();
        waits.ShouldBe(waits.Order());
        waits[0].ShouldBe(TimeSpan.FromSeconds(5));
        waits[^1].ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void a_refusal_that_may_pass_gives_up_a_day_after_the_first()
    {
        var refused = new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.RateLimited)));
        GenerationState After(GenerationState state, double hours) =>
            GenerationMachine.Apply(Some.Generation(state), refused, Some.Noon.AddHours(hours), Some.Rules()).State;

        // However long it waited for us before.
        var waiting = After(new Submitting(Some.Intent), 60).ShouldBeOfType<Planned>();
        waiting.RefusedSince.ShouldBe(Some.Noon.AddHours(60));
        var again = GenerationMachine.Decide(Some.Generation(waiting), Some.Noon.AddHours(61), Some.Rules()).State.ShouldBeOfType<Submitting>();
        After(again, 83.9).ShouldBeOfType<Planned>().RefusedSince.ShouldBe(Some.Noon.AddHours(60));
        After(again, 84.1).ShouldBeOfType<Failed>().Problem.MerchantText.ShouldContain("Nothing was ordered or charged. Make it again");
    }

    [Theory]
    [InlineData(ProviderFaultCode.RateLimited, nameof(Submitting))]
    [InlineData(ProviderFaultCode.OutOfCredit, nameof(InDoubt))]
    public void a_refusal_of_a_repeated_key_proves_nothing_about_the_first_request(ProviderFaultCode code, string expected)
    {
        var resent = GenerationMachine.Decide(
            Some.Generation(new Submitting(Some.Intent)), Now, Some.Rules(CorrelationClass.Key)).State;
        var next = Apply(resent, new Answer.Started(new StartOutcome.Refused(Some.Fault(code))), CorrelationClass.Key);
        next.State.Name.ShouldBe(expected);
    }

    [Fact]
    public void a_task_that_was_never_once_seen_is_in_doubt_and_one_that_vanished_later_failed()
    {
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        var never = Apply(new GenerationState.Rendering(Some.Operation, Some.Noon), gone).State.ShouldBeOfType<InDoubt>();
        (never.Operation, never.Problem.Code, never.Problem.MerchantText.Contains("may have been made and charged", StringComparison.Ordinal)).ShouldBe((Some.Operation, "task_never_seen", true));
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 3), gone).State.ShouldBeOfType<Failed>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void a_task_that_its_provider_keeps_and_does_not_show_is_asked_about_on(int checks)
    {
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        var rules = Some.Rules() with { KeepsTasks = TimeSpan.FromDays(1) };
        GenerationState After(GenerationState.Rendering before, double hours) => GenerationMachine.Apply(Some.Generation(before), gone, Some.Noon.AddHours(hours), rules).State;

        var hidden = After(new GenerationState.Rendering(Some.Operation, Some.Noon, checks), 1).ShouldBeOfType<GenerationState.Rendering>();
        (hidden.LastProblem!.Code, hidden.Checks).ShouldBe(("provider_task_not_shown", checks + 1));
        // Put right, it is shown again, and goes on.
        Apply(hidden, new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9)))).State.ShouldBeOfType<GenerationState.Rendering>().LastProblem.ShouldBeNull();
        GenerationState asked = hidden;
        var minutes = 60;
        for (; asked is GenerationState.Rendering still && minutes < 600; minutes += 5)
            asked = After(still, minutes / 60d);
        asked.ShouldBeOfType<InDoubt>().Problem.MerchantText.ShouldContain("adopt it");
        minutes.ShouldBeInRange(120, 190, "as long as a task may take");
        After(hidden with { Since = Some.Noon.AddDays(-1) }, 0.1).ShouldBeOfType<Failed>("so old it may be gone");
    }

    [Fact]
    public void a_task_that_a_person_named_is_not_taken_for_one_that_is_hidden()
    {
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        var named = Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon, Adopted: true));
        GenerationMachine.Apply(named, gone, Now, Some.Rules() with { KeepsTasks = TimeSpan.FromDays(7) }).State.ShouldBeOfType<InDoubt>();
    }

    [Fact]
    public void progress_is_kept_when_a_check_says_none() =>
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon, Progress: 0.4), new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9))))
            .State.ShouldBeOfType<GenerationState.Rendering>().Progress.ShouldBe(0.4);

    [Fact]
    public void a_task_that_waits_for_a_fault_to_pass_says_why_until_it_has_passed()
    {
        var fault = Some.Fault(ProviderFaultCode.Transient) with { ProblemCode = "disk_full" };
        var waits = Apply(new GenerationState.Rendering(Some.Operation, Some.Noon), new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), 0, fault)))
            .State.ShouldBeOfType<GenerationState.Rendering>();
        waits.LastProblem.ShouldBe(new Problem("disk_full", "merchant", "operator"));
        Apply(waits, new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), 0.1)))
            .State.ShouldBeOfType<GenerationState.Rendering>().LastProblem.ShouldBeNull();
    }

    [Fact]
    public void an_automatic_approval_goes_straight_to_the_listing() =>
        Apply(Some.States[3], new Answer.Fetched(Some.Clip), autoApprove: true).State.ShouldBeOfType<Publishing>().Clip.ShouldBe(Some.Clip);

    [Theory]
    [InlineData(0, ProviderFaultCode.NotFoundOrExpired, 0)]
    [InlineData(3, ProviderFaultCode.NotFoundOrExpired, 0)]
    [InlineData(3, ProviderFaultCode.Protocol, 3)]
    public void a_mistyped_task_leaves_the_doubt_as_it_was(int checks, ProviderFaultCode code, int hours)
    {
        var doubt = new InDoubt(Some.Intent, null, Some.Problem, Some.Noon, [new RemoteTask("a", Some.Noon), new RemoteTask("b", Some.Noon)]);
        var adopted = GenerationMachine.Follow(Some.Generation(doubt), new Command.Adopt("tester", Some.Operation), Some.Noon)!;
        var named = adopted.State.ShouldBeOfType<GenerationState.Rendering>() with { Checks = checks, RefusedSince = checks == 0 ? null : Some.Noon };
        var refused = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(code)));
        var back = GenerationMachine.Apply(adopted with { State = named }, refused, Some.Noon.AddHours(hours), Some.Rules()).State.ShouldBeOfType<InDoubt>();
        (back with { Problem = doubt.Problem }).ShouldBe(doubt);
        back.Problem.OperatorText.ShouldContain("task-1");

        // One that was seen is the video's, and that it is gone is no doubt about which it was.
        var seen = GenerationMachine.Apply(adopted, new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(10))), Some.Noon, Some.Rules()).State;
        GenerationMachine.Apply(adopted with { State = seen }, new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired))), Now, Some.Rules())
            .State.ShouldBeOfType<Failed>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void a_task_that_was_stopped_as_wished_is_cancelled_and_not_failed(int checks)
    {
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired), Stopped: true));
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon, checks, CancelAsked: true), gone, cancelledBy: "tester").State.ShouldBeOfType<Cancelled>().By.ShouldBe("tester");
        // What somebody stopped at the provider is no doubt either.
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon, checks), gone).State.ShouldBeOfType<Failed>();
    }

    [Theory]
    [InlineData(BillingRule.Free, null, false)]
    [InlineData(BillingRule.OnSuccess, null, false)]
    [InlineData(BillingRule.Unknown, null, true)]
    [InlineData(BillingRule.Unknown, 0, false)]
    [InlineData(BillingRule.OnSuccess, 2, true)]
    public void what_was_stopped_is_charged_as_the_provider_bills_and_says(BillingRule billing, int? told, bool charged)
    {
        var cost = told is { } amount ? new Money(amount, "USD") : (Money?)null;
        var rendering = Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon, CancelAsked: true), cancelRequestedBy: "tester");
        GenerationMachine.Apply(
            rendering with { Order = rendering.Order with { Billing = billing } },
            new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed), cost, Stopped: true)), Now, Some.Rules())
            .State.ShouldBe(new Cancelled("tester", charged, cost));
    }

    [Fact]
    public void a_task_that_is_not_known_once_it_was_to_stop_is_cancelled_unless_a_person_named_it_and_nobody_saw_it()
    {
        var gone = new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        var rendering = new GenerationState.Rendering(Some.Operation, Some.Noon, CancelAsked: true);
        // It may have been made before it was deleted.
        Apply(rendering, gone, cancelledBy: "tester").State.ShouldBe(new Cancelled("tester", Charged: true));
        Apply(rendering with { Adopted = true }, gone, cancelledBy: "tester").State.ShouldBeOfType<InDoubt>();
        Apply(rendering with { CancelAsked = false }, gone, cancelledBy: "tester").State.ShouldBeOfType<InDoubt>("nobody was asked to stop it");
    }

    [Theory]
    [InlineData(0, nameof(Rendering))]
    [InlineData(1, nameof(Planned))]
    public void what_somebody_cancelled_before_its_request_left_does_not_wait_with_its_answer(int answer, string state)
    {
        var next = GenerationMachine.Apply(
            Some.Generation(new Submitting(Some.Intent), cancelRequestedBy: "tester"), Some.Answers[answer], Now, Some.Rules() with { FirstLook = TimeSpan.FromSeconds(15) });
        next.State.Name.ShouldBe(state);
        next.DueAt.ShouldBe(Now);
    }

    [Fact]
    public void a_clip_of_a_cancelled_generation_is_kept_but_never_published() =>
        Apply(Some.States[3], new Answer.Fetched(Some.Clip), autoApprove: true, cancelledBy: "tester").State.ShouldBeOfType<Rejected>();

    [Fact]
    public void a_listing_that_is_gone_keeps_the_clip() =>
        Apply(Some.States[5], new Answer.NotAttached(Some.Problem, StorefrontFault.ProductNotFound, null)).State.ShouldBeOfType<Failed>().Clip.ShouldBe(Some.Clip);

    [Fact]
    public void a_shop_that_says_when_is_asked_then() =>
        Apply(Some.States[5], new Answer.NotAttached(Some.Problem, StorefrontFault.RateLimited, TimeSpan.FromMinutes(7))).DueAt.ShouldBe(Now.AddMinutes(7));

    [Fact]
    public void a_weeks_quota_is_waited_for_and_a_shop_that_is_away_is_given_up_after_its_time()
    {
        var old = (Publishing)Some.States[5] with { Since = Now.AddDays(-6) };
        Apply(old, new Answer.NotAttached(Some.Problem, StorefrontFault.RateLimited, TimeSpan.FromHours(20))).State.ShouldBeOfType<Publishing>();
        Apply(old, new Answer.NotAttached(Some.Problem, StorefrontFault.Unavailable, null)).State.ShouldBeOfType<Failed>().Clip.ShouldBe(Some.Clip);
    }

    [Theory]
    [InlineData(1, StorefrontFault.ProductNotFound, 0, false)]
    [InlineData(1, StorefrontFault.ClipRefused, 0, false)]
    [InlineData(2, StorefrontFault.ProductNotFound, 0, true)]
    [InlineData(2, StorefrontFault.InvalidData, 0, true)]
    [InlineData(1, StorefrontFault.Unavailable, 6, true)]
    [InlineData(9, StorefrontFault.Unavailable, 6, true)]
    public void what_an_earlier_try_may_have_put_on_its_listing_is_taken_off_before_it_counts_as_failed(int tries, StorefrontFault fault, int days, bool isTakenOff)
    {
        var publishing = (Publishing)Some.States[5] with { Tries = tries, Since = Now.AddDays(-days) };
        var next = Apply(publishing, new Answer.NotAttached(Some.Problem, fault, null));
        if (isTakenOff)
        {
            var withdrawing = next.State.ShouldBeOfType<Withdrawing>();
            (withdrawing.AttachKey, next.DueAt).ShouldBe((publishing.AttachKey, Now));
            Apply(withdrawing, new Answer.NotDetached(Some.Problem, null)).State.ShouldBeOfType<Withdrawing>().Failure.ShouldBe(Some.Problem);
            next = Apply(withdrawing, new Answer.Detached());
        }

        next.State.ShouldBe(new Failed(Some.Problem, Some.Clip));
    }

    [Fact]
    public void a_published_clip_knows_since_when_it_was_wanted()
    {
        var ordered = Some.Generation(Some.States[5]) with { CreatedAt = Now.AddHours(-2) };
        var publishing = (Publishing)ordered.State with { Since = Now.AddHours(-1), KeepEarlier = true };
        var approved = Publish(ordered, publishing);
        (approved.WantedSince, approved.KeepsEarlier).ShouldBe((Now.AddHours(-1), true));

        // Not since it was made: another one may have been ordered and made meanwhile.
        var fetched = GenerationMachine.Apply(
            Some.Generation(Some.States[3], autoApprove: true) with { CreatedAt = Now.AddHours(-2) }, new Answer.Fetched(Some.Clip), Now, Some.Rules()).State;
        Publish(ordered, fetched.ShouldBeOfType<Publishing>()).WantedSince.ShouldBe(Now.AddHours(-2));

        Published Publish(Generation generation, Publishing state) =>
            (Published)GenerationMachine.Apply(generation with { State = state }, new Answer.Attached(Some.Media), Now, Some.Rules()).State;
    }

    [Theory]
    [InlineData(ProviderFaultCode.Unauthorised)]
    [InlineData(ProviderFaultCode.OutOfCredit)]
    [InlineData(ProviderFaultCode.Protocol)]
    public void a_check_that_proves_nothing_does_not_give_a_paid_task_away(ProviderFaultCode code) =>
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon), new Answer.Checked(new CheckOutcome.Refused(Some.Fault(code))))
            .State.ShouldBeOfType<GenerationState.Rendering>().LastProblem.ShouldNotBeNull();

    [Fact]
    public void sources_that_always_die_are_tried_less_often_and_not_for_ever()
    {
        GenerationState state = new GenerationState.Rendering(Some.Operation, Some.Noon);
        var (now, cycles) = (Some.Noon, 0);
        while (!state.IsFinal)
        {
            cycles++.ShouldBeLessThan(1_000);
            state = Step(new Answer.Checked(new CheckOutcome.Ready([])));
            state = GenerationMachine.Decide(Some.Generation(state), now, Some.Rules()).State;
            state = Step(new Answer.NotFetched(Some.Problem, FetchRetry.AskAgain));
        }

        state.ShouldBeOfType<Failed>();
        (now - Some.Noon).ShouldBeInRange(Some.Rules().MaxFetching, Some.Rules().MaxFetching + TimeSpan.FromHours(1));

        GenerationState Step(Answer answer)
        {
            var next = GenerationMachine.Apply(Some.Generation(state), answer, now, Some.Rules());
            now = next.DueAt ?? now;
            return next.State;
        }
    }

    [Fact]
    public void a_time_that_cannot_be_meant_neither_spins_nor_sleeps_for_ever()
    {
        Due(TimeSpan.Zero).ShouldBe(Now.AddSeconds(5));
        Due(TimeSpan.FromSeconds(-9)).ShouldBe(Now.AddSeconds(5));
        Due(TimeSpan.MaxValue).ShouldBe(Now.AddDays(1));
        Apply(new GenerationState.Rendering(Some.Operation, Some.Noon), new Answer.Checked(new CheckOutcome.Pending(TimeSpan.Zero)))
            .DueAt.ShouldNotBeNull().ShouldBeGreaterThan(Now);

        static DateTimeOffset? Due(TimeSpan retryAfter) =>
            Apply(new Submitting(Some.Intent), new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.RateLimited, retryAfter)))).DueAt;
    }
}
