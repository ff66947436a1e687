using System.Net;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.CommandLine;

/// <summary>The server as it is shipped, behind a proxy on the same machine that ends TLS.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task the_public_address_is_answered_and_signed_in_at_over_https_and_this_machine_as_before()
    {
        await using var host = await HostProcess.ServeAsync(_data, new Dictionary<string, string> { ["PRODUCTVIDEO_ProductVideo__PublicAddress"] = "https://video.example" });
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(host.Address) };

        using var stranger = await AskAsync("/", "video.example", "https");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        stranger.Headers.Location!.ToString().ShouldStartWith("https://video.example/sign-in");
        using var silent = await AskAsync("/", "video.example", scheme: null);
        silent.Headers.Location!.ToString().ShouldStartWith("https://video.example/sign-in", Case.Sensitive, "a balancer need not tell");
        using var other = await AskAsync("/", "elsewhere.example", "https");
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var page = await AskAsync("/sign-in", "video.example", "https");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain(" sign-in --data FOLDER</code>");
        text.ShouldNotContain(_data, Case.Sensitive, "strangers read it");

        using var link = await AskAsync("/sign-in", "video.example", "https", TokenOf(host.SignInLink));
        link.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("; secure");
        var again = (await HostProcess.RunAsync(["sign-in", "--data", _data])).Output.Trim();
        using var here = await AskAsync("/sign-in", new Uri(host.Address).Authority, scheme: null, TokenOf(again));
        here.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldNotContain("; secure");

        static string TokenOf(string link) => new Uri(link).Query["?token=".Length..];

        async Task<HttpResponseMessage> AskAsync(string path, string name, string? scheme, string? token = null)
        {
            using var request = new HttpRequestMessage(token is null ? HttpMethod.Get : HttpMethod.Post, path);
            if (token is not null)
                request.Content = new FormUrlEncodedContent([new("token", token)]);
            request.Headers.Host = name;
            if (scheme is not null)
                request.Headers.Add("X-Forwarded-Proto", scheme);
            return await browser.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
