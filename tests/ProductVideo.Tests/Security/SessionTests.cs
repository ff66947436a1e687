using System.Net;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Tests.Api;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Security;

/// <summary>The signed-in operator's cookie, as a browser and a proxy get it.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("https://video.example", "video.example", true)]
    [InlineData("https://video.example", "VIDEO.example", true)]
    [InlineData("https://video.example", "127.0.0.1:5080", false)]
    [InlineData("http://video.example", "video.example", false)]
    [InlineData(null, "video.example", false)]
    public async Task the_cookie_is_for_https_only_where_the_public_address_is_and_works_on_the_server_itself(string? publicAddress, string host, bool isSecure)
    {
        _api.Get<ProductVideoOptions>().PublicAddress = publicAddress is null ? null : new Uri(publicAddress);

        (await SignInAsync(host)).Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(isSecure);
    }

    [Fact]
    public async Task who_looks_at_a_link_before_the_person_does_uses_nothing_up()
    {
        var token = await _api.Get<SignInLinks>().CreateAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
        {
            using var looked = await _api.Stranger().GetAsync("/sign-in?token=" + token, TestContext.Current.CancellationToken);
            looked.StatusCode.ShouldBe(HttpStatusCode.OK);
            looked.Headers.Contains("Set-Cookie").ShouldBeFalse();
            (await looked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"""<form method="post" action="/sign-in"><input type="hidden" name="token" value="{token}">""");
        }

        using var signedIn = await SignInAsync(token, "localhost", cookie: null);
        signedIn.Headers.Location!.ToString().ShouldBe("/");
        using var again = await SignInAsync(token, "localhost", cookie: null);
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("/videos/5", "/videos/5")]
    [InlineData("/products/test/mug?change=5", "/products/test/mug?change=5")]
    [InlineData("/api/v1/clips/5/video.mp4", null)]
    [InlineData("/sign-out", null)]
    [InlineData("//elsewhere.example/", null)]
    [InlineData("/\\elsewhere.example/", null)]
    [InlineData("https://elsewhere.example/", null)]
    public async Task signing_in_leads_to_the_page_that_was_asked_for_and_nowhere_else(string asked, string? expected)
    {
        using var sent = await _api.Stranger().GetAsync("/sign-in?ReturnUrl=" + Uri.EscapeDataString(asked), TestContext.Current.CancellationToken);
        sent.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var kept = sent.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null;
        kept?.ShouldContain("; httponly");
        (kept is not null).ShouldBe(expected is not null);

        var token = await _api.Get<SignInLinks>().CreateAsync(TestContext.Current.CancellationToken);
        using var signedIn = await SignInAsync(token, "localhost", kept ?? "productvideo-return=" + Uri.EscapeDataString(asked));

        signedIn.Headers.Location!.ToString().ShouldBe(expected ?? "/");
    }

    [Fact]
    public async Task a_session_that_was_signed_out_of_opens_nothing_any_more()
    {
        var (ended, other) = (await SignInAsync(), await SignInAsync());
        (await AskAsync(HttpMethod.Post, "/sign-out", ended)).Headers.Location!.ToString().ShouldBe("/sign-in");

        // The same cookie, as a copy of it would come; and of another browser.
        (await AskAsync(HttpMethod.Post, "/sign-out", ended)).Headers.Location!.ToString().ShouldContain("ReturnUrl");
        (await AskAsync(HttpMethod.Post, "/sign-out", other)).Headers.Location!.ToString().ShouldBe("/sign-in");
    }

    [Fact]
    public void a_session_counts_until_it_expires_or_is_ended_and_who_came_in_otherwise_always_does()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        var sessions = new Sessions(clock);
        var (first, second) = (ProductVideoAuth.Operator(sessions.Begin()), ProductVideoAuth.Operator(sessions.Begin()));
        var hosts = ProductVideoAuth.Operator([]);

        sessions.End(first);
        sessions.End(hosts);
        (sessions.Counts(first), sessions.Counts(second), sessions.Counts(hosts)).ShouldBe((false, true, true));
        clock.Advance(Sessions.Lifetime);
        (sessions.Counts(second), sessions.Counts(hosts)).ShouldBe((false, true));
    }

    private async Task<string> SignInAsync(string host = "localhost")
    {
        var token = await _api.Get<SignInLinks>().CreateAsync(TestContext.Current.CancellationToken);
        using var answer = await SignInAsync(token, host, cookie: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
    }

    private async Task<HttpResponseMessage> SignInAsync(string token, string host, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("token", token)]) };
        request.Headers.Host = host;
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie.Split(';')[0]);
        return await _api.Stranger().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        return await _api.Stranger().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
