using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers;

public sealed class SubmitEvidenceTests
{
    [Theory]
    [InlineData(400, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(401, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(402, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(403, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(404, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(413, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(422, SubmitSign.Rejected, SubmitSign.Rejected)]
    [InlineData(429, SubmitSign.ToldToWait, SubmitSign.Unproven)]
    [InlineData(503, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(200, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(202, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(302, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(307, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(408, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(409, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(418, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(500, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(502, SubmitSign.Unproven, SubmitSign.Unproven)]
    [InlineData(504, SubmitSign.Unproven, SubmitSign.Unproven)]
    public void a_status_proves_what_it_proves(int status, SubmitSign ownWords, SubmitSign somebodyElses)
    {
        SubmitEvidence.Of(status, ownWords: true, namesTime: false).ShouldBe(ownWords);
        SubmitEvidence.Of(status, ownWords: false, namesTime: true).ShouldBe(somebodyElses);
    }

    [Theory]
    [InlineData(503, SubmitSign.ToldToWait)]
    [InlineData(500, SubmitSign.Unproven)]
    [InlineData(502, SubmitSign.Unproven)]
    public void a_server_that_is_away_and_names_a_time_has_turned_the_order_away(int status, SubmitSign sign) =>
        SubmitEvidence.Of(status, ownWords: true, namesTime: true).ShouldBe(sign);

    [Theory]
    [InlineData(SubmitSign.NothingSent, ProviderFaultCode.Protocol, ProviderFaultCode.Transient)]
    [InlineData(SubmitSign.Rejected, ProviderFaultCode.ContentRefused, ProviderFaultCode.ContentRefused)]
    [InlineData(SubmitSign.ToldToWait, ProviderFaultCode.Transient, ProviderFaultCode.RateLimited)]
    [InlineData(SubmitSign.ToldToWait, ProviderFaultCode.Concurrency, ProviderFaultCode.Concurrency)]
    public void a_proved_no_is_refused(SubmitSign sign, ProviderFaultCode said, ProviderFaultCode code) =>
        SubmitEvidence.Judge(sign, Some.Fault(said)).ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(code);

    [Theory]
    [InlineData(ProviderFaultCode.Transient)]
    [InlineData(ProviderFaultCode.InvalidInput)]
    public void what_is_not_proved_stays_unknown_whatever_it_is_called(ProviderFaultCode code) =>
        SubmitEvidence.Judge(SubmitSign.Unproven, Some.Fault(code)).ShouldBeOfType<StartOutcome.Unknown>();

    [Fact]
    public void no_status_of_a_server_that_failed_is_a_refusal()
    {
        for (var status = 500; status < 600; status++)
            SubmitEvidence.Of(status, ownWords: true, namesTime: false).ShouldBe(SubmitSign.Unproven, $"{status}");
    }

    [Theory]
    [InlineData(401, ProviderFaultCode.Unauthorised)]
    [InlineData(402, ProviderFaultCode.OutOfCredit)]
    [InlineData(422, ProviderFaultCode.InvalidInput)]
    [InlineData(429, ProviderFaultCode.RateLimited)]
    [InlineData(502, ProviderFaultCode.Transient)]
    [InlineData(302, ProviderFaultCode.Protocol)]
    public void a_status_without_words_has_a_code(int status, ProviderFaultCode code) => SubmitEvidence.CodeOf(status).ShouldBe(code);
}
