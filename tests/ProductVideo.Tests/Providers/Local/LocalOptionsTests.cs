using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Clips;
using ProductVideo.Hosting;
using ProductVideo.Providers;
using ProductVideo.Providers.Local;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Local;

public sealed class LocalOptionsTests
{
    [Theory]
    [InlineData(240)]
    [InlineData(2304)]
    public void the_smallest_and_the_largest_clip_of_every_ratio_pass_the_check_of_clips(int shortSide)
    {
        new LocalOptions { ShortSide = shortSide }.Mistakes().ShouldBeEmpty();
        var provider = new LocalVideoProvider(orders: null!, new LocalOptions());
        foreach (var aspect in provider.Capabilities(provider.Models[0]).Aspect.Ratios)
        {
            var (width, height) = FilmSize.For(aspect, shortSide);
            Math.Min(width, height).ShouldBeGreaterThanOrEqualTo(ClipRules.ShortestSide);
            Math.Max(width, height).ShouldBeLessThanOrEqualTo(ClipRules.LongestSide, aspect);
        }
    }

    [Theory]
    [InlineData(nameof(LocalOptions.Workers), "-1", "must be 0 to 256")]
    [InlineData(nameof(LocalOptions.ShortSide), "32", "must be 240 to 2304")]
    [InlineData(nameof(LocalOptions.ShortSide), "2400", "must be 240 to 2304")]
    [InlineData(nameof(LocalOptions.CheckEvery), "0", "write a time from")]
    [InlineData(nameof(LocalOptions.CheckEvery), "1", "a number alone counts days")]
    [InlineData(nameof(LocalOptions.Currency), "euro", "ISO 4217")]
    public void a_mistake_is_told_at_start_by_its_name(string setting, string value, string words)
    {
        using var services = Services(setting, value);
        var mistake = Should.Throw<OptionsValidationException>(services.GetRequiredService<LocalOptions>).Failures.ShouldHaveSingleItem();
        mistake.ShouldStartWith($"ProductVideo:Local:{setting} is ");
        mistake.ShouldContain(words);
    }

    [Fact]
    public void a_server_that_renders_nothing_is_allowed()
    {
        using var services = Services(nameof(LocalOptions.Workers), "0");
        services.GetRequiredService<LocalOptions>().Workers.ShouldBe(0);
    }

    private static ServiceProvider Services(string setting, string value)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new($"ProductVideo:Local:{setting}", value)]).Build());
        services.AddLogging();
        services.AddProductVideo();
        return services.BuildServiceProvider();
    }
}
