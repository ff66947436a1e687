using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Hosting;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class UnloggedAddressesTests
{
    private const string Diagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:" + Diagnostics)]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:" + Diagnostics)]
    [InlineData("Logging:Debug:LogLevel:" + Diagnostics)]
    public async Task no_setting_of_a_host_has_the_addresses_of_requests_logged(string setting)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration[setting] = "Trace";
        builder.Services.AddProductVideo();
        await using var app = builder.Build();
        ShouldBeKeptOut(app);
    }

    [Fact]
    public async Task nor_has_a_filter_that_a_host_adds_later()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo();
        builder.Logging.AddFilter("Mine", LogLevel.Trace).AddFilter(Diagnostics, LogLevel.Trace)
            .AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(Diagnostics, LogLevel.Trace);
        await using var app = builder.Build();
        ShouldBeKeptOut(app);
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Mine").IsEnabled(LogLevel.Trace).ShouldBeTrue();
    }

    private static void ShouldBeKeptOut(WebApplication app)
    {
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        foreach (var category in (string[])[Diagnostics, "Microsoft.AspNetCore.Routing.Matching.DfaMatcher"])
        {
            loggers.CreateLogger(category).IsEnabled(LogLevel.Information).ShouldBeFalse(category);
            loggers.CreateLogger(category).IsEnabled(LogLevel.Error).ShouldBeTrue(category);
        }
    }
}
