using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Fal;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Fal;

public sealed class FalSettingsTests
{
    private static IReadOnlyList<string> Mistakes(params FalModelOptions[] models)
    {
        var options = new FalOptions { ApiKey = "id:secret" };
        foreach (var model in models)
            options.Models.Add(model);
        return new FalOptionsValidation().Validate(null, options) is { Failed: true } result ? [.. result.Failures] : [];
    }

    [Fact]
    public void every_mistake_is_named_at_once_with_its_place()
    {
        var options = new FalOptions { BaseAddress = new Uri("http://queue.fal.example"), Currency = "Taler" };
        options.Models.Add(new FalModelOptions
        {
            Id = "../rest", Aspects = { "wide" }, PictureField = " ", MaxPrompt = 0, MaxNegativePrompt = -1, PricePerSecond = 0,
        });
        var failures = new FalOptionsValidation().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(10);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Fal:"));
    }

    [Fact]
    public void no_model_is_offered_by_itself_for_no_price_is_known() => Mistakes().ShouldHaveSingleItem().ShouldContain("Models is empty");

    [Fact]
    public void a_preset_needs_only_a_price()
    {
        var model = new FalModelOptions { Id = "fal-ai/wan/v2.7/image-to-video" };
        Mistakes(model).Select(mistake => mistake.Split(' ')[0]).ShouldBe(
            ["ProductVideo:Fal:Models:0:PricePerSecondAt:1080p", "ProductVideo:Fal:Models:0:PricePerSecondAt:720p"]);
        model.PricePerSecondAt["720p"] = 0.1m;
        Mistakes(model).ShouldHaveSingleItem().ShouldContain("1080p");
        model.PricePerSecond = 0.15m;
        Mistakes(model).ShouldBeEmpty();
        Mistakes(model, model).ShouldHaveSingleItem().ShouldContain("twice");
    }

    [Fact]
    public void a_price_of_no_known_resolution_is_refused_with_the_known_ones()
    {
        var wan = new FalModelOptions { Id = "fal-ai/wan/v2.7/image-to-video", PricePerSecond = 0.15m, PricePerSecondAt = { ["720P"] = 0.1m } };
        Mistakes(wan).ShouldHaveSingleItem().ShouldBe("ProductVideo:Fal:Models:0:PricePerSecondAt:720P is of no known resolution. Known are: 1080p, 720p.");
        var kling = new FalModelOptions { Id = "fal-ai/kling-video/v3/pro/image-to-video", PricePerSecond = 0.15m, PricePerSecondAt = { ["720p"] = 0.1m } };
        Mistakes(kling).ShouldHaveSingleItem().ShouldStartWith("ProductVideo:Fal:Models:0:PricePerSecondAt:720p is of no known resolution. 'fal-ai/kling-video");
    }

    [Fact]
    public void a_model_without_resolutions_has_one_price() =>
        Mistakes(new FalModelOptions { Id = "fal-ai/kling-video/v3/pro/image-to-video" }).ShouldHaveSingleItem().ShouldStartWith("ProductVideo:Fal:Models:0:PricePerSecond is missing");

    [Theory]
    [InlineData("fal-ai/wan")]
    [InlineData("fal-ai/wan/v2.7/image-to-video")]
    public void an_id_is_written_as_in_its_address(string id) => FalModel.IsId(id).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("wan")]
    [InlineData("fal-ai/../x")]
    [InlineData("fal-ai//x")]
    [InlineData("/fal-ai/wan")]
    [InlineData("fal-ai/wan?x=1")]
    [InlineData("fal-ai/wan#x")]
    [InlineData("fal-ai/wan/")]
    [InlineData("fal-ai/wan\n")]
    [InlineData("https://evil.example/wan")]
    public void what_could_leave_its_place_in_the_address_is_no_id(string id) => FalModel.IsId(id).ShouldBeFalse();

    [Fact]
    public void the_settings_are_read_as_they_are_documented()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ProductVideo:Fal:ApiKey"] = "id:secret",
            ["ProductVideo:Fal:PriceDate"] = "2026-11-01",
            ["ProductVideo:Fal:Models:0:Id"] = "fal-ai/wan/v2.7/image-to-video",
            ["ProductVideo:Fal:Models:0:PricePerSecondAt:720p"] = "0.1",
            ["ProductVideo:Fal:Models:0:PricePerSecondAt:1080p"] = "0.15",
            ["ProductVideo:Fal:Models:1:Id"] = "someone/film/image-to-video",
            ["ProductVideo:Fal:Models:1:PricePerSecond"] = "0.2",
            ["ProductVideo:Fal:Models:1:Seconds:0"] = "6",
            ["ProductVideo:Fal:Models:1:Audio"] = "Always",
        }).Build();
        using var remote = new RemoteParts();
        using var submits = new SubmitHttpClient(new SubmitOptions(), TimeProvider.System);
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton(submits).AddSingleton(remote.Blobs).AddFal().BuildServiceProvider();
        var provider = services.GetServices<IVideoProvider>().ShouldHaveSingleItem();
        provider.Models.ShouldBe(["fal-ai/wan/v2.7/image-to-video", "someone/film/image-to-video"]);
        provider.Capabilities(provider.Models[1]).Audio.ShouldBe(AudioSupport.Always);
        var price = provider.EstimatePrice(Generations.Some.Request(provider.Models[0]) with { Resolution = "1080p" });
        (price.Amount.Amount, price.PriceDate).ShouldBe((0.75m, new DateOnly(2026, 11, 1)));
    }
}
