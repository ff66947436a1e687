using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class ProcessRolesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-roles-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("web,worker,render", "web worker render")]
    [InlineData("Render, WEB", "web render")]
    [InlineData(" worker ,", "worker")]
    public void roles_are_names_with_commas_between(string setting, string roles)
    {
        Mistakes(setting).ShouldBeEmpty();
        ProcessRoles.In(setting).ShouldBe(roles.Split(' '));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" , ", "is empty")]
    [InlineData("web,workers", "'workers'")]
    [InlineData("web worker", "'web worker'")]
    public void a_mistake_is_told_by_name_with_the_way_out(string setting, string words)
    {
        var mistake = Mistakes(setting).ShouldHaveSingleItem();
        mistake.ShouldContain("ProductVideo:Roles");
        mistake.ShouldContain(words);
        mistake.ShouldContain("Choose from web,worker,render");
    }

    [Fact]
    public void a_process_does_everything_unless_told_otherwise() => ProcessRoles.In(new ProductVideoOptions().Roles).ShouldBe(["web", "worker", "render"]);

    [Fact]
    public void roles_and_archive_come_from_the_settings()
    {
        var options = Options(("ProductVideo:Roles", "worker"), ("ProductVideo:Archive:After", "90"));
        (options.Roles, options.Archive.After).ShouldBe(("worker", TimeSpan.FromDays(90)));
        Options(("ProductVideo:Archive:After", "0")).Archive.Patience.ShouldBeNull();
        Options(("ProductVideo:Archive:After", "")).Archive.Patience.ShouldBeNull();
        Should.Throw<OptionsValidationException>(() => Options(("ProductVideo:Archive:After", "7"))).Failures
            .ShouldHaveSingleItem().ShouldContain("at least 30 days");
        Should.Throw<OptionsValidationException>(() => Options(("ProductVideo:Archive:After", "4000"))).Failures
            .ShouldHaveSingleItem().ShouldContain("at most 3650 days");
        Options(("ProductVideo:Archive:LeftOutAfter", "60")).Archive.LeftOutPatience.ShouldBe(TimeSpan.FromDays(60));
        Options(("ProductVideo:Archive:LeftOutAfter", "0")).Archive.LeftOutPatience.ShouldBeNull();
        Should.Throw<OptionsValidationException>(() => Options(("ProductVideo:Archive:LeftOutAfter", "00:10:00"))).Failures
            .ShouldHaveSingleItem().ShouldContain("1 to 3650 days");
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("render")]
    public async Task a_process_without_web_tells_its_health_and_nothing_else(string roles)
    {
        await using var app = await StartAsync(roles);
        using var client = app.GetTestClient();
        (await client.GetStringAsync("/health/live", Token)).ShouldBe("live");
        (await client.GetStringAsync("/health/ready", Token)).ShouldBe("ready");
        foreach (var path in new[] { "/", "/api/v1/generations", "/sign-in?token=x", "/openapi/v1.json", "/feeds/a/google.xml" })
        {
            using var answer = await client.GetAsync(path, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        using var call = await client.PostAsync("/webhooks/shop/test", content: null, Token);
        call.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_process_of_web_alone_needs_no_ffmpeg_and_one_that_renders_says_that_it_does()
    {
        await using (var web = await StartAsync("web", ffmpeg: "/nowhere/ffmpeg"))
        {
            using var client = web.GetTestClient();
            (await client.GetStringAsync("/health/ready", Token)).ShouldBe("ready");
        }

        foreach (var roles in new[] { "worker", "render" })
            (await Should.ThrowAsync<FfmpegMissingException>(() => StartAsync(roles, ffmpeg: "/nowhere/ffmpeg"))).OperatorText.ShouldContain("/nowhere/ffmpeg");
    }

    private async Task<WebApplication> StartAsync(string roles, string? ffmpeg = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration["ProductVideo:Local:FfmpegPath"] = ffmpeg;
        builder.Services.AddProductVideo(options => (options.DataFolder, options.Roles) = (_folder, roles));
        var app = builder.Build();
        app.MapProductVideo();
        await app.StartAsync(Token);
        return app;
    }

    private static ProductVideoOptions Options(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        foreach (var (name, value) in settings)
            builder.Configuration[name] = value;
        builder.Services.AddProductVideo();
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<ProductVideoOptions>();
    }

    private static List<string> Mistakes(string setting) =>
        [.. new ProductVideoOptionsValidation().Validate(name: null, new ProductVideoOptions { Roles = setting }).Failures ?? []];
}
