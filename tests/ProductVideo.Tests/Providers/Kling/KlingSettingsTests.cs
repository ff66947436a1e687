using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Providers.Kling;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Kling;

public sealed class KlingSettingsTests
{
    private static readonly Dictionary<string, string?> Complete = new(StringComparer.Ordinal)
    {
        ["ApiKey"] = "k", ["PriceDate"] = "2026-11-01", ["PricePerSecond:kling-3.0:720p"] = "0.084",
    };

    private static KlingOptions Bind(params (string Key, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Complete, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
            settings[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value is not null)
            .Select(setting => KeyValuePair.Create($"{KlingOptions.Section}:{setting.Key}", setting.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddKling().BuildServiceProvider();
        return services.GetRequiredService<IOptions<KlingOptions>>().Value;
    }

    private static string Mistake(params (string Key, string? Value)[] changes) =>
        Should.Throw<OptionsValidationException>(() => Bind(changes)).Failures.ShouldHaveSingleItem();

    [Fact]
    public void a_key_a_day_and_a_price_are_enough()
    {
        var options = Bind();
        options.PricePerSecond["kling-3.0"]["720p"].ShouldBe(0.084m);
        (options.PriceDate, options.Currency, options.GoodsStudio, options.BaseAddress.Host).ShouldBe((new DateOnly(2026, 11, 1), "USD", false, "api-singapore.klingai.com"));
        KlingModels.Offered(options).ShouldHaveSingleItem().Id.ShouldBe("kling-3.0");
    }

    [Theory]
    [InlineData("ApiKey", null, "ApiKey is missing")]
    [InlineData("BaseAddress", "http://kling.example", "must be an https address")]
    [InlineData("Currency", "dollars", "no currency of ISO 4217")]
    [InlineData("PriceDate", null, "PriceDate is missing")]
    [InlineData("PricePerSecond:kling-3.0:720p", null, "without one no model is offered")]
    [InlineData("PricePerSecond:kling-3.0:720p", "0", "must be above 0")]
    [InlineData("PricePerSecond:kling-3.0:480p", "0.1", "no known resolution")]
    [InlineData("PricePerSecond:kling-3.0-turbo:4k", "0.1", "no known resolution")]
    [InlineData("PricePerSecond:kling-9:720p", "0.1", "no known model")]
    [InlineData("Models:0", "kling-9", "is not known")]
    [InlineData("Models:0", "kling-3.0-turbo", "whose price is not known")]
    [InlineData("Models:0", "goods-studio", "GoodsStudio to true")]
    [InlineData("GoodsStudio", "true", "PricePerSecond:goods-studio:1080p")]
    public void each_mistake_is_named_with_the_way_out(string key, string? value, string said) => Mistake((key, value)).ShouldContain(said);

    [Fact]
    public void a_price_alone_does_not_switch_the_product_clips_on()
    {
        KlingModels.Offered(Bind(("PricePerSecond:goods-studio:720p", "0.3"))).ShouldNotContain(model => model.Id == "goods-studio");
        KlingModels.Offered(Bind(("PricePerSecond:goods-studio:720p", "0.3"), ("GoodsStudio", "true"))).ShouldContain(model => model.Id == "goods-studio");
    }
}
