using ProductVideo.Generations;
using ProductVideo.Tests.Http;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Outgoing;

public sealed class EndpointAddressTests
{
    private static readonly WebhookOptions Options = new() { LoopbackAllowed = ["localhost:5005"] };

    [Theory]
    [InlineData("https://shop.example/hooks?token=1")]
    [InlineData("https://shop.example:8443/hooks")]
    [InlineData("http://localhost:5005/hooks")]
    public void these_may_be_told(string address) => EndpointAddress.Check(address, Options).ShouldBe(address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shop.example/hooks")]
    [InlineData("http://shop.example/hooks")]
    [InlineData("ftp://shop.example/hooks")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://localhost:5006/hooks")]
    [InlineData("https://localhost/hooks")]
    [InlineData("https://127.0.0.1/hooks")]
    [InlineData("https://[::1]/hooks")]
    [InlineData("https://[::ffff:10.0.0.1]/hooks")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.1.2.3/hooks")]
    [InlineData("https://2130706433/hooks")]
    [InlineData("https://①⓪.⓪.⓪.①/hooks")]
    [InlineData("https://user:pass@shop.example/hooks")]
    [InlineData("https://shop.example/hooks#part")]
    [InlineData("https://shop.example\\@10.0.0.1/")]
    [InlineData("ftp://localhost:5005/hooks")]
    public void these_are_refused_with_a_way_out(string? address)
    {
        var refused = Should.Throw<RefusedException>(() => EndpointAddress.Check(address, Options));
        (refused.Kind, refused.Field).ShouldBe((RefusalKind.Invalid, "url"));
        refused.Problem.MerchantText.Length.ShouldBeGreaterThan(20);
    }

    [Theory]
    [MemberData(nameof(WebAddressTests.Unusable), MemberType = typeof(WebAddressTests))]
    public void an_address_that_no_name_server_can_take_is_refused(string address) =>
        Should.Throw<RefusedException>(() => EndpointAddress.Check(address, Options)).Problem.Code.ShouldBe("invalid_url");

    [Fact]
    public void an_address_without_end_is_refused() =>
        Should.Throw<RefusedException>(() => EndpointAddress.Check("https://shop.example/" + new string('a', 2_000), Options));
}
