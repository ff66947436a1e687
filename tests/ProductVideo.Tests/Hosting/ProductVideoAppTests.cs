using ProductVideo.Host;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class ProductVideoAppTests
{
    private const string Loopback = "localhost;127.0.0.1;[::1]";

    [Theory]
    [InlineData(Loopback, "http://127.0.0.1:5080", null, Loopback)]
    [InlineData(Loopback, "http://127.0.0.1:5080", "https://video.example", Loopback + ";video.example")]
    [InlineData(Loopback, "http://127.0.0.1:5080", "https://[2001:db8::1]:8443/videos", Loopback + ";[2001:db8::1]")]
    [InlineData(Loopback, "http://[::1]:5080", "no address", Loopback)]
    [InlineData(Loopback, "http://0.0.0.0:5080", "https://video.example", "*")]
    [InlineData("shop.example", "http://127.0.0.1:5080", "https://video.example", "shop.example")]
    [InlineData(Loopback, null, "https://video.example", Loopback)]
    public void the_names_that_are_answered_are_this_machine_s_and_the_public_address_s_unless_the_settings_say_others(string configured, string? url, string? publicAddress, string hosts) =>
        ProductVideoApp.HostsOf(configured, url, publicAddress).ShouldBe(hosts);
}
