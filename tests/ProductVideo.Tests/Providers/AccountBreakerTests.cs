using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers;

public sealed class AccountBreakerTests
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private static StartOutcome Refused(ProviderFaultCode code) => new StartOutcome.Refused(Some.Fault(code));

    private static AccountBreaker Failed(int times, AccountBreaker? from = null) => Enumerable.Range(0, times).Aggregate(
        from ?? AccountBreaker.Closed, (breaker, _) => breaker.After(Refused(ProviderFaultCode.Transient), Now, threshold: 3));

    [Fact]
    public void it_opens_at_the_threshold_and_not_before()
    {
        Failed(2).State.ShouldBe(BreakerState.Closed);
        var open = Failed(3);
        open.State.ShouldBe(BreakerState.Open);
        open.OpenUntil.ShouldBe(Now.AddSeconds(30));
        open.Reason!.Code.ShouldBe("provider_unavailable");
    }

    [Theory]
    [InlineData(ProviderFaultCode.Transient, true)]
    [InlineData(ProviderFaultCode.RateLimited, true)]
    [InlineData(ProviderFaultCode.Concurrency, false)]
    [InlineData(ProviderFaultCode.ContentRefused, false)]
    [InlineData(ProviderFaultCode.InvalidInput, false)]
    [InlineData(ProviderFaultCode.Unsupported, false)]
    public void only_what_says_that_the_provider_cannot_be_used_counts(ProviderFaultCode code, bool counts) =>
        Failed(2).After(Refused(code), Now, threshold: 3).State.ShouldBe(counts ? BreakerState.Open : BreakerState.Closed);

    [Fact]
    public void an_answer_that_never_came_counts() =>
        Failed(2).After(new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient)), Now, threshold: 3).State.ShouldBe(BreakerState.Open);

    [Fact]
    public void what_went_wrong_on_our_side_says_nothing_of_the_account()
    {
        var ours = new StartOutcome.Refused(Some.Fault(ProviderFaultCode.Transient) with { IsOurs = true });
        foreach (var breaker in new[] { AccountBreaker.Closed, Failed(2), Failed(3), Failed(3).Tried(Now) })
            breaker.After(ours, Now, threshold: 3).ShouldBe(breaker);
    }

    [Fact]
    public void an_accepted_start_forgets_what_was()
    {
        Failed(2).After(new StartOutcome.Accepted(Some.Operation), Now, threshold: 3).ShouldBe(AccountBreaker.Closed);
        Failed(3).After(new StartOutcome.Accepted(Some.Operation), Now, threshold: 3).ShouldBe(AccountBreaker.Closed);
    }

    [Fact]
    public void each_opening_waits_twice_as_long_up_to_ten_minutes()
    {
        var breaker = Failed(3);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            waits.Add((breaker.OpenUntil!.Value - Now).TotalSeconds);
            breaker = breaker.Probed(Some.Fault(ProviderFaultCode.Transient), seesCredit: true, Now);
        }

        waits.ShouldBe([30, 60, 120, 240, 480, 600, 600, 600]);
    }

    [Fact]
    public void what_was_sent_before_it_opened_does_not_open_it_again()
    {
        var open = Failed(3);
        Failed(30, open).ShouldBe(open);
    }

    [Fact]
    public void a_trial_that_fails_doubles_the_wait_and_one_that_is_taken_closes_it()
    {
        var trying = Failed(3).Tried(Now.AddSeconds(30));
        trying.MayBeTried(Now.AddSeconds(149)).ShouldBeFalse();
        trying.MayBeTried(Now.AddSeconds(150)).ShouldBeTrue();
        var again = trying.After(Refused(ProviderFaultCode.Transient), Now, threshold: 3);
        (again.State, again.OpenUntil, again.Openings).ShouldBe((BreakerState.Open, Now.AddSeconds(60), 2));
        trying.After(new StartOutcome.Accepted(Some.Operation), Now, threshold: 3).ShouldBe(AccountBreaker.Closed);
    }

    [Fact]
    public void a_provider_that_names_a_time_is_there_and_is_taken_at_its_word()
    {
        var named = new StartOutcome.Refused(Some.Fault(ProviderFaultCode.RateLimited) with { RetryAfter = TimeSpan.FromSeconds(7) });
        AccountBreaker.Closed.After(named, Now, threshold: 1).ShouldBe(AccountBreaker.Closed);
        var again = Failed(3).Tried(Now).After(named, Now, threshold: 3);
        (again.State, again.OpenUntil, again.Openings).ShouldBe((BreakerState.Open, Now.AddSeconds(7), 1));
    }

    [Theory]
    [InlineData(ProviderFaultCode.Unauthorised)]
    [InlineData(ProviderFaultCode.OutOfCredit)]
    public void a_refused_account_stays_closed_until_a_probe_is_let_in(ProviderFaultCode code)
    {
        var breaker = AccountBreaker.Closed.After(Refused(code), Now, threshold: 3);
        breaker.State.ShouldBe(BreakerState.NeedsPerson);
        breaker.After(new StartOutcome.Accepted(Some.Operation), Now, threshold: 3).State.ShouldBe(BreakerState.NeedsPerson);
        Failed(9, breaker).State.ShouldBe(BreakerState.NeedsPerson);
        breaker.Probed(Some.Fault(ProviderFaultCode.Transient), seesCredit: true, Now).State.ShouldBe(BreakerState.NeedsPerson);
        breaker.Probed(fault: null, seesCredit: true, Now).ShouldBe(AccountBreaker.Closed);
    }

    [Fact]
    public void an_empty_account_is_not_mended_by_an_answer_that_says_nothing_of_credit()
    {
        var empty = AccountBreaker.Closed.After(Refused(ProviderFaultCode.OutOfCredit), Now, threshold: 3);
        var probed = empty.Probed(fault: null, seesCredit: false, Now);
        (probed.State, probed.OpenUntil > Now).ShouldBe((BreakerState.NeedsPerson, true));
        AccountBreaker.Closed.After(Refused(ProviderFaultCode.Unauthorised), Now, threshold: 3).Probed(fault: null, seesCredit: false, Now).ShouldBe(AccountBreaker.Closed);
    }

    [Fact]
    public void it_may_be_tried_when_its_wait_is_over()
    {
        var open = Failed(3);
        open.MayBeTried(Now.AddSeconds(29)).ShouldBeFalse();
        open.MayBeTried(Now.AddSeconds(30)).ShouldBeTrue();
        AccountBreaker.Closed.MayBeTried(Now).ShouldBeFalse();
    }
}
