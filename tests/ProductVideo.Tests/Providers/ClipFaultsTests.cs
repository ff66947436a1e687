using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using ProductVideo.Conformance.Providers.GeminiOmni;
using ProductVideo.Conformance.Providers.Kling;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.Conformance.Providers.Runway;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers.DashScope;
using ProductVideo.Providers.Fal;
using ProductVideo.Providers.GeminiOmni;
using ProductVideo.Providers.Kling;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Providers.OpenRouter;
using ProductVideo.Providers.Replicate;
using ProductVideo.Providers.Runway;
using ProductVideo.Providers.Seedance;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Providers;

/// <summary>What goes wrong between "it is ready" and our storage, through every adapter and the whole pipeline: nothing is paid for again.</summary>
public sealed class ClipFaultsTests
{
    /// <summary>One line each.</summary>
    private static readonly Dictionary<string, Service> Services = new(StringComparer.Ordinal)
    {
        ["happyhorse"] = new(() => new FakeDashScope(), services => services.AddHappyHorse(), "HappyHorse", ""),
        ["wan"] = new(() => new FakeDashScope(), services => services.AddWan(), "Wan", ""),
        ["seedance"] = new(() => new FakeArk(), services => services.AddSeedance(), "Seedance", "api/v3"),
        ["kling"] = new(
            () => new FakeKling(), services => services.AddKling(), "Kling", "", ("PricePerSecond:kling-3.0:720p", "0.1"), ("PriceDate", "2026-11-01")),
        ["runway"] = new(() => new FakeRunway(), services => services.AddRunway(), "Runway", ""),
        ["fal"] = new(
            () => new FakeFal(), services => services.AddFal(), "Fal", "",
            ("Models:0:Id", "fal-ai/wan/v2.7/image-to-video"), ("Models:0:PricePerSecond", "0.1")),
        ["replicate"] = new(
            () => new FakeReplicate(), services => services.AddReplicate(), "Replicate", "v1",
            ("Models:0:Id", FakeReplicate.Model), ("Models:0:Seconds:0", "5"), ("Models:0:PricePerSecond:any", "0.1"), ("PriceDate", "2026-11-01")),
        ["gemini-omni"] = new(
            () => new FakeGeminiOmni(), services => services.AddGeminiOmni(), "GeminiOmni", "v1",
            ("PricePerSecond:gemini-omni-1.1-flash:720p", "0.1"), ("PriceDate", "2026-11-01")),
        ["openrouter"] = new(() => new FakeOpenRouter(), services => services.AddOpenRouter(), "OpenRouter", "api/v1", ("Models:0", OpenRouterModels.BySound)),
        ["gpu"] = new(
            () => new FakeVideosServer(VideosSoftware.VllmOmni), services => services.AddOpenAiVideos("gpu"), "OpenAiVideos:Servers:gpu", "",
            ("Preset", "vllm-omni"), ("Models:0:Id", "Wan-AI/Wan2.2-TI2V-5B-Diffusers"), ("Currency", "USD"), ("PricePerSecond", "0.01")),
    };

    private static readonly Lazy<byte[]> Five = new(() => Film(seconds: 5));
    private static readonly Lazy<byte[]> One = new(() => Film(seconds: 1));

    public static TheoryData<string> Providers => [.. Services.Keys];

    public static TheoryData<string, ClipFault> PassingFaults => new(
        from provider in Services.Keys from fault in (ClipFault[])[ClipFault.Expired, ClipFault.Truncated, ClipFault.Html] select (provider, fault));

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task a_clip_that_does_not_come_is_tried_for_again_and_never_ordered_again(string provider, ClipFault fault)
    {
        await using var world = await World.OpenAsync(provider, Five.Value);
        world.Fake.ClipFault = fault;
        var waiting = await world.OrderAsync();
        (waiting.State is Fetching or GenerationState.Rendering { FetchingSince: not null }).ShouldBeTrue(waiting.State.ToString());
        var problem = GenerationFacts.Problem(waiting).ShouldNotBeNull();
        problem.Code.ShouldBe("clip_unreachable");
        problem.MerchantText.ShouldNotBeNullOrWhiteSpace();

        world.Fake.ClipFault = ClipFault.None;
        (await world.LaterAsync(waiting.Id)).State.ShouldBeOfType<AwaitingReview>();
        world.Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task bytes_that_are_no_video_end_it_and_count_as_spent(string provider)
    {
        await using var world = await World.OpenAsync(provider, Five.Value);
        world.Fake.ClipFault = ClipFault.NoVideo;
        // Once more, for it may have been cut short on its way.
        var waiting = await world.OrderAsync();
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_unreadable");
        var failed = (await world.LaterAsync(waiting.Id)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_unreadable", true));
        world.Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task a_clip_of_another_length_than_ordered_is_caught_before_anybody_sees_it(string provider)
    {
        await using var world = await World.OpenAsync(provider, One.Value);
        var failed = (await world.OrderAsync()).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_failed_checks", true));
        failed.Problem.MerchantText.ShouldContain("length", Case.Insensitive);
        world.Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task a_task_that_never_ends_is_left_to_a_person(string provider)
    {
        await using var world = await World.OpenAsync(provider, Five.Value);
        world.Fake.FinishesAtOnce = false;
        var order = await world.OrderAsync();
        order.State.ShouldBeOfType<GenerationState.Rendering>();
        world.Fake.Tasks[0].State = FakeTaskState.Running;
        for (var looks = 0; order.State is GenerationState.Rendering && looks < 15; looks++)
            order = await world.LaterAsync(order.Id);
        order.State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("render_too_long");
        world.Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [InlineData("seedance")]
    [InlineData("runway")]
    [InlineData("fal")]
    public async Task a_task_that_waits_for_hours_in_its_providers_queue_is_brought_home_when_it_is_made(string provider)
    {
        await using var world = await World.OpenAsync(provider, Five.Value);
        world.Fake.FinishesAtOnce = false;
        var order = await world.OrderAsync();
        (await world.LaterAsync(order.Id, TimeSpan.FromHours(5))).State.ShouldBeOfType<GenerationState.Rendering>();
        world.Fake.Tasks[0].State = FakeTaskState.Running;
        (await world.LaterAsync(order.Id, TimeSpan.FromHours(1))).State.ShouldBeOfType<GenerationState.Rendering>();
        world.Fake.Finish(world.Fake.Tasks[0].Id);
        (await world.LaterAsync(order.Id)).State.ShouldBeOfType<AwaitingReview>();
        world.Fake.Submits.ShouldBe(1);
    }

    private static byte[] Film(int seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg")
        {
            ArgumentList = { "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=24", "-t", $"{seconds}", "-pix_fmt", "yuv420p", "-preset", "ultrafast", file },
        })!;
        ffmpeg.WaitForExit();
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }

    /// <param name="Fake">Speaks its protocol.</param>
    /// <param name="Add">Switches the adapter on.</param>
    /// <param name="Section">Of its settings.</param>
    /// <param name="Path">Of its address.</param>
    /// <param name="More">Settings besides.</param>
    private sealed record Service(
        Func<FakeProvider> Fake, Action<IServiceCollection> Add, string Section, string Path, params (string Name, string Value)[] More);

    private sealed class World : IAsyncDisposable
    {
        private readonly string _provider;
        private readonly PipelineFixture _pipeline;

        private World(string provider, FakeProvider fake, PipelineFixture pipeline) => (_provider, Fake, _pipeline) = (provider, fake, pipeline);

        public FakeProvider Fake { get; }

        public static async Task<World> OpenAsync(string provider, byte[] clip)
        {
            var service = Services[provider];
            var fake = service.Fake();
            (fake.Clip, fake.FinishesAtOnce) = (clip, true);
            await fake.StartAsync();
            var at = $"ProductVideo:{service.Section}:";
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [at + "ApiKey"] = FakeProvider.ApiKey,
                [at + "BaseAddress"] = new Uri(fake.Address, service.Path).AbsoluteUri,
                ["ProductVideo:Pipeline:LoopbackAllowed:0"] = fake.Address.Authority,
                // The fakes finish at once.
                ["ProductVideo:Pipeline:LongestFirstLook"] = "00:00:00",
            };
            foreach (var (name, value) in service.More)
                settings[at + name] = value;
            var pipeline = new PipelineFixture
            {
                Add = services =>
                {
                    services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
                    service.Add(services);
                },
            };
            await pipeline.InitializeAsync();
            // What a provider must know before any order comes.
            foreach (var early in pipeline.Get<IEnumerable<IHostedService>>().OfType<IHostedLifecycleService>())
                await early.StartingAsync(CancellationToken.None);
            return new World(provider, fake, pipeline);
        }

        /// <summary>Orders five seconds and goes on until it waits; the first look at the task comes a little after the order.</summary>
        public async Task<Generation> OrderAsync()
        {
            var ordered = (await _pipeline.Get<VideoGenerations>().CreateAsync(
                new ProductRef("test", "mug"), new VideoWishes { Provider = _provider, Aspect = "16:9", Seconds = 5 },
                new Requester("tester", GenerationOrigin.Api), key: null, CancellationToken.None)).Generation;
            return await _pipeline.AdvanceAsync(ordered.Id);
        }

        public Task<Generation> LaterAsync(Guid id, TimeSpan? time = null) => _pipeline.AdvanceAfterAsync(time ?? TimeSpan.FromMinutes(10), id);

        public async ValueTask DisposeAsync()
        {
            await _pipeline.DisposeAsync();
            await Fake.DisposeAsync();
        }
    }
}
