using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Hosting;
using ProductVideo.Storefronts.Shopify;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

/// <summary>A polite guest: what the host had before still is as it was.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public async Task a_hosts_only_scheme_stays_its_default()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAuthentication().AddCookie("HostCookie");
        builder.Services.AddProductVideo();
        await using var app = builder.Build();
        (await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())!.Name.ShouldBe("HostCookie");
    }

    [Fact]
    public async Task without_a_scheme_of_the_hosts_none_becomes_its_default()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo();
        await using var app = builder.Build();
        (await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task adding_twice_is_adding_once()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo();
        builder.Services.AddProductVideo();
        await using var app = builder.Build();
        app.Services.GetServices<ProductVideo.Providers.IVideoProvider>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(30, "00:00:00", 45)]
    [InlineData(30, "00:00:10", 55)]
    [InlineData(120, "00:00:10", 120)]
    public async Task a_paid_request_in_flight_may_end_and_a_host_that_gives_more_time_still_does(int given, string drain, int seconds)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ProductVideo:Health:Drain"] = drain;
        builder.Services.AddProductVideo();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(given));
        await using var app = builder.Build();
        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task mapping_without_adding_names_the_missing_call()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        Should.Throw<InvalidOperationException>(() => app.MapProductVideo()).Message.ShouldContain("AddProductVideo");
    }

    [Fact]
    public async Task health_checks_and_endpoints_of_the_host_may_have_the_commonest_names()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo();
        builder.Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Healthy());
        await using var app = builder.Build();
        app.MapGet("/own/{id}", (string id) => id).WithName("GetProduct");
        app.MapProductVideo();

        app.Services.GetRequiredService<HealthCheckService>().ShouldNotBeNull();
        var names = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>().ToList();
        names.ShouldBeUnique();
        names.ShouldContain("GetProduct");
        names.ShouldContain("ProductVideo.GetProduct");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task what_a_host_does_to_its_own_calls_is_not_done_to_ours(bool toShop)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo().Services.AddShopify(builder.Configuration).AddProviderExchange();
        builder.Services.ConfigureHttpClientDefaults(http => http
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("Authorization", "Bearer of-the-host"))
            .AddHttpMessageHandler(() => new SendsTwice()));
        await using var app = builder.Build();
        await using var server = WebApplication.CreateSlimBuilder().Build();
        var (calls, credential) = (0, "");
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("/", (HttpContext http) => (calls, credential) = (calls + 1, http.Request.Headers.Authorization.ToString()));
        await server.StartAsync(TestContext.Current.CancellationToken);

        using var request = new HttpRequestMessage(HttpMethod.Post, server.Urls.Single()) { Content = new StringContent("{}") };
        if (toShop)
            (await app.Services.GetRequiredService<ShopExchange>().AskAsync(request, TestContext.Current.CancellationToken)).IsSuccess.ShouldBeTrue();
        else
            (await app.Services.GetRequiredService<ProviderExchange>().AskAsync(request, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (calls, credential).ShouldBe((1, ""));
    }

    private sealed class SendsTwice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }

    [Fact]
    public void the_hosts_hangfire_is_not_registered_for_it()
    {
        var services = new ServiceCollection();
        services.AddProductVideo();
        services.ShouldNotContain(service => service.ServiceType.FullName!.StartsWith("Hangfire", StringComparison.Ordinal));
    }
}
