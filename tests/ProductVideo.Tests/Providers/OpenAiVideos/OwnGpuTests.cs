using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

/// <summary>The whole pipeline against a server of one's own, on this very machine: its picture must have the exact size, its clip asks for the key.</summary>
public sealed class OwnGpuTests : IAsyncLifetime
{
    private readonly FakeVideosServer _fake = new(VideosSoftware.VllmOmni);
    private readonly PipelineFixture _pipeline;

    public OwnGpuTests() => _pipeline = new PipelineFixture
    {
        Signs = true,
        Add = services => services.AddOpenAiVideos("studio", server =>
        {
            (server.BaseAddress, server.ApiKey, server.Preset, server.PricePerSecond) = (_fake.Address, FakeProvider.ApiKey, "vllm-omni", 0);
            var model = new OpenAiVideosModel { Id = "own-model", Sizes = { ["320P"] = ["320x320"] } };
            model.Seconds.Add(5);
            server.Models.Add(model);
        }),
    };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        await _pipeline.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        await _fake.DisposeAsync();
    }

    private async Task<Generation> FinishedAsync()
    {
        var ordered = await _pipeline.OrderAsync(provider: "studio");
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _fake.Finish(_fake.Tasks.ShouldHaveSingleItem().Id);
        return ordered;
    }

    private async Task<byte[]> FilmAsync()
    {
        var stored = (await _pipeline.ReadyClipAsync()).ShouldBeOfType<ClipSource.Stored>();
        await using var film = await _pipeline.Get<IBlobStore>().OpenAsync(stored.BlobKey, CancellationToken.None);
        using var bytes = new MemoryStream();
        await film!.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [Fact]
    public async Task a_product_is_filmed_from_a_fitted_picture_and_its_clip_brought_home_with_the_key()
    {
        _fake.Clip = await FilmAsync();
        var ordered = await FinishedAsync();
        var review = (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        // With the mark of a drawn clip, and signed.
        review.Clip.Length.ShouldBeGreaterThan(_fake.Clip.Length + AiMark.Mp4Box().Length);
        review.Clip.Checks.Where(check => check.Name is AiMark.Check or AiMark.Signature).ShouldAllBe(check => check.Passed);
        _fake.Submits.ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_that_cant_be_fetched_yet_is_fetched_later_and_never_ordered_again()
    {
        (_fake.Clip, _fake.ContentType) = (await FilmAsync(), "text/html");
        var ordered = await FinishedAsync();
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), ordered.Id)).State.ShouldNotBeOfType<AwaitingReview>();
        _fake.ContentType = "video/mp4";
        for (var tries = 0; tries < 5 && (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered.Id)).State is not AwaitingReview; tries++)
            _fake.Submits.ShouldBe(1);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        _fake.Submits.ShouldBe(1);
    }
}
