using ProductVideo.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class AgreedBeforehandTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackfillQuote Quote = new(2, 2, [new Money(5, "USD")], new Dictionary<SkipReason, int>(), [], Now);

    private static Backfill Draft(string? cron = null) => new()
    {
        Id = Guid.NewGuid(), Shop = "test", Name = "a backfill", CreatedBy = "tester", CreatedAt = Now, Plan = new BackfillPlan { Schedule = new BackfillSchedule { Cron = cron } },
    };

    private static Consent To(decimal amount, string currency = "USD") => new("a program", Now, [new Money(amount, currency)]);

    [Fact]
    public void what_costs_no_more_than_was_agreed_starts_by_itself()
    {
        var quoting = BackfillMachine.QuoteAgreed(Draft(), To(5), Now)!;
        (quoting.State, quoting.DueAt).ShouldBe((BackfillState.Quoting, Now));
        var started = BackfillMachine.Quoted(quoting, Quote, Now)!;
        (started.State, started.StartedAt, started.Consent!.By).ShouldBe((BackfillState.Running, Now, "a program"));
    }

    [Theory]
    [InlineData(499, "USD")]
    [InlineData(50_000, "EUR")]
    public void what_costs_more_waits_and_says_so(int cents, string currency)
    {
        var quoted = BackfillMachine.Quoted(BackfillMachine.QuoteAgreed(Draft(), To(cents / 100m, currency), Now)!, Quote, Now)!;
        (quoted.State, quoted.StartedAt, quoted.Problem!.Code).ShouldBe((BackfillState.Quoted, null, "backfill_too_dear"));
        quoted.Problem.MerchantText.ShouldContain("beforehand");
    }

    [Fact]
    public void without_a_word_beforehand_nothing_starts() =>
        BackfillMachine.Quoted(BackfillMachine.Quote(Draft(), Now)!, Quote with { Prices = [] }, Now)!.State.ShouldBe(BackfillState.Quoted);

    [Fact]
    public void another_dry_run_is_no_start_whatever_was_agreed_before()
    {
        var tooDear = BackfillMachine.Quoted(BackfillMachine.QuoteAgreed(Draft(), To(1), Now)!, Quote, Now)!;
        var cheaper = Quote with { Prices = [new Money(0.5m, "USD")] };
        BackfillMachine.Quoted(BackfillMachine.Quote(tooDear, Now)!, cheaper, Now)!.State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public void what_was_agreed_to_does_not_count_for_a_changed_plan()
    {
        var quoting = BackfillMachine.QuoteAgreed(Draft(), To(100), Now)!;
        var changed = BackfillMachine.Change(quoting, "another", new BackfillPlan { AutoApprove = true })!;
        (changed.State, changed.Consent, changed.DueAt).ShouldBe((BackfillState.Draft, null, null));
        // So with the run of a schedule that was too dear.
        BackfillMachine.Change(quoting with { RunOf = Guid.NewGuid(), State = BackfillState.Quoted }, "another", new BackfillPlan())!.Consent.ShouldBeNull();
    }

    [Fact]
    public void a_schedule_is_not_agreed_to_beforehand()
    {
        BackfillMachine.QuoteAgreed(Draft("0 2 * * *"), To(100), Now).ShouldBeNull();
        BackfillMachine.QuoteAgreed(Draft() with { State = BackfillState.Quoted }, To(100), Now).ShouldBeNull();
        // Whatever wrote such a row: a schedule never runs without its time.
        BackfillMachine.Quoted(Draft("0 2 * * *") with { State = BackfillState.Quoting, Consent = To(100) }, Quote, Now)!.State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public void a_run_of_a_schedule_still_starts_by_itself() =>
        BackfillMachine.Quoted(Draft() with { State = BackfillState.Quoting, RunOf = Guid.NewGuid(), Consent = To(5) }, Quote, Now)!.State.ShouldBe(BackfillState.Running);
}
