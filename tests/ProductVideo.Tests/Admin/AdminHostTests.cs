using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class AdminHostTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/videos")]
    [InlineData("/spending")]
    [InlineData("/spending/spend.csv")]
    [InlineData("/products/sample/mug")]
    [InlineData("/shops")]
    [InlineData("/connect/handed-over?ticket=x&password=y")]
    public async Task a_stranger_sees_no_page(string path)
    {
        await using var app = await StartAsync(signedIn: false);

        (await app.GetTestClient().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_stranger_opens_no_connection()
    {
        await using var app = await StartAsync(signedIn: false);

        (await app.GetTestClient().PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task pages_may_run_own_scripts_only_and_stand_in_no_frame()
    {
        await using var app = await StartAsync(signedIn: true);

        var headers = (await app.GetTestClient().GetAsync("/not-found")).Headers;

        var policy = string.Join("; ", headers.GetValues("Content-Security-Policy"));
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }

    [Theory]
    [InlineData("/nonsense", "text/html,*/*;q=0.8", true)]
    [InlineData("/videos/nonsense", "text/html", true)]
    [InlineData("/nonsense", "image/png", false)]
    [InlineData("/api/nonsense", "text/html", false)]
    public async Task a_wrong_address_is_told_to_a_person(string path, string accept, bool isTold)
    {
        await using var app = await StartAsync(signedIn: true);
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Add("Accept", accept);
        using var answer = await app.GetTestClient().SendAsync(asked);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Contains("There is no such page", StringComparison.Ordinal).ShouldBe(isTold);
        answer.Headers.Contains("Content-Security-Policy").ShouldBe(isTold);
    }

    [Fact]
    public async Task a_stranger_is_told_nothing_at_a_wrong_address()
    {
        await using var app = await StartAsync(signedIn: false);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/nonsense");
        asked.Headers.Add("Accept", "text/html");
        using var answer = await app.GetTestClient().SendAsync(asked);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_else_the_host_serves_keeps_its_own_headers()
    {
        await using var app = await StartAsync(signedIn: true);

        (await app.GetTestClient().GetAsync("/other")).Headers.Contains("Content-Security-Policy").ShouldBeFalse();
    }

    [Fact]
    public async Task mapping_without_services_names_the_missing_call()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        Should.Throw<InvalidOperationException>(() => app.MapProductVideoAdmin()).Message.ShouldContain("AddProductVideoAdmin");
    }

    private static async Task<WebApplication> StartAsync(bool signedIn)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddProductVideoAdmin();
        builder.Services.AddSingleton(new ProductVideo.Pipeline.Shops([]));
        builder.Services.AddSingleton(new ProductVideo.Pipeline.GenerationChanges());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddAuthentication("none").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, Nobody>("none", configureOptions: null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(ProductVideoAuth.AdminPolicy, policy => policy.RequireAssertion(_ => signedIn));
        var app = builder.Build();
        app.MapProductVideoAdmin();
        app.MapGet("/other", () => Results.Text("other"));
        await app.StartAsync();
        return app;
    }

    private sealed class Nobody(
        Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory log, System.Text.Encodings.Web.UrlEncoder encoder)
        : Microsoft.AspNetCore.Authentication.AuthenticationHandler<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());

        protected override Task HandleForbiddenAsync(Microsoft.AspNetCore.Authentication.AuthenticationProperties properties) => HandleChallengeAsync(properties);
    }
}
