using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;
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
    public void the_hosts_hangfire_is_not_registered_for_it()
    {
        var services = new ServiceCollection();
        services.AddProductVideo();
        services.ShouldNotContain(service => service.ServiceType.FullName!.StartsWith("Hangfire", StringComparison.Ordinal));
    }
}
