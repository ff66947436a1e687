using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Clips;
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

    /// <summary>Moving, with a sound.</summary>
    private const string Sounding = "testsrc2=size=320x320:rate=24[out0];sine=frequency=440[out1]";

    /// <summary>As a model codes its clips of 1080 lines.</summary>
    private const string TenBits = "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p10le -tag:v hvc1";

    [Theory]
    [InlineData(TenBits, "hevc yuv420p10le")]
    [InlineData("-pix_fmt yuv444p", "h264 yuv444p")]
    public async Task a_clip_that_is_only_coded_otherwise_is_coded_anew_and_kept(string coding, string cameAs)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var clip = (await FetchedAsync(pipeline, Sounding, seconds: 5, coding)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "codec").ShouldBe(new ClipCheck("codec", Passed: true, $"h264 yuv420p, coded anew from {cameAs}"));
        clip.Seconds.ShouldBe(5, 0.1m);

        var stored = (await pipeline.Get<IBlobStore>().ReadAsync(clip.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull().ToArray();
        (stored.LongLength, Convert.ToHexStringLower(SHA256.HashData(stored))).ShouldBe((clip.Length, clip.Sha256));
        (await pipeline.ClipsAsync()).ShouldBe([clip.BlobKey, clip.PosterKey], ignoreOrder: true);
        var file = Path.Combine(_folder, "stored.mp4");
        await File.WriteAllBytesAsync(file, stored, TestContext.Current.CancellationToken);
        var facts = await pipeline.Get<FfmpegTool>().ProbeAsync(file, TestContext.Current.CancellationToken);
        (facts.Codec, facts.PixelFormat, facts.ColorRange, facts.ColorSpace, facts.HasAudio, facts.Frames).ShouldBe(("h264", "yuv420p", "tv", "bt709", true, 120L));
        pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("testsrc2=size=320x320:rate=24", 3, TenBits)]
    [InlineData("testsrc2=size=320x320:rate=24", 5, TenBits + " -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc")]
    [InlineData("testsrc2=size=320x320:rate=24", 5, "-c:v mpeg4")]
    public async Task a_clip_of_another_length_or_light_or_of_a_rare_coding_is_refused_as_it_is(string filter, int seconds, string coding)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var failed = (await FetchedAsync(pipeline, filter, seconds, coding)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_failed_checks", true));
        failed.Problem.OperatorText.ShouldContain("codec: ");
        (await pipeline.ClipsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_that_cant_be_coded_anew_is_refused_for_its_coding()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exit 1");
        var failed = (await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=24", seconds: 5, TenBits)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_failed_checks", true));
        failed.Problem.OperatorText.ShouldContain("codec: hevc yuv420p10le");
    }

    [Fact]
    public async Task a_clip_that_comes_while_another_is_coded_anew_waits_without_a_place_and_is_fetched_later()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var (begun, goOn) = (Path.Combine(_folder, "begun"), Path.Combine(_folder, "go-on"));
        await using var pipeline = await StartAsync($"""
            case "$*" in *libx264*) touch '{begun}'; until [ -e '{goOn}' ]; do sleep 0.05; done;; esac
            exec '{Machine.FfmpegPath}' "$@"
            """);
        pipeline.Shop.Add("cup", ("cup.jpg", PipelineFixture.Picture(900, 700)), ("cup-back.jpg", PipelineFixture.Picture(700, 900)));
        var (clip, other) = ((ClipSource.Stored)await ForeignAsync(pipeline), (ClipSource.Stored)await ForeignAsync(pipeline));
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
        while (!File.Exists(begun))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([other]);
        var waiting = await pipeline.AdvanceAsync((await OrderAsync(pipeline, "cup")).Id);
        first.IsCompleted.ShouldBeFalse();
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_awaits_coding");
        (waiting.DueAt - pipeline.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(30));

        // It is not even brought once more while the other one is coded.
        var blobs = pipeline.Get<IBlobStore>();
        var bytes = (await blobs.ReadAsync(other.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await blobs.DeleteAsync(other.BlobKey, TestContext.Current.CancellationToken);
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromSeconds(30), waiting.Id)).State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_awaits_coding");
        using (var content = new MemoryStream(bytes.ToArray(), writable: false))
            await blobs.PutAsync(other.BlobKey, content, "video/mp4", PutMode.Replace, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(goOn, "", TestContext.Current.CancellationToken);
        (await first).State.ShouldBeOfType<AwaitingReview>();
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromSeconds(30), waiting.Id)).State.ShouldBeOfType<AwaitingReview>();
        pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1", "disk_full", "Make room")]
    [InlineData("kill -9 $$", "render_stopped", "too little memory")]
    public async Task what_the_server_lacked_while_it_coded_is_told_as_that_and_the_clip_is_fetched_later(string coding, string code, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var mended = Path.Combine(_folder, "mended");
        await using var pipeline = await StartAsync($"""
            [ -e '{mended}' ] || case "$*" in *libx264*) {coding};; esac
            exec '{Machine.FfmpegPath}' "$@"
            """);
        var waiting = await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=24", seconds: 5, TenBits);
        var problem = waiting.State.ShouldBeOfType<Fetching>().LastProblem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        problem.MerchantText.ShouldContain(text);
        await File.WriteAllTextAsync(mended, "", TestContext.Current.CancellationToken);
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), waiting.Id)).State.ShouldBeOfType<AwaitingReview>();
    }

    private static Task<ClipSource> ForeignAsync(PipelineFixture pipeline) => pipeline.ReadyClipAsync("testsrc2=size=320x320:rate=24", seconds: 5, TenBits);

    private static async Task<Generation> OrderAsync(PipelineFixture pipeline, string product) => (await pipeline.Get<VideoGenerations>().CreateAsync(
        new ProductRef("test", product), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
        TestContext.Current.CancellationToken)).Generation;

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

    private static async Task<Generation> FetchedAsync(PipelineFixture pipeline, string filter, int seconds, string coding = "-pix_fmt yuv420p")
    {
        var clip = await pipeline.ReadyClipAsync(filter, seconds, coding);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        return await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
    }

    private static FfmpegTool Machine { get; } = new ServiceCollection().AddCheckedFfmpeg().BuildServiceProvider().GetRequiredService<FfmpegTool>();

    /// <summary>A pipeline whose ffprobe is the machine's, and whose ffmpeg only does what is said.</summary>
    private async Task<PipelineFixture> StartAsync(string ffmpeg)
    {
        var tool = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{ffmpeg}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var pipeline = new PipelineFixture
        {
            Add = services => services.AddSingleton(FfmpegTool.AlreadyChecked(tool, Machine.FfprobePath, TimeSpan.FromSeconds(3))),
        };
        await pipeline.InitializeAsync();
        return pipeline;
    }
}
