using System.Globalization;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>
/// The renderer's goals, measured in one run. Costs are CPU seconds of whole process trees; rivals run in turn, and the median of the
/// pairs' ratios counts, so
/// that a busy machine disturbs both alike.
/// </summary>
internal static class RendererBenchmark
{
    public static async Task<int> RunAsync(bool quick)
    {
        var ffmpeg = FfmpegTool.Find(null, null);
        var folder = Directory.CreateTempSubdirectory("productvideo-benchmark-").FullName;
        try
        {
            BenchmarkClip.MakePhotos(folder);
            ChildRun.Self("frames-once", folder);
            var report = new Report();
            var peak = 0.0;

            // A server renders in a process that has rendered before; what its very first clip costs more is shown beside it.
            foreach (var (preset, goal, times) in new[] { ("veryfast", 1.25, quick ? 3 : 7), ("medium", 1.12, quick ? 1 : 5) })
            {
                var runs = Runs(times, () => Clip(preset, times: 2), () => Opponents.EncoderAlone(ffmpeg, folder, preset).CpuSeconds);
                report.Ratio($"clip / x264 {preset} alone, CPU", goal, [.. runs.Select(run => (run.Clip.LastClipSeconds, run.Alone))]);
                report.Ratio(
                    $"first clip of a process / x264 {preset} alone, CPU", null,
                    [.. runs.Select(run => (run.Clip.CpuSeconds - run.Clip.LastClipSeconds, run.Alone))]);
            }

            report.Ratio(
                "clip / ffmpeg filter graph, CPU",
                0.75,
                [.. Runs(quick ? 1 : 5, () => Clip("veryfast", times: 1), () => Opponents.FilterGraph(ffmpeg, folder).CpuSeconds)
                    .Select(run => (run.Clip.CpuSeconds, run.Alone))]);

            var (acceleration, backwards, steps) = Smoothness.Measure(folder);
            report.AtMost("wrong acceleration, px/frame2 rms", 0.05, acceleration);
            report.AtMost(string.Create(CultureInfo.InvariantCulture, $"steps backwards, of {steps}"), 0, backwards);

            var (mean, worst, frames) = Fidelity.Measure(folder, quick ? 15 : 5);
            report.AtLeast(string.Create(CultureInfo.InvariantCulture, $"SSIM-Y against float Lanczos, mean of {frames} frames"), 0.992, mean);
            report.AtLeast("SSIM-Y, worst frame", 0.975, worst);
            report.AtMost("peak RSS of the rendering process, MB", 200, peak);

            await Console.Out.WriteLineAsync(report.ToString());
            return report.AllMet ? 0 : 1;

            ChildCost Clip(string preset, int times)
            {
                var cost = ChildRun.Self("render", folder, preset, times.ToString(CultureInfo.InvariantCulture), ffmpeg.FfmpegPath, ffmpeg.FfprobePath);
                peak = Math.Max(peak, cost.PeakMegabytes);
                return cost;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<(ChildCost Clip, double Alone)> Runs(int count, Func<ChildCost> clip, Func<double> rival)
    {
        var runs = new List<(ChildCost, double)>();
        for (var i = 0; i < count; i++)
        {
            // Who goes first changes, so that neither always finds the warmer machine.
            if (i % 2 == 0)
            {
                var cost = clip();
                runs.Add((cost, rival()));
            }
            else
            {
                var other = rival();
                runs.Add((clip(), other));
            }
        }

        return runs;
    }
}
