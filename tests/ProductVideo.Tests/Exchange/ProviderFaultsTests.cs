using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Fal;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exchange;

public sealed class ProviderFaultsTests
{
    private readonly FalFaults _faults = new("fal", "secret");

    [Fact]
    public void an_order_that_a_slow_line_cut_off_is_made_again_and_closes_no_account()
    {
        var outcome = _faults.Judge(new SubmitAnswer.Unanswered(SubmitSign.NothingSent, "cut off", IsOurs: true), _ => null);

        var fault = outcome.ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.MayPass, fault.IsOurs).ShouldBe((true, true));
        fault.MerchantText.ShouldStartWith("The order could not be sent to fal in time. Nothing was ordered yet.");
        AccountBreaker.Closed.After(outcome, Some.Noon, threshold: 1).ShouldBe(AccountBreaker.Closed);
    }

    [Fact]
    public void an_order_that_the_other_side_cut_off_counts_against_its_account()
    {
        var outcome = _faults.Judge(new SubmitAnswer.Unanswered(SubmitSign.NothingSent, "reset"), _ => null);

        outcome.ShouldBeOfType<StartOutcome.Refused>().Fault.IsOurs.ShouldBeFalse();
        AccountBreaker.Closed.After(outcome, Some.Noon, threshold: 1).State.ShouldBe(BreakerState.Open);
    }
}
