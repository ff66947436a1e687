using ProductVideo.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly Money Price = new(10.70m, "USD");
    private static readonly BackfillQuote Quote = new(10, 10, [Price], new Dictionary<SkipReason, int>(), [], Now);
    private static readonly Backfill Draft = new() { Id = Guid.NewGuid(), Shop = "test", Name = "All", Plan = new BackfillPlan(), CreatedBy = "tester", CreatedAt = Now };

    private static Backfill Quoted => BackfillMachine.Quoted(BackfillMachine.Quote(Draft, Now)!, Quote, Now)!;

    private static Consent To(params Money[] prices) => new("tester", Now, prices);

    [Fact]
    public void it_goes_from_draft_to_done_by_a_persons_word()
    {
        Quoted.State.ShouldBe(BackfillState.Quoted);
        Quoted.DueAt.ShouldBeNull("nothing is ordered by itself");
        var running = BackfillMachine.Start(Quoted, To(Price), firstRun: null, Now).ShouldNotBeNull();
        (running.State, running.DueAt).ShouldBe((BackfillState.Running, Now));
        var paused = BackfillMachine.Pause(running, "tester", why: null, Now).ShouldNotBeNull();
        (paused.State, paused.DueAt).ShouldBe((BackfillState.Paused, null));
        BackfillMachine.Resume(paused, nextRun: null, Now).ShouldNotBeNull().State.ShouldBe(BackfillState.Running);
        BackfillMachine.Finish(running, Now).ShouldNotBeNull().State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public void a_dry_run_that_is_begun_anew_began_anew_and_one_that_ended_goes_on_no_more()
    {
        var quoting = BackfillMachine.Quote(Draft, Now)!;
        quoting.QuotingSince.ShouldBe(Now);
        BackfillMachine.Quote(quoting, Now.AddHours(1))!.QuotingSince.ShouldBe(Now.AddHours(1));
        BackfillMachine.Quote(Quoted, Now.AddDays(1))!.QuotingSince.ShouldBe(Now.AddDays(1));
        (Quoted.QuotingSince, BackfillMachine.Change(quoting, "All", new BackfillPlan())!.QuotingSince, BackfillMachine.Cancel(quoting, "tester", Now)!.QuotingSince)
            .ShouldBe((null, null, null));
    }

    [Fact]
    public void what_it_was_paused_for_counts_neither_for_its_pace_nor_for_the_next_start()
    {
        var running = BackfillMachine.Start(Quoted, To(Price), firstRun: null, Now)!;
        var paused = BackfillMachine.Pause(running, "tester", why: null, Now.AddHours(1))!;
        var resumed = BackfillMachine.Resume(paused, nextRun: null, Now.AddHours(49))!;
        (paused.PausedAt, resumed.PausedAt, resumed.PausedFor).ShouldBe((Now.AddHours(1), null, TimeSpan.FromHours(48)));
        var twice = BackfillMachine.Resume(BackfillMachine.Pause(resumed, "tester", why: null, Now.AddHours(50))!, nextRun: null, Now.AddHours(52))!;
        twice.PausedFor.ShouldBe(TimeSpan.FromHours(50));

        // Half of it took the two hours in which it ran.
        ItemCount[] counts = [new(ItemState.Published, Reason: null, 5), new(ItemState.Waiting, Reason: null, 5)];
        BackfillProgress.Of(twice, counts, [], [], Now.AddHours(52)).EstimatedEnd.ShouldBe(Now.AddHours(54));
    }

    [Fact]
    public void it_starts_for_no_less_than_its_price()
    {
        BackfillMachine.Start(Quoted, To(), null, Now).ShouldBeNull();
        BackfillMachine.Start(Quoted, To(new Money(10.69m, "USD")), null, Now).ShouldBeNull();
        BackfillMachine.Start(Quoted, To(new Money(20m, "EUR")), null, Now).ShouldBeNull();
        BackfillMachine.Start(Draft, To(Price), null, Now).ShouldBeNull("nobody knows its price");
    }

    [Fact]
    public void a_schedule_waits_for_its_time_and_each_run_starts_by_itself_for_what_was_agreed()
    {
        var scheduled = BackfillMachine.Start(Quoted, To(Price), Now.AddHours(8), Now).ShouldNotBeNull();
        (scheduled.State, scheduled.DueAt).ShouldBe((BackfillState.Scheduled, Now.AddHours(8)));

        var run = Draft with { RunOf = scheduled.Id, Consent = scheduled.Consent, State = BackfillState.Quoting };
        BackfillMachine.Quoted(run, Quote, Now)!.State.ShouldBe(BackfillState.Running);
        var dear = BackfillMachine.Quoted(run, Quote with { Prices = [Price * 2] }, Now)!;
        dear.State.ShouldBe(BackfillState.Quoted);
        dear.Problem.ShouldNotBeNull().MerchantText.ShouldContain("21.40 USD");
        BackfillMachine.CapsOf(new BackfillPlan(), scheduled.Consent!).Money.ShouldBe(Price);
        BackfillMachine.CapsOf(new BackfillPlan { Caps = new BackfillCaps { Money = new Money(5, "USD") } }, scheduled.Consent!).Money.ShouldBe(new Money(5, "USD"));
    }

    [Fact]
    public void a_schedule_that_was_paused_is_due_once_more_so_that_its_run_stops_with_it()
    {
        var schedule = Draft with { State = BackfillState.Scheduled, Plan = new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } } };
        BackfillMachine.Pause(schedule, "tester", why: null, Now)!.DueAt.ShouldBe(Now);

        var run = Draft with { RunOf = schedule.Id };
        BackfillMachine.PauseRun(run with { State = BackfillState.Running }, "tester", Now)!.State.ShouldBe(BackfillState.Paused);
        BackfillMachine.PauseRun(run with { State = BackfillState.Quoting }, "tester", Now)!.State.ShouldBe(BackfillState.Cancelled, "it would start by itself");
        foreach (var state in new[] { BackfillState.Paused, BackfillState.Done, BackfillState.Cancelled })
            BackfillMachine.PauseRun(run with { State = state }, "tester", Now).ShouldBeNull();
    }

    [Theory]
    [InlineData(BackfillState.Done)]
    [InlineData(BackfillState.Cancelled)]
    public void what_is_over_stays_over(BackfillState state)
    {
        var over = Draft with { State = state, Quote = Quote };
        BackfillMachine.Quote(over, Now).ShouldBeNull();
        BackfillMachine.Start(over, To(Price), null, Now).ShouldBeNull();
        BackfillMachine.Pause(over, "tester", null, Now).ShouldBeNull();
        BackfillMachine.Resume(over, null, Now).ShouldBeNull();
        BackfillMachine.Cancel(over, "tester", Now).ShouldBeNull();
        BackfillMachine.Finish(over, Now).ShouldBeNull();
    }

    [Theory]
    [InlineData(BackfillState.Draft)]
    [InlineData(BackfillState.Quoting)]
    [InlineData(BackfillState.Quoted)]
    [InlineData(BackfillState.Scheduled)]
    [InlineData(BackfillState.Running)]
    [InlineData(BackfillState.Paused)]
    public void everything_else_can_be_cancelled(BackfillState state) =>
        BackfillMachine.Cancel(Draft with { State = state }, "tester", Now).ShouldNotBeNull().State.ShouldBe(BackfillState.Cancelled);
}
