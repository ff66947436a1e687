using System.Globalization;
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

            report.Ratio(
                "clip / x264 veryfast alone, CPU",
                1.25,
                Pairs(quick ? 3 : 5, () => Clip("veryfast"), () => Opponents.EncoderAlone(ffmpeg, folder, "veryfast")));
            report.Ratio(
                "clip / x264 medium alone, CPU",
                1.12,
                Pairs(quick ? 1 : 5, () => Clip("medium"), () => Opponents.EncoderAlone(ffmpeg, folder, "medium")));
            report.Ratio(
                "clip / ffmpeg filter graph, CPU",
                0.75,
                Pairs(quick ? 1 : 5, () => Clip("veryfast"), () => Opponents.FilterGraph(ffmpeg, folder)));

            var (acceleration, backwards, steps) = Smoothness.Measure(folder);
            report.AtMost("wrong acceleration, px/frame2 rms", 0.05, acceleration);
            report.AtMost(string.Create(CultureInfo.InvariantCulture, $"steps backwards, of {steps}"), 0, backwards);

            var (mean, worst, frames) = Fidelity.Measure(folder, quick ? 15 : 5);
            report.AtLeast(string.Create(CultureInfo.InvariantCulture, $"SSIM-Y against float Lanczos, mean of {frames} frames"), 0.992, mean);
            report.AtLeast("SSIM-Y, worst frame", 0.975, worst);
            report.AtMost("peak RSS of the rendering process, MB", 200, peak);

            await Console.Out.WriteLineAsync(report.ToString());
            return report.AllMet ? 0 : 1;

            ChildCost Clip(string preset)
            {
                var cost = ChildRun.Self("render-once", folder, preset, ffmpeg.FfmpegPath, ffmpeg.FfprobePath);
                peak = Math.Max(peak, cost.PeakMegabytes);
                return cost;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<(double A, double B)> Pairs(int count, Func<ChildCost> a, Func<ChildCost> b)
    {
        var pairs = new List<(double, double)>();
        for (var i = 0; i < count; i++)
        {
            // Who goes first changes, so that neither always finds the warmer machine.
            var (first, second) = i % 2 == 0 ? (a, b) : (b, a);
            var (one, two) = (first().CpuSeconds, second().CpuSeconds);
            pairs.Add(i % 2 == 0 ? (one, two) : (two, one));
        }

        return pairs;
    }
}
