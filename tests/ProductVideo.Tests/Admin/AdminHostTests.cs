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
    [InlineData("/keys")]
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

    [Fact]
    public async Task a_host_that_was_built_without_blazors_script_is_told_what_its_project_lacks()
    {
        await using var without = Of("ProductVideo.Admin");
        Should.Throw<InvalidOperationException>(() => without.MapProductVideoAdmin()).Message.ShouldSatisfyAllConditions(
            text => text.ShouldContain("ProductVideo.Admin has none"),
            text => text.ShouldContain("<RequiresAspNetWebAssets>true</RequiresAspNetWebAssets>"));
        await using var with = Of("ProductVideo.Host");
        with.MapProductVideoAdmin().ShouldNotBeNull();

        // As the build of each wrote the list of its files beside these tests.
        static WebApplication Of(string host)
        {
            File.Exists(Path.Combine(AppContext.BaseDirectory, $"{host}.staticwebassets.endpoints.json")).ShouldBeTrue();
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = host });
            builder.Services.AddProductVideoAdmin();
            return builder.Build();
        }
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("Videos/", "/Videos")]
    [InlineData("/videos/{video:guid}", "/videos/{video:guid}")]
    public async Task an_address_of_the_pages_that_leads_to_something_else_too_is_told_at_the_start(string address, string told)
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(signedIn: true, app => app.MapGet(address, () => "Hello")));

        refused.Message.ShouldStartWith($"The address {told} leads to a page of ProductVideo and to 'HTTP: GET");
    }

    [Fact]
    public async Task what_gives_way_to_the_pages_may_stand_beside_them()
    {
        var root = "/";
        await using var app = await StartAsync(signedIn: false, app =>
        {
            app.Map(root, () => "of any method");
            app.MapDelete(root, () => "of another");
            app.MapGet(root, () => "of another host").RequireHost("127.0.0.1");
            app.MapFallback(root, () => "of nobody");
        });

        (await app.GetTestClient().GetAsync(root)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.GetTestClient().GetStringAsync("http://127.0.0.1/")).ShouldBe("of another host");
    }

    private static async Task<WebApplication> StartAsync(bool signedIn, Action<WebApplication>? more = null)
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
        more?.Invoke(app);
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
