using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class DecideTests
{
    private static readonly DateTimeOffset Now = Some.Noon.AddSeconds(1);

    private static Decision Decide(GenerationState state, CorrelationClass correlation = CorrelationClass.Tag, DateTimeOffset? now = null, string? cancelledBy = null) =>
        GenerationMachine.Decide(Some.Generation(state, cancelRequestedBy: cancelledBy), now ?? Now, Some.Rules(correlation));

    [Fact]
    public void a_planned_generation_writes_its_intent_before_anything_is_sent()
    {
        var generation = Some.Generation(new Planned(Refusals: 2, LostBefore: 1));
        var decision = GenerationMachine.Decide(generation, Now, Some.Rules());

        var intent = new SubmitIntent(IntentNonce.Of(generation.Id, lostBefore: 1), Now, Until: Now.AddMinutes(7));
        decision.State.ShouldBe(new Submitting(intent, Refusals: 2, LostBefore: 1));
        decision.Effect.ShouldBe(new Effect.Start(intent));
    }

    [Theory]
    [InlineData(CorrelationClass.Tag, true)]
    [InlineData(CorrelationClass.TagWhenFinished, true)]
    [InlineData(CorrelationClass.ListOnly, true)]
    [InlineData(CorrelationClass.Key, false)]
    [InlineData(CorrelationClass.Nothing, false)]
    public void only_what_is_not_sent_again_under_its_name_has_made_its_task_by_a_time(CorrelationClass correlation, bool known) =>
        (Decide(new Planned(), correlation).State.ShouldBeOfType<Submitting>().Intent.Until is not null).ShouldBe(known);

    [Fact]
    public void a_lost_order_goes_again_under_its_name_where_none_is_taken_twice()
    {
        var generation = Some.Generation(new Planned(LostBefore: 1));
        var rules = Some.Rules() with { RefusesSameName = true };
        GenerationMachine.Decide(generation, Now, rules).State.ShouldBeOfType<Submitting>().Intent
            .ShouldBe(new SubmitIntent(IntentNonce.Of(generation.Id, lostBefore: 0), Now, Again: true, Until: Now.AddMinutes(7)));
    }

    [Fact]
    public void a_submit_without_an_answer_that_cannot_be_looked_for_is_parked_for_a_person()
    {
        var decision = Decide(new Submitting(Some.Intent), CorrelationClass.Nothing);

        decision.State.ShouldBeOfType<InDoubt>().Intent.ShouldBe(Some.Intent);
        decision.Effect.ShouldBeOfType<Effect.Rest>();
        decision.DueAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void what_is_parked_may_be_charged_and_is_not_tried_again_whatever_was_met_before(bool isRestored, int lostBefore)
    {
        var met = new Problem("provider_transient", "The provider can't be reached. We try again by ourselves.", "reset by peer");
        var submitting = new Submitting(Some.Intent, LostBefore: lostBefore, LastProblem: met, Otherwise: isRestored ? new Planned() : null);

        var problem = Decide(submitting, CorrelationClass.Nothing).State.ShouldBeOfType<InDoubt>().Problem;

        problem.MerchantText.ShouldContain(isRestored ? "may have been ordered and charged" : "may have been made and charged");
        problem.MerchantText.ShouldNotContain("by ourselves");
        problem.OperatorText.ShouldContain("reset by peer");
        problem.Code.ShouldBe(isRestored ? "restored_unproven" : "submit_unproven");
    }

    [Fact]
    public void a_submit_without_an_answer_is_sent_again_under_the_same_key_where_the_provider_takes_one() =>
        Decide(new Submitting(Some.Intent), CorrelationClass.Key).Effect.ShouldBe(new Effect.Start(Some.Intent));

    [Fact]
    public void a_key_that_the_provider_may_have_forgotten_is_not_sent_again_unless_that_costs_nothing()
    {
        Decide(new Submitting(Some.Intent), CorrelationClass.Key, Some.Noon.AddHours(24)).Effect.ShouldBe(new Effect.Start(Some.Intent));
        var late = Decide(new Submitting(Some.Intent), CorrelationClass.Key, Some.Noon.AddHours(25));
        (late.State.ShouldBeOfType<InDoubt>().Problem.Code, late.DueAt).ShouldBe(("submit_forgotten", null));
        Decide(new Planned(MaybeSent: true), CorrelationClass.Key, Some.Noon.AddHours(25)).State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("restored_unproven");

        var free = Some.Generation(new Submitting(Some.Intent));
        GenerationMachine.Decide(free with { Order = free.Order with { Billing = BillingRule.Free } }, Some.Noon.AddHours(25), Some.Rules(CorrelationClass.Key))
            .Effect.ShouldBe(new Effect.Start(Some.Intent));
    }

    [Fact]
    public void what_is_decided_while_nobody_offers_the_model_is_sent_to_nobody()
    {
        var away = Some.Rules(CorrelationClass.Key) with { IsAway = true };
        Decided(new Submitting(Some.Intent), Now).Effect.ShouldBe(new Effect.Start(Some.Intent, ToNobody: true));
        Decided(new Planned(), Now).Effect.ShouldBeOfType<Effect.Start>().ToNobody.ShouldBeTrue();
        // As sent now it would later be looked for from now on only.
        var waits = Decided(new Planned(MaybeSent: true), Now);
        (waits.State, waits.DueAt, waits.Effect is Effect.Rest).ShouldBe((new Planned(MaybeSent: true), Now + away.Settle, true));
        Decided(new Planned(MaybeSent: true), Some.Noon.AddHours(25)).State.ShouldBeOfType<InDoubt>();

        Decision Decided(GenerationState state, DateTimeOffset now) => GenerationMachine.Decide(Some.Generation(state), now, away);
    }

    [Theory]
    [InlineData(CorrelationClass.Tag)]
    [InlineData(CorrelationClass.TagWhenFinished)]
    [InlineData(CorrelationClass.ListOnly)]
    public void a_lost_submit_is_looked_for_once_the_providers_list_can_be_trusted(CorrelationClass correlation)
    {
        var early = Decide(new Submitting(Some.Intent), correlation, Some.Noon.AddMinutes(2));
        early.Effect.ShouldBeOfType<Effect.Rest>();
        early.DueAt.ShouldBe(Some.Noon.AddMinutes(3));

        var settled = Decide(new Submitting(Some.Intent), correlation, Some.Noon.AddMinutes(3));
        settled.Effect.ShouldBe(new Effect.Find(Some.Intent));
    }

    [Fact]
    public void a_render_is_asked_about() => Decide(new GenerationState.Rendering(Some.Operation, Some.Noon)).Effect.ShouldBe(new Effect.Check(Some.Operation));

    [Fact]
    public void a_render_that_takes_too_long_is_still_asked_about_before_anybody_gives_up() =>
        Decide(new GenerationState.Rendering(Some.Operation, Some.Noon), now: Some.Noon.AddDays(3)).Effect.ShouldBe(new Effect.Check(Some.Operation));

    [Fact]
    public void an_automatic_approval_does_not_publish_what_somebody_cancelled_meanwhile() =>
        Decide(new Publishing(Some.Clip, "pv-1", "automatic approval", Some.Noon), cancelledBy: "tester").State.ShouldBeOfType<Rejected>().By.ShouldBe("tester");

    [Fact]
    public void what_was_sent_to_the_shop_once_is_followed_to_its_end() =>
        Decide(new Publishing(Some.Clip, "pv-1", "automatic approval", Some.Noon, Tries: 1), cancelledBy: "tester").Effect.ShouldBeOfType<Effect.Publish>();

    [Fact]
    public void a_wish_to_cancel_reaches_the_provider_once()
    {
        var first = Decide(new GenerationState.Rendering(Some.Operation, Some.Noon, Checks: 4), cancelledBy: "tester");
        first.Effect.ShouldBe(new Effect.Cancel(Some.Operation));

        Decide(first.State, cancelledBy: "tester").Effect.ShouldBe(new Effect.Check(Some.Operation));
    }

    [Fact]
    public void the_provider_is_asked_to_stop_again_less_and_less_often_while_the_task_waits_in_its_queue()
    {
        var (now, asked) = (Now, new List<double>());
        GenerationState state = new GenerationState.Rendering(Some.Operation, Some.Noon);
        for (var poll = 0; poll < 40; poll++, now = now.AddSeconds(10))
        {
            var decision = Decide(state, now: now, cancelledBy: "tester");
            if (decision.Effect is Effect.Cancel)
                asked.Add((now - Now).TotalSeconds);
            Answer answer = decision.Effect is Effect.Cancel ? new Answer.CancelAnswered(Uncharged: false)
                : new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(10), Queued: true));
            state = GenerationMachine.Apply(Some.Generation(decision.State, cancelRequestedBy: "tester"), answer, now, Some.Rules()).State;
        }

        asked.ShouldBe([0, 20, 50, 100, 190, 360]);
        // What runs is charged whatever is asked.
        state = GenerationMachine.Apply(
            Some.Generation(state, cancelRequestedBy: "tester"), new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(10))), now, Some.Rules()).State;
        Decide(state, now: now.AddHours(1), cancelledBy: "tester").Effect.ShouldBe(new Effect.Check(Some.Operation));
    }

    [Fact]
    public void a_wish_to_cancel_before_the_submit_ends_it_unsent()
    {
        var decision = Decide(new Planned(), cancelledBy: "tester");
        decision.State.ShouldBe(new Cancelled("tester"));
        decision.Effect.ShouldBeOfType<Effect.Rest>();
    }

    [Fact]
    public void a_lost_submit_is_looked_for_even_if_somebody_wants_to_cancel() =>
        Decide(new Submitting(Some.Intent), now: Some.Noon.AddHours(1), cancelledBy: "tester").Effect.ShouldBe(new Effect.Find(Some.Intent));

    [Fact]
    public void a_clip_that_came_after_the_wish_to_cancel_is_not_left_for_review() =>
        Decide(new AwaitingReview(Some.Clip), cancelledBy: "tester").State.ShouldBeOfType<Rejected>().By.ShouldBe("tester");

    [Fact]
    public void states_that_wait_for_a_person_or_are_final_rest()
    {
        foreach (var state in Some.States.Where(s => s.IsFinal || s is AwaitingReview or InDoubt))
        {
            var decision = Decide(state);
            decision.Effect.ShouldBeOfType<Effect.Rest>(state.Name);
            decision.State.ShouldBe(state);
            decision.DueAt.ShouldBeNull();
        }
    }

    [Fact]
    public void whatever_acts_is_looked_at_again_if_its_process_dies()
    {
        foreach (var state in Some.States)
        {
            var decision = Decide(state, CorrelationClass.Key);
            if (decision.Effect is not Effect.Rest)
                decision.DueAt.ShouldBe(Now + Some.Rules().Lease, state.Name);
        }
    }
}
