using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using ProductVideo.Host;
using ProductVideo.Hosting;
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

    [Theory]
    [InlineData("https://video.example", "video.example", "https")]
    [InlineData("https://video.example", "VIDEO.example:8443", "https")]
    [InlineData("https://[2001:db8::1]:8443/videos", "[2001:db8::1]:8443", "https")]
    [InlineData("https://video.example", "127.0.0.1", "http")]
    [InlineData("http://video.example", "video.example", "http")]
    [InlineData(null, "video.example", "http")]
    public async Task a_request_under_the_public_address_came_by_its_scheme_whatever_a_proxy_tells(string? publicAddress, string host, string scheme)
    {
        await using var services = new ServiceCollection().AddLogging().AddOptions()
            .AddSingleton(new ProductVideoOptions { PublicAddress = publicAddress is null ? null : new Uri(publicAddress) }).BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        new ProductVideoApp.ProxyScheme().Configure(_ => { })(app);
        var http = new DefaultHttpContext { RequestServices = services };
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString(host));
        await app.Build()(http);
        http.Request.Scheme.ShouldBe(scheme);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void the_sample_shop_is_there_unless_it_is_switched_off(string? setting, bool isThere) =>
        ProductVideoApp.HasSample(Settings("ProductVideo:SampleShop:Enabled", setting)).ShouldBe(isThere);

    [Theory]
    [InlineData(null, true)]
    [InlineData("json", false)]
    public void an_event_in_a_file_is_a_line_with_its_time_in_utc_unless_the_settings_name_another_form(string? formatter, bool isLine)
    {
        using var services = new ServiceCollection().AddLogging(logging =>
        {
            logging.AddConsole();
            ProductVideoApp.AddLogLines(logging, Settings("Logging:Console:FormatterName", formatter));
        }).BuildServiceProvider();
        var form = services.GetRequiredService<IOptionsMonitor<SimpleConsoleFormatterOptions>>().CurrentValue;
        (form.SingleLine, form.UseUtcTimestamp).ShouldBe((isLine, isLine));
        if (isLine)
            new DateTime(2026, 11, 29, 8, 5, 1, 7, DateTimeKind.Utc).ToString(form.TimestampFormat, System.Globalization.CultureInfo.InvariantCulture).ShouldBe("2026-11-29T08:05:01.007Z ");
    }

    private static IConfiguration Settings(string name, string? value) => new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
