using System.Globalization;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>Renders in a process of their own.</summary>
internal static class RenderOnce
{
    public const string FramesFile = "frames.yuv";

    public static int Photos(string folder)
    {
        BenchmarkClip.MakePhotos(Directory.CreateDirectory(folder).FullName);
        return 0;
    }

    /// <summary>Renders the clip so many times and says what the last took and how much memory this process took at its most.</summary>
    public static async Task<int> ClipAsync(string folder, string preset, int times, FfmpegTool ffmpeg)
    {
        var renderer = new ClipRenderer(ffmpeg);
        var before = 0.0;
        for (var i = 0; i < times; i++)
        {
            before = ChildRun.CpuSoFar();
            await renderer.RenderAsync(
                BenchmarkClip.Input(folder) with { Preset = preset },
                Path.Combine(folder, $"clip-{preset}.mp4"),
                Path.Combine(folder, "poster.jpg"),
                null,
                CancellationToken.None);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LastClip: {ChildRun.CpuSoFar() - before:0.000} s"));
        ChildRun.ReportPeak();
        return 0;
    }

    /// <summary>Writes the same frames as raw video, for the encoder alone.</summary>
    public static int Frames(string folder)
    {
        using var film = new Film(BenchmarkClip.Input(folder), VectorPaths.Best);
        using var file = File.Create(Path.Combine(folder, FramesFile));
        var frame = new Frame(BenchmarkClip.Side, BenchmarkClip.Side);
        for (var i = 0; i < film.Frames; i++)
        {
            film.Draw(i, frame);
            file.Write(frame.Bytes);
        }

        return 0;
    }
}
