using Microsoft.Extensions.DependencyInjection;
using NetVips;
using ProductVideo.Blobs;
using ProductVideo.Conformance;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ClipFetchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-tools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("testsrc2=size=320x320:rate=1", 600, "length: 600 s, ordered 5 s")]
    [InlineData("testsrc2=size=4200x320:rate=2", 5, "picture: 4200×320")]
    public async Task a_file_whose_headers_tell_enough_is_refused_without_being_decoded(string filter, int seconds, string found)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exit 1");
        var failed = (await FetchedAsync(pipeline, filter, seconds)).State.ShouldBeOfType<Failed>();
        failed.Problem.Code.ShouldBe("clip_failed_checks");
        failed.Problem.OperatorText.ShouldContain(found);
    }

    [Fact]
    public async Task a_clip_that_takes_too_long_to_measure_is_measured_again_when_the_machine_may_be_idle()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exec sleep 60");
        var waiting = await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=30", seconds: 5);
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_unreadable");
        (waiting.DueAt!.Value - pipeline.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(5));
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(5), waiting.Id)).State.ShouldBeOfType<Fetching>().Unmeasured.ShouldBe(2);
        pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    /// <summary>A closed box, brown; the product from the third second on; and a blue curtain at the end.</summary>
    private const string Unboxing = "color=0x96703c:size=320x320:rate=10,drawbox=x=100:y=100:w=120:h=60:color=0xb4824a:t=fill,"
        + "drawbox=x=60:y=60:w=200:h=200:color=0xb02824:t=fill:enable='between(t,2.5,4.4)',drawbox=x=200:color=0x2846a0:t=fill:enable='gt(t,4.4)'";

    [Theory]
    [InlineData(VideoModes.References, "red.jpg", true, 0xb0, 0x28, 0x24)]
    [InlineData(VideoModes.TextToVideo, "red.jpg", true, 0x28, 0x46, 0xa0)]
    [InlineData(VideoModes.References, "red.jpg", false, 0x28, 0x46, 0xa0)]
    [InlineData(VideoModes.FirstFrame, "red.jpg", true, 0x96, 0x70, 0x3c)]
    public async Task the_poster_is_the_first_picture_where_there_is_one_and_else_what_shows_the_product(VideoModes mode, string picture, bool compared, int r, int g, int b)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        pipeline.Provider.Modes = mode;
        pipeline.Get<PipelineOptions>().CompareWithPictures = compared;
        pipeline.Shop.Add("mug", (picture, Red()));
        var clip = (await FetchedAsync(pipeline, Unboxing, seconds: 5)).State.ShouldBeOfType<AwaitingReview>().Clip;

        var poster = (await pipeline.Get<IBlobStore>().ReadAsync(clip.PosterKey, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        using var image = Image.NewFromBuffer(poster.ToArray());
        var seen = image.Getpoint(230, 230);
        seen[0].ShouldBe(r, 14);
        seen[1].ShouldBe(g, 14);
        seen[2].ShouldBe(b, 14);
    }

    private static byte[] Red()
    {
        using var box = Image.Black(300, 300, bands: 3).Linear([1, 1, 1], [0xb0, 0x28, 0x24]).Cast(Enums.BandFormat.Uchar);
        using var framed = box.Embed(150, 150, 600, 600, extend: Enums.Extend.White);
        using var tagged = framed.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.JpegsaveBuffer();
    }

    private static async Task<Generation> FetchedAsync(PipelineFixture pipeline, string filter, int seconds)
    {
        var clip = await pipeline.ReadyClipAsync(filter, seconds);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        return await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
    }

    /// <summary>A pipeline whose ffprobe is the machine's, and whose ffmpeg only does what is said.</summary>
    private async Task<PipelineFixture> StartAsync(string ffmpeg)
    {
        var tool = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{ffmpeg}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var machine = new ServiceCollection().AddCheckedFfmpeg().BuildServiceProvider().GetRequiredService<FfmpegTool>();
        var pipeline = new PipelineFixture
        {
            Add = services => services.AddSingleton(FfmpegTool.AlreadyChecked(tool, machine.FfprobePath, TimeSpan.FromSeconds(3))),
        };
        await pipeline.InitializeAsync();
        return pipeline;
    }
}
