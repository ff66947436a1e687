using NetVips;
using ProductVideo.Planning;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>Compares frames with what an unhurried float Lanczos filter makes of the full photos.</summary>
internal static class Fidelity
{
    /// <summary>SSIM of luma, mean and worst, over every n-th frame of the four shots.</summary>
    public static (double Mean, double Worst, int Frames) Measure(string folder, int everyNth)
    {
        var plan = new ShotPlan
        {
            Aspect = "1:1",
            Shots = BenchmarkClip.Plan.Shots,
            CrossFade = 0,
            Seconds = BenchmarkClip.Plan.Shots.Sum(shot => shot.Seconds),
        };
        using var film = new Film(BenchmarkClip.Input(folder) with { Plan = plan }, VectorPaths.Best);
        var timeline = Timeline.Of(plan, BenchmarkClip.FramesPerSecond);
        var frame = new Frame(BenchmarkClip.Side, BenchmarkClip.Side);
        var scores = new List<double>();
        float[]? photo = null;
        var loaded = -1;
        for (var i = 0; i < film.Frames; i++)
        {
            film.Draw(i, frame);
            if (i % everyNth != 0)
                continue;
            var scene = timeline.At(i).Scene;
            if (scene != loaded)
                (photo, loaded) = (ReadLuma(BenchmarkClip.Photo(folder, scene)), scene);
            var window = new CameraPath(plan.Shots[scene].Camera).At(timeline.Scenes[scene].ProgressAt(i));
            var reference = Lanczos.View(photo!, BenchmarkClip.PhotoSide, window, BenchmarkClip.Side);
            scores.Add(Ssim.Of(reference, frame.Luma, BenchmarkClip.Side, BenchmarkClip.Side));
        }

        return (scores.Average(), scores.Min(), scores.Count);
    }

    private static float[] ReadLuma(string file)
    {
        using var image = Image.NewFromFile(file, access: Enums.Access.Sequential);
        var rgb = image.WriteToMemory<byte>();
        var luma = new float[rgb.Length / 3];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (float)(16 + 219 / 255.0 * (0.2126 * rgb[i * 3] + 0.7152 * rgb[i * 3 + 1] + 0.0722 * rgb[i * 3 + 2]));
        return luma;
    }
}
