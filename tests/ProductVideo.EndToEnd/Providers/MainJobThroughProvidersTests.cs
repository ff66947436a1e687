using System.Net.Http.Headers;
using System.Net.Http.Json;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using ProductVideo.Conformance.Providers.GeminiOmni;
using ProductVideo.Conformance.Providers.Kling;
using ProductVideo.Conformance.Providers.LocalAi;
using ProductVideo.Conformance.Providers.OpenAiVideos;
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
    /// <summary>Has colours by which it is known again where a clip begins with none of its pictures; the white mug would wait for a person.</summary>
    private const string Vase = "terracotta-vase";

    /// <summary>Agrees to whatever the provider costs.</summary>
    private static readonly string[] _pay = ["--yes-pay", "100 USD", "--yes-pay", "100 CNY", "--yes-pay", "100 EUR"];

    private readonly string _data = Checkout.NewFolder();
    private string _product = "stoneware-mug";

    /// <summary>Of the provider, beside its key and address.</summary>
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("happyhorse", "HappyHorse")]
    [InlineData("wan", "Wan")]
    public async Task dashscope_from_order_to_listing(string provider, string section)
    {
        _product = provider is "wan" ? Vase : _product;
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, provider, section, "--resolution", "720P", "--aspect", "1:1");
        fake.Tasks[0].Order.Prompt.ShouldNotBeNullOrEmpty();
        ((bool?)fake.Tasks[0].Order.Body["parameters"]!["watermark"]).ShouldBe(false);
    }

    [Fact]
    public async Task a_clip_of_something_else_is_paid_kept_and_not_shown_to_shoppers()
    {
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await TestClip.OfSomethingElseAsync() };
        await fake.StartAsync();
        var ended = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", _product, "--provider", "happyhorse", "--resolution", "720P", "--aspect", "1:1", "--publish", "--wait", "--data", _data, .. _pay],
            Settings(fake.Address, "HappyHorse"));
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Errors.ShouldContain("Look closely before you approve: this video may show another product, or change yours.");
        ended.Output.ShouldNotContain("On its listing");
        ended.Output.ShouldContain(".mp4");
        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task happyhorse_changes_one_thing_in_the_clip_of_an_earlier_video()
    {
        _product = Vase;
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await ClipAsync() };
        await fake.StartAsync();
        var made = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", _product, "--provider", "local", "--aspect", "1:1", "--seconds", "5", "--wait", "--data", _data],
            Settings(fake.Address, "HappyHorse"));
        made.ExitCode.ShouldBe(0, made.Output + made.Errors);
        var id = made.Output.Split('\n').Single(line => line.StartsWith("  video ", StringComparison.Ordinal))[8..].Trim();

        await ShouldPublishAsync(
            fake, fake.Address, "happyhorse", "HappyHorse", "--model", "happyhorse-1.0-video-edit", "--resolution", "720P", "--change", id, "--wish", "make the floor darker");

        var body = fake.Tasks[0].Order.Body;
        body["input"]!["media"]!.AsArray().Select(media => (string?)media!["type"]).First().ShouldBe("video");
        fake.Tasks[0].Order.Prompt!.ShouldContain("make the floor darker");
        fake.Uploads.Single().Value.AsSpan(4, 4).SequenceEqual("ftyp"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task wan_ends_on_the_picture_that_was_chosen()
    {
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await ClipAsync() };
        await ShouldPublishAsync(fake, "wan", "Wan", "--resolution", "720P", "--aspect", "1:1", "--last-picture", "4");
        fake.Tasks[0].Order.Body["input"]!["media"]!.AsArray().Select(media => (string?)media!["type"]).ShouldBe(["first_frame", "last_frame"]);
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
    public async Task gemini_omni_from_order_to_listing()
    {
        _product = Vase;
        (_settings["PricePerSecond__gemini-omni-1.1-flash__720p"], _settings["PriceDate"]) = ("0.1", "2026-11-01");
        await using var fake = new FakeGeminiOmni { FinishesAtOnce = true, Clip = await ClipAsync(size: "1280x720") };
        await ShouldPublishAsync(fake, "gemini-omni", "GeminiOmni", "--aspect", "16:9", "--seconds", "5");
        fake.Downloads.ShouldBe(1);
    }

    [Fact]
    public async Task localai_from_order_to_listing()
    {
        (_settings["Models__0__Id"], _settings["Models__0__Sizes__0"], _settings["Models__0__Seconds__0"]) = ("wan", "1280x720", "5");
        _settings["PricePerSecond"] = "0";
        await using var fake = new FakeLocalAi { FinishesAtOnce = true, Clip = await ClipAsync(size: "1280x720") };
        await ShouldPublishAsync(fake, "localai", "LocalAi", "--aspect", "16:9", "--seconds", "5");
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
        _product = Vase;
        _settings["PricePerSecond__goods-studio__720p"] = "0.1";
        (_settings["PriceDate"], _settings["GoodsStudio"]) = ("2026-11-01", "true");
        await using var fake = new FakeKling { FinishesAtOnce = true, Clip = await ClipAsync(seconds: 15) };
        await ShouldPublishAsync(fake, "kling", "Kling", "--aspect", "1:1");
        var contents = fake.Tasks[0].Order.Body["contents"]!.AsArray();
        ((string?)contents.Single(part => (string?)part!["type"] == "goods_title")!["text"])!.ShouldContain("vase", Case.Insensitive);
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
    public async Task a_server_of_v1_videos_from_order_to_listing_with_an_openapi_file_held_against_every_request()
    {
        (_settings["Models__0__Id"], _settings["Models__0__Seconds__0"], _settings["Models__0__Sizes__720P__0"]) = ("film-1", "4", "1280x720");
        _settings["PricePerSecond"] = "0.1";
        await using var fake = new FakeVideosServer(VideosSoftware.Generic) { FinishesAtOnce = true, LooksAtPictures = false, Clip = await ClipAsync(seconds: 4, size: "1280x720") };
        await fake.StartAsync();
        await using var prism = await PrismProxy.StartAsync("videos.openapi.yaml", fake.Address);
        await ShouldPublishAsync(fake, prism.Address, "gateway", "OpenAiVideos__Servers__gateway", "--aspect", "16:9");
        fake.LastForm.ShouldContain("input_reference");
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
        var settings = Settings(fake.Address, "HappyHorse");
        await HostProcess.BeginAsync(_data);
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "list", "--data", _data], settings)).Output.Trim();
        await using (var host = await HostProcess.ServeAsync(_data, settings))
        {
            using var api = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            using var put = await api.PutAsJsonAsync(
                "/api/v1/shops/sample/providers", new { choices = new[] { new { provider = "happyhorse" } } }, TestContext.Current.CancellationToken);
            put.IsSuccessStatusCode.ShouldBeTrue();
        }

        var unpaid = await HostProcess.RunAsync(["generate", "--shop", "sample", "--product", _product, "--publish", "--wait", "--data", _data], settings);
        (unpaid.ExitCode, fake.Submits).ShouldBe((2, 0), unpaid.Output + unpaid.Errors);
        unpaid.Errors.ShouldMatch(@"^This video costs \d+\.\d\d USD at happyhorse, so nothing was ordered\. Say the same again with --yes-pay ""\d+\.\d\d USD"" to agree to that\.");

        var ended = await HostProcess.RunAsync(["generate", "--shop", "sample", "--product", _product, "--publish", "--wait", "--data", _data, .. _pay], settings);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("happyhorse made no video: HappyHorse refuses this product's pictures or text");
        ended.Output.ShouldContain("local takes over");
        ended.Output.ShouldContain("On its listing: /shop/sample/products/");
        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 0));
    }

    private Task<byte[]> ClipAsync(int seconds = 5, string size = "960x960") =>
        TestClip.MakeAsync(seconds, size, _product is Vase ? "terracotta-vase/front.jpg" : "stoneware-mug/chalk.jpg");

    private Dictionary<string, string> Settings(Uri address, string section)
    {
        var settings = $"PRODUCTVIDEO_ProductVideo__{section}__";
        return new(_settings.Select(one => KeyValuePair.Create(settings + one.Key, one.Value)), StringComparer.Ordinal)
        {
            [settings + "ApiKey"] = FakeProvider.ApiKey,
            [settings + "BaseAddress"] = new Uri(address, section switch { "Seedance" => "/api/v3", "Replicate" or "GeminiOmni" => "/v1", "OpenRouter" => "/api/v1", _ => "/" }).AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = address.Authority,
        };
    }

    private async Task ShouldPublishAsync(FakeProvider fake, string provider, string section, params string[] more)
    {
        await fake.StartAsync();
        await ShouldPublishAsync(fake, fake.Address, provider, section, more);
    }

    private async Task ShouldPublishAsync(FakeProvider fake, Uri address, string provider, string section, params string[] more)
    {
        var ended = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", _product, "--provider", provider, "--publish", "--wait", "--data", _data, .. _pay, .. more],
            Settings(address, section));
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("On its listing: /shop/sample/products/");
        (ended.Output + ended.Errors).ShouldNotContain(FakeProvider.ApiKey);
        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 1));
    }
}
