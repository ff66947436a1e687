using System.Text.Json;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.DashScope;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.DashScope;

public sealed class DashScopeFaultsTests
{
    private readonly DashScopeFaults _faults = new("HappyHorse", "secret");

    [Theory]
    [InlineData(403, "AccessDenied.Unpurchased", ProviderFaultCode.Unsupported, BreakerState.Closed)]
    [InlineData(403, "access_denied.unpurchased", ProviderFaultCode.Unsupported, BreakerState.Closed)]
    [InlineData(404, "ModelNotFound", ProviderFaultCode.Unsupported, BreakerState.Closed)]
    [InlineData(403, "AccessDenied", ProviderFaultCode.Unauthorised, BreakerState.NeedsPerson)]
    [InlineData(401, "InvalidApiKey", ProviderFaultCode.Unauthorised, BreakerState.NeedsPerson)]
    [InlineData(400, "Arrearage", ProviderFaultCode.OutOfCredit, BreakerState.NeedsPerson)]
    [InlineData(429, "PrepaidBillOverdue", ProviderFaultCode.OutOfCredit, BreakerState.NeedsPerson)]
    public void a_refusal_is_told_by_its_code_and_closes_the_account_only_where_it_is_the_accounts(
        int status, string code, ProviderFaultCode told, BreakerState breaker)
    {
        var outcome = Outcome(status, code);
        outcome.Fault.Code.ShouldBe(told);
        AccountBreaker.Closed.After(outcome, Some.Noon, threshold: 1).State.ShouldBe(breaker);
    }

    [Fact]
    public void a_model_that_is_not_activated_is_told_as_that() =>
        Outcome(403, "AccessDenied.Unpurchased").Fault.MerchantText.ShouldStartWith("The account at Model Studio has not activated this model, or is of another region.");

    private StartOutcome.Refused Outcome(int status, string code) => _faults.Judge(
        new SubmitAnswer.Answered(status, JsonSerializer.SerializeToUtf8Bytes(new { code, message = "said so", request_id = "1" }), null), _ => null)
        .ShouldBeOfType<StartOutcome.Refused>();
}
