using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Clips;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenAiVideos;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

public sealed class OpenAiVideosSettingsTests
{
    private static IReadOnlyList<string> Mistakes(OpenAiVideosServer server, string name = "studio") =>
        new OpenAiVideosValidation().Validate(name, server) is { Failed: true } result ? [.. result.Failures] : [];

    private static OpenAiVideosServer Sound(string address = "http://gpu:8091", string id = "Wan-AI/Wan2.2-I2V-A14B-Diffusers")
    {
        var server = new OpenAiVideosServer { BaseAddress = new Uri(address), PricePerSecond = 0, Preset = "vllm-omni" };
        server.Models.Add(new OpenAiVideosModel { Id = id });
        return server;
    }

    [Fact]
    public void a_known_model_needs_only_its_id() => Mistakes(Sound()).ShouldBeEmpty();

    [Fact]
    public void every_mistake_is_named_at_once_with_its_place()
    {
        var server = new OpenAiVideosServer { Preset = "sora", Currency = "Taler" };
        server.Models.Add(new OpenAiVideosModel { Id = "film-1", Family = "hunyuan", MaxPrompt = 0, Sizes = { ["720P"] = ["1280x72", "big"] } });
        var mistakes = Mistakes(server);
        mistakes.Count.ShouldBe(10);
        mistakes.ShouldAllBe(mistake => mistake.StartsWith("ProductVideo:OpenAiVideos:Servers:studio:"));
    }

    [Fact]
    public void a_price_that_nobody_named_is_not_free()
    {
        var server = Sound();
        server.PricePerSecond = null;
        Mistakes(server).ShouldHaveSingleItem().ShouldContain("PricePerSecond is missing");
        server.Models[0].PricePerSecond = 0.05m;
        Mistakes(server).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:8091", true)]
    [InlineData("http://192.168.4.20:30000/v1", true)]
    [InlineData("http://gpu:8091", true)]
    [InlineData("http://gpu.internal:8091", true)]
    [InlineData("https://videos.example.com/v1", true)]
    [InlineData("http://videos.example.com/v1", false)]
    [InlineData("http://8.8.8.8:8091", false)]
    public void a_key_travels_unencrypted_only_within_a_network_of_ones_own(string address, bool fine)
    {
        var server = Sound(address);
        server.ApiKey = "secret";
        Mistakes(server).Count.ShouldBe(fine ? 0 : 1);
    }

    [Theory]
    [InlineData("Wan-AI/Wan2.2-I2V-A14B-Diffusers", 16)]
    [InlineData("Wan-AI/Wan2.2-TI2V-5B-Diffusers", 32)]
    [InlineData("MiniMaxAI/MiniMax-H3", 32)]
    public void a_familys_sizes_divide_as_it_wants_and_pass_the_clips_own_check(string id, int step)
    {
        var sizes = ServedModel.SizesOf(new OpenAiVideosModel { Id = id });
        sizes.ShouldNotBeEmpty();
        foreach (var size in sizes)
        {
            (size.Width % step, size.Height % step).ShouldBe((0, 0), size.ToString());
            var clip = new ClipMeasurements { Length = 1, Seconds = 4, Width = size.Width, Height = size.Height, Codec = "h264", PixelFormat = "yuv420p" };
            ClipRules.Judge(clip, ServerParts.Request(id) with { Aspect = size.Aspect }).ShouldAllBe(check => check.Passed, size.ToString());
        }
    }

    [Fact]
    public void a_ratio_is_offered_only_where_every_resolution_has_it_and_the_largest_resolution_is_first()
    {
        var sizes = ServedModel.SizesOf(new OpenAiVideosModel { Id = "film-1", Sizes = { ["480P"] = ["832x480"], ["720P"] = ["1280x720", "960x960"] } });
        sizes.Select(size => (size.Resolution, size.Aspect)).ShouldBe([("720P", "16:9"), ("480P", "16:9")]);
    }

    [Fact]
    public void several_servers_are_several_providers_each_with_settings_of_its_own()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ProductVideo:OpenAiVideos:Servers:Studio:BaseAddress"] = "http://gpu:8091",
            ["ProductVideo:OpenAiVideos:Servers:Studio:Preset"] = "vllm-omni",
            ["ProductVideo:OpenAiVideos:Servers:Studio:PricePerSecond"] = "0",
            ["ProductVideo:OpenAiVideos:Servers:Studio:Models:0:Id"] = "MiniMaxAI/MiniMax-H3",
            ["ProductVideo:OpenAiVideos:Servers:gateway:BaseAddress"] = "https://videos.example.com/v1",
            ["ProductVideo:OpenAiVideos:Servers:gateway:PricePerSecond"] = "0.1",
            ["ProductVideo:OpenAiVideos:Servers:gateway:Models:0:Id"] = "film-1",
            ["ProductVideo:OpenAiVideos:Servers:gateway:Models:0:Seconds:0"] = "8",
            ["ProductVideo:OpenAiVideos:Servers:gateway:Models:0:Sizes:720P:0"] = "1280x720",
        }).Build();
        using var remote = new RemoteParts();
        using var submits = new SubmitHttpClient(new SubmitOptions(), TimeProvider.System);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging()
            .AddSingleton(TimeProvider.System).AddSingleton(submits).AddSingleton(remote.Blobs);
        foreach (var server in configuration.GetSection("ProductVideo:OpenAiVideos:Servers").GetChildren())
            services.AddOpenAiVideos(server.Key);
        using var provider = services.BuildServiceProvider();
        var servers = provider.GetServices<IVideoProvider>().OfType<OpenAiVideosProvider>().ToDictionary(one => one.Key, StringComparer.Ordinal);
        servers.Keys.ShouldBe(["studio", "gateway"], ignoreOrder: true);
        servers["studio"].ShouldBeOfType<VllmOmniProvider>().DisplayName.ShouldBe("Studio");
        servers["studio"].Capabilities("MiniMaxAI/MiniMax-H3").Audio.ShouldBe(AudioSupport.Always);
        servers["gateway"].Capabilities("film-1").Duration.Only.ShouldBe([8m]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("my server")]
    [InlineData("größe")]
    public void a_name_that_makes_no_key_is_refused(string name) => Mistakes(Sound(), name).ShouldHaveSingleItem().ShouldContain("can't name a server");
}
