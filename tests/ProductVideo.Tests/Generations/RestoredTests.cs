using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

/// <summary>What is true of an order once the database was put back from a backup.</summary>
public sealed class RestoredTests
{
    private static readonly DateTimeOffset Now = Some.Noon.AddHours(1);
    private static readonly DateTimeOffset Settled = Now + Some.Rules().Settle;

    private static Next? Restored(Generation generation, CorrelationClass correlation, DateTimeOffset? now = null, DateTimeOffset? since = null) =>
        GenerationMachine.Restored(generation, since ?? Some.Noon, now ?? Now, Some.Rules(correlation));

    private static GenerationState Search(Generation generation, Submitting submitting, FindOutcome outcome, CorrelationClass correlation = CorrelationClass.Tag) =>
        GenerationMachine.Apply(generation with { State = submitting }, new Answer.Searched(outcome), Settled, Some.Rules(correlation)).State;

    [Theory]
    [InlineData(CorrelationClass.Tag)]
    [InlineData(CorrelationClass.TagWhenFinished)]
    public void an_order_that_was_not_sent_is_looked_for_under_both_names_it_may_have_been_sent_under(CorrelationClass correlation)
    {
        var generation = Some.Generation(new Planned(Refusals: 3, LastProblem: Some.Problem));
        var restored = Restored(generation, correlation).ShouldNotBeNull();
        restored.DueAt.ShouldBe(Settled, "a list may lag");
        var second = restored.State.ShouldBeOfType<Submitting>();
        second.Intent.ShouldBe(new SubmitIntent(IntentNonce.Of(generation.Id, 1), generation.CreatedAt));
        GenerationMachine.Decide(generation with { State = second }, Settled, Some.Rules(correlation)).Effect.ShouldBe(new Effect.Find(second.Intent));

        var first = Search(generation, second, new FindOutcome.Absent()).ShouldBeOfType<Submitting>();
        first.Intent.ShouldBe(new SubmitIntent(IntentNonce.Of(generation.Id, 0), generation.CreatedAt));
        Search(generation, first, new FindOutcome.Absent()).ShouldBe(new Planned(Refusals: 3));
        Search(generation, first, new FindOutcome.Found(Some.Operation)).ShouldBeOfType<GenerationState.Rendering>();
        Search(generation, second, new FindOutcome.Found(Some.Operation)).ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public void an_order_whose_first_submit_was_lost_is_looked_for_under_the_second_name_only()
    {
        var generation = Some.Generation(new Planned(LostBefore: 1));
        var submitting = Restored(generation, CorrelationClass.Tag)!.State.ShouldBeOfType<Submitting>();
        submitting.Intent.Nonce.ShouldBe(IntentNonce.Of(generation.Id, 1));
        Search(generation, submitting, new FindOutcome.Absent()).ShouldBe(new Planned(LostBefore: 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void where_no_name_is_taken_twice_it_is_looked_for_under_the_only_one_it_can_have_been_sent_under(int lostBefore)
    {
        var rules = Some.Rules() with { RefusesSameName = true };
        var generation = Some.Generation(new Planned(LostBefore: lostBefore));
        var only = GenerationMachine.Restored(generation, Some.Noon, Now, rules)!.State.ShouldBeOfType<Submitting>();
        only.Intent.ShouldBe(new SubmitIntent(IntentNonce.Of(generation.Id, 0), generation.CreatedAt, Again: lostBefore > 0));
        Search(generation, only, new FindOutcome.Absent()).ShouldBe(new Planned(LostBefore: lostBefore));

        GenerationMachine.Restored(Some.Generation(new Submitting(Some.Intent)), Some.Noon, Now, rules).ShouldBeNull("it is looked for as it is");
        GenerationMachine.Decide(generation with { State = new Planned(LostBefore: lostBefore, MaybeSent: true) }, Now, rules).State
            .ShouldBeOfType<InDoubt>().Intent!.Nonce.ShouldBe(IntentNonce.Of(generation.Id, 0));
    }

    [Fact]
    public void a_submit_that_was_open_is_looked_for_after_the_one_that_may_have_followed_it()
    {
        var open = new Submitting(Some.Intent, Searches: 2);
        var generation = Some.Generation(open);
        var later = Restored(generation, CorrelationClass.Tag)!.State.ShouldBeOfType<Submitting>();
        later.Intent.Nonce.ShouldBe(IntentNonce.Of(generation.Id, 1));
        Search(generation, later, new FindOutcome.Absent()).ShouldBe(open);
        // From there on all is as ever: an absent one is lost.
        Search(generation, open, new FindOutcome.Absent()).ShouldBe(new Planned(LostBefore: 1));
        Restored(Some.Generation(open with { LostBefore = 1 }), CorrelationClass.Tag).ShouldBeNull("a third is never sent");
    }

    [Fact]
    public void where_a_key_gives_the_same_task_only_that_key_is_sent_and_a_refusal_proves_nothing()
    {
        var generation = Some.Generation(new Planned(Refusals: 1));
        var restored = Restored(generation, CorrelationClass.Key).ShouldNotBeNull();
        restored.State.ShouldBe(new Planned(Refusals: 1, MaybeSent: true));
        restored.DueAt.ShouldBe(generation.DueAt);

        var decided = GenerationMachine.Decide(generation with { State = restored.State }, Now, Some.Rules(CorrelationClass.Key));
        decided.Effect.ShouldBe(new Effect.Start(new SubmitIntent(IntentNonce.Of(generation.Id, 0), Now)));
        var refused = new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.OutOfCredit)));
        GenerationMachine.Apply(generation with { State = decided.State }, refused, Now, Some.Rules(CorrelationClass.Key)).State.ShouldBeOfType<InDoubt>();
    }

    [Fact]
    public void a_cancelled_order_that_may_have_been_sent_is_neither_sent_nor_forgotten()
    {
        var generation = Some.Generation(new Planned(MaybeSent: true), cancelRequestedBy: "merchant");
        GenerationMachine.Decide(generation, Now, Some.Rules(CorrelationClass.Key)).State.ShouldBeOfType<InDoubt>();
    }

    [Fact]
    public void a_key_is_not_relied_on_where_the_provider_takes_none_any_more() =>
        GenerationMachine.Decide(Some.Generation(new Planned(MaybeSent: true)), Now, Some.Rules(CorrelationClass.Tag)).State.ShouldBeOfType<InDoubt>();

    [Fact]
    public void where_nothing_can_be_asked_a_person_decides()
    {
        var restored = Restored(Some.Generation(new Planned()), CorrelationClass.Nothing).ShouldNotBeNull();
        restored.DueAt.ShouldBeNull();
        restored.State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("restored_unproven");
    }

    [Fact]
    public void where_a_list_bears_no_mark_all_such_orders_look_at_the_same_time()
    {
        var since = Some.Noon.AddHours(-3);
        var generation = Some.Generation(new Planned());
        var planned = Restored(generation, CorrelationClass.ListOnly, since: since)!.State.ShouldBeOfType<Submitting>();
        planned.Intent.ShouldBe(new SubmitIntent(IntentNonce.Of(generation.Id, 0), since));
        planned.Otherwise.ShouldBe(new Planned());
        Restored(Some.Generation(new Submitting(Some.Intent)), CorrelationClass.ListOnly, since: since)!.State
            .ShouldBe(new Submitting(Some.Intent with { Since = since }));
    }

    [Fact]
    public void a_second_submit_may_have_made_its_task_at_any_time_since()
    {
        var generation = Some.Generation(new Submitting(Some.Intent with { Until = Some.Noon.AddMinutes(7) }));
        var restored = Restored(generation, CorrelationClass.ListOnly, since: Some.Intent.Since)!.State.ShouldBeOfType<Submitting>();
        restored.ShouldBe(new Submitting(Some.Intent));
        Restored(generation with { State = restored }, CorrelationClass.ListOnly, since: Some.Intent.Since).ShouldBeNull("twice changes nothing more");
    }

    [Theory]
    [InlineData(CorrelationClass.Key)]
    [InlineData(CorrelationClass.Tag)]
    [InlineData(CorrelationClass.ListOnly)]
    public void what_the_provider_may_have_forgotten_is_never_taken_for_absent(CorrelationClass correlation)
    {
        var generation = Some.Generation(new Planned());
        var state = Restored(generation, correlation, now: Some.Noon.AddHours(25))!.State;
        while (state is Submitting submitting)
            state = Search(generation, submitting, new FindOutcome.Absent(), correlation);
        state.ShouldBeOfType<InDoubt>().Intent!.Nonce.ShouldBe(IntentNonce.Of(generation.Id, 0));
    }

    [Fact]
    public void a_search_that_can_not_tell_says_that_a_backup_was_put_back()
    {
        var generation = Some.Generation(new Planned());
        var submitting = Restored(generation, CorrelationClass.Tag)!.State.ShouldBeOfType<Submitting>();
        Search(generation, submitting, new FindOutcome.CannotTell(Wait: null)).ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("restored_unproven");
    }

    [Fact]
    public void what_was_sent_or_is_free_stays_as_it_is()
    {
        foreach (var state in Some.States.Where(state => state is not (Planned or Submitting)))
        {
            foreach (var correlation in Enum.GetValues<CorrelationClass>())
                Restored(Some.Generation(state), correlation).ShouldBeNull(state.Name);
        }

        var free = Some.Generation(new Planned());
        Restored(free with { Order = free.Order with { Billing = BillingRule.Free } }, CorrelationClass.Nothing).ShouldBeNull();
    }

    [Fact]
    public void what_is_on_its_way_to_a_listing_waits_for_a_person_again()
    {
        foreach (var state in Some.States)
            GenerationMachine.Unapproved(Some.Generation(state)).ShouldBe(state is Publishing ? new Next(new AwaitingReview(Some.Clip), DueAt: null) : null, state.Name);
    }

    [Fact]
    public void of_a_backup_no_clip_is_approved_by_itself_and_what_is_said_of_it_says_why()
    {
        var fetching = Some.Generation(Some.States.OfType<Fetching>().Single(), autoApprove: true) with { FromBackup = true };
        GenerationState Fetched(Generation generation) => GenerationMachine.Apply(generation, new Answer.Fetched(Some.Clip), Now, Some.Rules()).State;
        Fetched(fetching with { FromBackup = false }).ShouldBeOfType<Publishing>();
        var waiting = fetching with { State = Fetched(fetching) };
        waiting.State.ShouldBe(new AwaitingReview(Some.Clip));
        var why = GenerationFacts.Problem(waiting).ShouldNotBeNull();
        GenerationFacts.Problem(waiting with { FromBackup = false }).ShouldBeNull();

        var doubtful = waiting with { State = new AwaitingReview(Some.Clip with { Checks = [new ClipCheck(Likeness.Colours, Passed: false, "grey")] }) };
        GenerationFacts.Problem(doubtful)!.MerchantText.ShouldBe($"{GenerationFacts.Problem(doubtful with { FromBackup = false })!.MerchantText} {why.MerchantText}");
    }

    [Fact]
    public void saying_it_twice_changes_nothing_more()
    {
        foreach (var correlation in Enum.GetValues<CorrelationClass>())
        {
            var generation = Some.Generation(new Planned());
            Restored(generation with { State = Restored(generation, correlation)!.State }, correlation).ShouldBeNull($"{correlation}");
        }
    }
}
