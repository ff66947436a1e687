using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class HandOverTests
{
    private static readonly MachineRules Rules = Some.Rules();

    [Theory]
    [InlineData(BillingRule.OnSuccess, false)]
    [InlineData(BillingRule.OnModerationToo, true)]
    [InlineData(BillingRule.Unknown, true)]
    [InlineData(BillingRule.Free, false)]
    public void a_refused_clip_is_handed_over_and_it_is_known_whether_it_may_have_been_paid(BillingRule billing, bool mayHavePaid)
    {
        var rendering = WithStandIns(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 1), billing);
        var next = GenerationMachine.Apply(rendering, new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.ContentRefused))), Some.Noon, Rules);

        next.DueAt.ShouldBe(Some.Noon);
        next.State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull().MayHavePaid.ShouldBe(mayHavePaid);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void what_the_provider_says_it_charged_outweighs_its_rule(int charged, bool mayHavePaid)
    {
        var rendering = WithStandIns(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 1), charged == 0 ? BillingRule.Unknown : BillingRule.OnSuccess);
        var refused = new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed), new Money(charged, "USD"));
        var failed = GenerationMachine.Apply(rendering, new Answer.Checked(refused), Some.Noon, Rules).State.ShouldBeOfType<Failed>();
        (failed.Charged, failed.Handover!.MayHavePaid).ShouldBe((mayHavePaid, mayHavePaid));
    }

    [Fact]
    public void for_a_fault_of_this_server_nobody_is_paid_to_stand_in()
    {
        var rendering = WithStandIns(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 1), BillingRule.Free);
        var fault = Some.Fault(ProviderFaultCode.OwnServer) with { ProblemCode = "disk_full" };
        var next = GenerationMachine.Apply(rendering, new Answer.Checked(new CheckOutcome.Refused(fault)), Some.Noon, Rules);
        next.ShouldBe(new Next(new Failed(new Problem("disk_full", "merchant", "operator")), DueAt: null));
    }

    [Fact]
    public void a_submit_that_was_surely_refused_was_not_paid()
    {
        var next = GenerationMachine.Apply(
            WithStandIns(new Submitting(Some.Intent), BillingRule.Unknown),
            new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.InvalidInput))), Some.Noon, Rules);
        next.State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull().MayHavePaid.ShouldBeFalse();
    }

    [Fact]
    public void a_clip_that_was_ready_and_is_of_no_use_may_have_been_paid()
    {
        var fetching = WithStandIns(new Fetching(Some.Operation, [new ClipSource.Stored("a.mp4")], null, Some.Noon), BillingRule.OnSuccess);
        var next = GenerationMachine.Apply(fetching, new Answer.NotFetched(Some.Problem, FetchRetry.Never), Some.Noon, Rules);
        next.State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull().MayHavePaid.ShouldBeTrue();
    }

    [Fact]
    public void a_clip_that_only_the_shop_does_not_take_is_not_made_again()
    {
        var publishing = WithStandIns(new Publishing(Some.Clip, "pv-1", "tester", Some.Noon), BillingRule.OnSuccess);
        var next = GenerationMachine.Apply(publishing, new Answer.NotAttached(Some.Problem, StorefrontFault.ClipRefused, null), Some.Noon, Rules);
        next.State.ShouldBeOfType<Failed>().Handover.ShouldBeNull();
    }

    [Fact]
    public void what_is_in_doubt_is_never_handed_over()
    {
        foreach (var state in Some.States)
        {
            foreach (var answer in Some.Answers)
            {
                var next = GenerationMachine.Apply(WithStandIns(state, BillingRule.OnSuccess), answer, Some.Noon, Rules);
                if (next.State is Failed { Handover: not null } && state is not Failed)
                    state.ShouldNotBeOfType<InDoubt>();
            }
        }
    }

    [Fact]
    public void what_was_cancelled_meanwhile_ends_there()
    {
        var rendering = WithStandIns(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 1), BillingRule.OnSuccess) with { CancelRequestedBy = "tester" };
        var next = GenerationMachine.Apply(rendering, new Answer.Checked(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.ContentRefused))), Some.Noon, Rules);
        next.ShouldBe(new Next(next.State, DueAt: null));
        next.State.ShouldBeOfType<Failed>().Handover.ShouldBeNull();
    }

    [Fact]
    public void a_hand_over_can_be_cancelled_and_not_be_overtaken_by_a_retry()
    {
        var handing = WithStandIns(Handing(), BillingRule.OnSuccess);
        GenerationMachine.MayRetry(handing).ShouldBeFalse();
        handing.State.IsFinal.ShouldBeFalse();

        var wished = GenerationMachine.Follow(handing, new Command.Cancel("tester"), Some.Noon).ShouldNotBeNull();
        ReferenceEquals(wished.State, handing.State).ShouldBeTrue("a wish never collides with the worker that holds the row");
        var decision = GenerationMachine.Decide(wished, Some.Noon, Rules);
        decision.ShouldBe(new Decision(new Failed(Some.Problem), DueAt: null, new Effect.Rest()));
        GenerationMachine.MayRetry(wished with { State = decision.State }).ShouldBeTrue();
    }

    [Fact]
    public void who_takes_over_is_remembered()
    {
        var to = Guid.CreateVersion7();
        var next = GenerationMachine.Apply(WithStandIns(Handing(), BillingRule.OnSuccess), new Answer.HandedOver(to), Some.Noon, Rules);
        next.DueAt.ShouldBeNull();
        next.State.ShouldBe(new Failed(Some.Problem, FollowedBy: to));
    }

    [Fact]
    public void a_shop_that_is_away_is_asked_again_for_a_day_and_a_hard_no_ends_it()
    {
        var handing = WithStandIns(Handing(), BillingRule.OnSuccess);
        var later = GenerationMachine.Apply(handing, new Answer.NotHandedOver(Some.Problem, MayPass: true), Some.Noon.AddHours(1), Rules);
        later.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(Some.Noon.AddHours(1));
        GenerationMachine.Apply(handing, new Answer.NotHandedOver(Some.Problem, MayPass: true), Some.Noon.AddHours(25), Rules)
            .State.ShouldBe(new Failed(Some.Problem, Unfollowed: Some.Problem));
        GenerationMachine.Apply(handing, new Answer.NotHandedOver(Some.Problem, MayPass: false), Some.Noon, Rules)
            .ShouldBe(new Next(new Failed(Some.Problem, Unfollowed: Some.Problem), DueAt: null));
    }

    [Fact]
    public void only_what_was_surely_not_sent_leaves_an_account_that_waits_for_a_person()
    {
        GenerationMachine.HandOver(WithStandIns(new Planned(), BillingRule.Unknown), Some.Problem, Some.Noon).ShouldNotBeNull()
            .State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull().MayHavePaid.ShouldBeFalse();
        GenerationMachine.HandOver(WithStandIns(new Planned(MaybeSent: true), BillingRule.Unknown), Some.Problem, Some.Noon).ShouldBeNull();
        GenerationMachine.HandOver(WithStandIns(new Submitting(Some.Intent), BillingRule.Unknown), Some.Problem, Some.Noon).ShouldBeNull();
        GenerationMachine.HandOver(Some.Generation(new Planned()), Some.Problem, Some.Noon).ShouldBeNull();
    }

    private static Failed Handing() => new(Some.Problem, Handover: new Handover(Some.Noon, MayHavePaid: false));

    private static Generation WithStandIns(GenerationState state, BillingRule billing)
    {
        var generation = Some.Generation(state);
        return generation with { Order = generation.Order with { StandIns = Some.StandIns, Billing = billing } };
    }
}
