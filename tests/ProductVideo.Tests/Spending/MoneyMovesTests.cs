using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Spending;

public sealed class MoneyMovesTests
{
    private static readonly Money Price = new(0.70m, "USD");
    private static readonly MoneyMove Held = new(MoneyMoveKind.Hold, Price);

    [Fact]
    public void an_order_with_a_price_holds_it_and_a_free_one_holds_nothing()
    {
        MoneyMoves.Of(last: null, before: null, Paid(new Planned())).ShouldBe(Held);
        MoneyMoves.Of(last: null, before: null, Some.Generation(new Planned())).ShouldBeNull();
    }

    [Theory]
    [InlineData("0", BillingRule.Unknown, MoneyMoveKind.Release)]
    [InlineData("0.25", BillingRule.OnSuccess, MoneyMoveKind.Settle)]
    public void what_a_provider_says_it_charged_for_no_clip_outweighs_its_rule(string charged, BillingRule billing, MoneyMoveKind kind)
    {
        var cost = new Money(decimal.Parse(charged, System.Globalization.CultureInfo.InvariantCulture), "USD");
        var failed = Paid(new Failed(Some.Problem, Charged: cost.Amount > 0, Cost: cost), billing);
        var before = Paid(new GenerationState.Rendering(Some.Operation, Some.Noon), billing);
        MoneyMoves.Of(Held, before, failed).ShouldBe(new MoneyMove(kind, kind is MoneyMoveKind.Release ? Price : cost));
    }

    [Fact]
    public void what_a_free_provider_charges_for_no_clip_is_spent_all_the_same()
    {
        var cost = new Money(0.25m, "USD");
        MoneyMoves.Of(last: null, Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon)), Some.Generation(new Failed(Some.Problem, Charged: true, Cost: cost)))
            .ShouldBe(new MoneyMove(MoneyMoveKind.Settle, cost, MoneyNotes.OverEstimate));
    }

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (var before in Some.States)
        {
            foreach (var after in Some.States)
                ways.Add(before.Name, after.Name);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void every_way_from_state_to_state_moves_what_the_rule_says(string before, string after)
    {
        var (from, to) = (Paid(State(before)), Paid(State(after)));
        MoneyMoveKind? expected = (before, after) switch
        {
            (_, nameof(Fetching)) => MoneyMoveKind.Settle,
            (_, nameof(Cancelled)) => MoneyMoveKind.Release,
            (nameof(Planned) or nameof(Submitting) or nameof(Rendering), nameof(Failed)) => MoneyMoveKind.Release,
            (_, nameof(Failed)) => MoneyMoveKind.Settle,
            _ => null,
        };
        (MoneyMoves.Of(Held, from, to)?.Kind).ShouldBe(expected);
        if (expected is not null)
            MoneyMoves.MayClose(to.State).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void what_is_settled_or_given_back_never_moves_again(string before, string after)
    {
        foreach (var closed in new[] { MoneyMoveKind.Settle, MoneyMoveKind.Release })
            MoneyMoves.Of(new MoneyMove(closed, Price), Paid(State(before)), Paid(State(after))).ShouldBeNull();
    }

    [Theory]
    [InlineData(0.5, "USD", 0.5, "USD", null)]
    [InlineData(0.7, "USD", 0.7, "USD", null)]
    [InlineData(0.0, "USD", 0.0, "USD", null)]
    [InlineData(0.9, "USD", 0.9, "USD", MoneyNotes.OverEstimate)]
    [InlineData(0.5, "EUR", 0.7, "USD", MoneyNotes.OtherCurrency)]
    [InlineData(-0.1, "USD", 0.7, "USD", null)]
    public void what_the_provider_reports_is_spent(double reported, string currency, double spent, string spentCurrency, string? note)
    {
        var ready = Paid(new Fetching(Some.Operation, [], new Money((decimal)reported, currency), Some.Noon));
        MoneyMoves.Of(Held, Paid(new GenerationState.Rendering(Some.Operation, Some.Noon)), ready).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, new Money((decimal)spent, spentCurrency), note));
    }

    [Theory]
    [InlineData(BillingRule.Free, Problem.ContentRefused, false)]
    [InlineData(BillingRule.Free, Problem.TaskGone, false)]
    [InlineData(BillingRule.OnSuccess, "provider_invalid_input", false)]
    [InlineData(BillingRule.OnSuccess, Problem.ContentRefused, false)]
    [InlineData(BillingRule.OnSuccess, Problem.TaskGone, true)]
    [InlineData(BillingRule.OnModerationToo, "provider_invalid_input", false)]
    [InlineData(BillingRule.OnModerationToo, Problem.ContentRefused, true)]
    [InlineData(BillingRule.OnModerationToo, Problem.TaskGone, true)]
    [InlineData(BillingRule.Unknown, "provider_invalid_input", true)]
    public void a_task_that_failed_after_it_was_taken_counts_as_the_provider_bills(BillingRule billing, string code, bool charged)
    {
        var failed = Paid(new Failed(new Problem(code, "merchant", "operator")), billing);
        MoneyMoves.Of(Held, Paid(new GenerationState.Rendering(Some.Operation, Some.Noon), billing), failed).ShouldBe(
            charged ? new MoneyMove(MoneyMoveKind.Settle, Price, MoneyNotes.Unproven) : new MoneyMove(MoneyMoveKind.Release, Price));
    }

    [Theory]
    [InlineData(ProviderFaultCode.ContentRefused, Problem.ContentRefused)]
    [InlineData(ProviderFaultCode.NotFoundOrExpired, Problem.TaskGone)]
    public void the_codes_that_decide_about_money_are_those_of_the_machine(ProviderFaultCode code, string problem) =>
        Problem.From(Some.Fault(code)).Code.ShouldBe(problem);

    [Fact]
    public void what_was_sent_at_a_lower_price_than_it_was_ordered_at_is_spent_at_that()
    {
        var now = new Money(0.50m, "USD");
        var decision = GenerationMachine.Decide(Paid(new Planned(), BillingRule.Unknown), Some.Noon, Some.Rules() with { Price = now });
        var submitting = Paid(decision.State, BillingRule.Unknown);
        var rendering = submitting with { State = GenerationMachine.Apply(submitting, new Answer.Started(new StartOutcome.Accepted(Some.Operation)), Some.Noon, Some.Rules()).State };
        var ready = GenerationMachine.Apply(rendering, Some.Answers[9], Some.Noon, Some.Rules()).State;
        MoneyMoves.Of(Held, rendering, rendering with { State = ready }).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, now));
        MoneyMoves.Of(Held, rendering, rendering with { State = new Failed(Some.Problem) }).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, now, MoneyNotes.Unproven));
        var doubt = rendering with { State = new InDoubt(((Submitting)submitting.State).Intent, null, Some.Problem, Some.Noon) };
        MoneyMoves.Of(Held, doubt, doubt with { State = new Failed(Some.Problem, Charged: true) }).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, now, MoneyNotes.Unproven));
        var seen = rendering with { State = ((GenerationState.Rendering)rendering.State) with { SeenAt = Some.Noon.AddDays(2) } };
        var tooLong = seen with { State = GenerationMachine.Apply(seen, new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9))), Some.Noon.AddDays(2), Some.Rules()).State };
        tooLong.State.ShouldBeOfType<InDoubt>().Intent.ShouldBeNull();
        MoneyMoves.Of(Held, tooLong, GenerationMachine.Follow(tooLong, new Command.GiveUp("tester"), Some.Noon)!).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, now, MoneyNotes.Unproven));
        GenerationMachine.Follow(tooLong, new Command.Adopt("tester", Some.Operation), Some.Noon)!.State.ShouldBeOfType<GenerationState.Rendering>().Price.ShouldBe(now);
        // What the provider says itself outweighs its list.
        MoneyMoves.Of(Held, rendering, rendering with { State = (Fetching)ready with { ReportedCost = Price } }).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, Price));
    }

    [Fact]
    public void the_price_at_which_it_was_sent_outlives_a_doubt_about_whose_task_it_is()
    {
        var now = new Money(0.40m, "USD");
        foreach (var holder in (GenerationState[])[new GenerationState.Rendering(Some.Operation, Some.Noon, Price: now), new Fetching(Some.Operation, [], null, Some.Noon, Price: now)])
        {
            var doubted = Paid(holder) with { State = GenerationMachine.TaskNamedAgain(Paid(holder), Some.Noon)!.State };
            GenerationMachine.Follow(doubted, new Command.Adopt("tester", Some.Operation), Some.Noon)!.State.ShouldBeOfType<GenerationState.Rendering>().Price.ShouldBe(now);
        }

        var lost = Paid(new InDoubt(Some.Intent with { Price = now }, null, Some.Problem, Some.Noon));
        GenerationMachine.Surfaced(lost, Some.Intent, Some.Operation)!.State.ShouldBeOfType<InDoubt>().Price.ShouldBe(now);
    }

    [Theory]
    [InlineData(false, 0.700_001, "USD")]
    [InlineData(true, 0.700_001, "USD")]
    [InlineData(false, 0.10, "EUR")]
    [InlineData(true, 0.10, "EUR")]
    public void what_costs_more_by_now_or_in_another_currency_is_not_sent_and_frees_what_was_held(bool standIns, double amount, string currency)
    {
        var planned = Paid(new Planned(Refusals: 3), BillingRule.Unknown);
        planned = planned with { Order = planned.Order with { StandIns = standIns ? Some.StandIns : null } };
        var decision = GenerationMachine.Decide(planned, Some.Noon, Some.Rules() with { Price = new Money((decimal)amount, currency) });
        decision.Effect.ShouldBe(new Effect.Rest());
        var failed = decision.State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged, failed.Handover?.MayHavePaid, decision.DueAt).ShouldBe(("price_not_agreed", false, standIns ? false : null, standIns ? Some.Noon : null));
        MoneyMoves.Of(Held, planned, planned with { State = failed }).ShouldBe(new MoneyMove(MoneyMoveKind.Release, Price));
    }

    [Fact]
    public void the_price_that_was_told_or_none_leaves_what_was_told_when_it_was_ordered()
    {
        foreach (var price in new Money?[] { null, Price })
        {
            GenerationMachine.Decide(Paid(new Planned()), Some.Noon, Some.Rules() with { Price = price }).State
                .ShouldBeOfType<Submitting>().Intent.Price.ShouldBeNull();
        }
    }

    [Fact]
    public void what_is_free_is_so_in_every_currency_and_what_was_free_is_sent_at_no_price()
    {
        var free = Some.Generation(new Planned());
        free.Order.Price.Amount.ShouldBe(Money.Zero("EUR"));
        Decided(free, Money.Zero("CNY")).ShouldBeOfType<Submitting>().Intent.Price.ShouldBeNull();
        Decided(free, new Money(0.01m, "CNY")).ShouldBeOfType<Failed>().Problem.Code.ShouldBe("price_not_agreed");
        Decided(Paid(new Planned()), Money.Zero("CNY")).ShouldBeOfType<Submitting>().Intent.Price.ShouldBe(Money.Zero("USD"));

        static GenerationState Decided(Generation planned, Money now) => GenerationMachine.Decide(planned, Some.Noon, Some.Rules() with { Price = now }).State;
    }

    [Fact]
    public void what_may_have_been_sent_already_counts_in_the_currency_in_which_it_was_ordered() => GenerationMachine
        .Decide(Paid(new Planned(MaybeSent: true)), Some.Noon, Some.Rules(CorrelationClass.Key) with { Price = new Money(0.90m, "EUR") })
        .State.ShouldBeOfType<Submitting>().Intent.Price.ShouldBeNull();

    [Theory]
    [InlineData("1000000000000000")]
    [InlineData("-0.1")]
    public void a_reported_cost_that_nobody_can_have_meant_is_none(string amount)
    {
        var told = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD");
        var rendering = Paid(new GenerationState.Rendering(Some.Operation, Some.Noon), BillingRule.Unknown);
        Ended(new CheckOutcome.Ready([], told)).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, Price));
        Ended(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed), told)).ShouldBe(new MoneyMove(MoneyMoveKind.Settle, Price, MoneyNotes.Unproven));
        Ended(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed), told, Stopped: true), cancelledBy: "tester")
            .ShouldBe(new MoneyMove(MoneyMoveKind.Settle, Price, MoneyNotes.Unproven));

        MoneyMove? Ended(CheckOutcome outcome, string? cancelledBy = null)
        {
            var before = rendering with { CancelRequestedBy = cancelledBy };
            return MoneyMoves.Of(Held, before, before with { State = GenerationMachine.Apply(before, new Answer.Checked(outcome), Some.Noon, Some.Rules()).State });
        }
    }

    [Fact]
    public void what_was_to_be_free_and_is_charged_nevertheless_is_spent() =>
        MoneyMoves.Of(last: null, Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon)), Some.Generation(new Fetching(Some.Operation, [], Price, Some.Noon)))
            .ShouldBe(new MoneyMove(MoneyMoveKind.Settle, Price, MoneyNotes.OverEstimate));

    internal static Generation Paid(GenerationState state, BillingRule billing = BillingRule.OnSuccess)
    {
        var free = Some.Generation(state);
        return free with { Order = free.Order with { Price = new PriceEstimate(Price, new DateOnly(2026, 10, 2)), Billing = billing } };
    }

    private static GenerationState State(string name) => Some.States.First(state => state.Name == name);
}
