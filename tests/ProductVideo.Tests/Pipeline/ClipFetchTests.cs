using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Conformance;
using ProductVideo.Generations;
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
    public async Task a_clip_that_takes_too_long_to_measure_is_measured_once_more_and_then_given_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exec sleep 60");
        var waiting = await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=30", seconds: 5);
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_unreadable");
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), waiting.Id)).State.ShouldBeOfType<Failed>().Problem.Code.ShouldBe("clip_unreadable");
        pipeline.Provider.Submits.Count.ShouldBe(1);
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
