using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using ProductVideo.Conformance.Providers.Kling;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.Conformance.Providers.Runway;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>The real program makes a video of the sample shop with each provider's service in another process's place, up to the listing.</summary>
public sealed class MainJobThroughProvidersTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    /// <summary>Of the provider, beside its key and address.</summary>
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("happyhorse", "HappyHorse")]
    [InlineData("wan", "Wan")]
    public async Task dashscope_from_order_to_listing(string provider, string section)
    {
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, provider, section, "--resolution", "720P", "--aspect", "1:1");
        fake.Tasks[0].Order.Prompt.ShouldNotBeNullOrEmpty();
        ((bool?)fake.Tasks[0].Order.Body["parameters"]!["watermark"]).ShouldBe(false);
    }

    [Fact]
    public async Task seedance_from_order_to_listing()
    {
        await using var fake = new FakeArk { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "seedance", "Seedance", "--resolution", "720p", "--aspect", "1:1", "--model", "seedance-1-5-pro-251215");
        ((bool?)fake.Tasks[0].Order.Body["generate_audio"]).ShouldBe(false);
    }

    [Fact]
    public async Task runway_from_order_to_listing()
    {
        await using var fake = new FakeRunway { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "runway", "Runway", "--aspect", "1:1");
        ((string?)fake.Tasks[0].Order.Body["ratio"]).ShouldBe("960:960");
    }

    [Fact]
    public async Task fal_from_order_to_listing()
    {
        await using var fake = new FakeFal { FinishesAtOnce = true, Clip = await ClipAsync() };
        (_settings["Models__0__Id"], _settings["Models__0__PricePerSecond"]) = ("fal-ai/wan/v2.7/image-to-video", "0.1");
        await ShouldPublishAsync(fake, "fal", "Fal", "--resolution", "720p", "--aspect", "1:1");
        (fake.NeverTriedAgain, (string?)fake.Tasks[0].Order.Body["duration"]).ShouldBe((true, "5"));
    }

    [Fact]
    public async Task kling_from_order_to_listing()
    {
        _settings["PricePerSecond__kling-3.0__720p"] = "0.1";
        _settings["PriceDate"] = "2026-11-01";
        await using var fake = new FakeKling { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "kling", "Kling", "--aspect", "1:1", "--seconds", "5");
        ((string?)fake.Tasks[0].Order.Body["contents"]![1]!["type"]).ShouldBe("first_frame");
    }

    [Fact]
    public async Task kling_makes_a_product_clip_of_the_listings_words()
    {
        _settings["PricePerSecond__goods-studio__720p"] = "0.1";
        (_settings["PriceDate"], _settings["GoodsStudio"]) = ("2026-11-01", "true");
        await using var fake = new FakeKling { FinishesAtOnce = true, Clip = await ClipAsync(seconds: 15) };
        await ShouldPublishAsync(fake, "kling", "Kling", "--aspect", "1:1");
        var contents = fake.Tasks[0].Order.Body["contents"]!.AsArray();
        ((string?)contents.Single(part => (string?)part!["type"] == "goods_title")!["text"])!.ShouldContain("mug", Case.Insensitive);
        contents.ShouldContain(part => (string?)part!["type"] == "goods_description");
    }

    [Fact]
    public async Task replicate_from_order_to_listing()
    {
        (_settings["Models__0__Id"], _settings["Models__0__Seconds__0"], _settings["Models__0__PricePerSecond__any"]) = (FakeReplicate.Model, "5", "0.1");
        (_settings["Models__0__Extra__fps"], _settings["PriceDate"]) = ("24", "2026-11-01");
        await using var fake = new FakeReplicate { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "replicate", "Replicate", "--aspect", "1:1");
        ((int?)fake.Tasks[0].Order.Body["input"]!["fps"]).ShouldBe(24);
    }

    [Fact]
    public async Task openrouter_from_its_list_to_the_listing()
    {
        _settings["Models__0"] = OpenRouterModels.BySound;
        await using var fake = new FakeOpenRouter { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "openrouter", "OpenRouter", "--resolution", "720p", "--aspect", "1:1", "--seconds", "5");
        ((bool?)fake.Tasks[0].Order.Body["generate_audio"]).ShouldBe(false);
    }

    [Fact]
    public async Task what_the_first_provider_of_the_list_refuses_the_local_renderer_makes()
    {
        await using var fake = new FakeDashScope { SubmitFault = SubmitFault.Moderated };
        await fake.StartAsync();
        var settings = Settings(fake, "HappyHorse");
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "list", "--data", _data], settings)).Output.Trim();
        await using (var host = await HostProcess.ServeAsync(_data, settings))
        {
            using var api = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            using var put = await api.PutAsJsonAsync(
                "/api/v1/shops/sample/providers", new { choices = new[] { new { provider = "happyhorse" } } }, TestContext.Current.CancellationToken);
            put.IsSuccessStatusCode.ShouldBeTrue();
        }

        var ended = await HostProcess.RunAsync(["generate", "--shop", "sample", "--product", "stoneware-mug", "--publish", "--wait", "--data", _data], settings);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("happyhorse made no video: HappyHorse refuses this product's pictures or text");
        ended.Output.ShouldContain("local takes over");
        ended.Output.ShouldContain("On its listing: /shop/sample/products/");
        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 0));
    }

    private Dictionary<string, string> Settings(FakeProvider fake, string section)
    {
        var settings = $"PRODUCTVIDEO_ProductVideo__{section}__";
        return new(_settings.Select(one => KeyValuePair.Create(settings + one.Key, one.Value)), StringComparer.Ordinal)
        {
            [settings + "ApiKey"] = FakeProvider.ApiKey,
            [settings + "BaseAddress"] = new Uri(fake.Address, section switch { "Seedance" => "/api/v3", "Replicate" => "/v1", "OpenRouter" => "/api/v1", _ => "/" }).AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = fake.Address.Authority,
        };
    }

    private async Task ShouldPublishAsync(FakeProvider fake, string provider, string section, params string[] more)
    {
        await fake.StartAsync();
        var ended = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", "stoneware-mug", "--provider", provider, "--publish", "--wait", "--data", _data, .. more],
            Settings(fake, section));
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("On its listing: /shop/sample/products/");
        (ended.Output + ended.Errors).ShouldNotContain(FakeProvider.ApiKey);
        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 1));
    }

    /// <summary>A square in motion, with the track that nobody asked for.</summary>
    private async Task<byte[]> ClipAsync(int seconds = 5)
    {
        var length = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var file = Path.Combine(_data, "clip.mp4");
        var start = new ProcessStartInfo("ffmpeg");
        foreach (var argument in (string[])
            ["-v", "error", "-f", "lavfi", "-i", $"testsrc2=s=960x960:r=24:d={length}", "-f", "lavfi", "-i", $"sine=d={length}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest", file])
            start.ArgumentList.Add(argument);
        using var ffmpeg = Process.Start(start)!;
        await ffmpeg.WaitForExitAsync();
        ffmpeg.ExitCode.ShouldBe(0);
        return await File.ReadAllBytesAsync(file);
    }
}
