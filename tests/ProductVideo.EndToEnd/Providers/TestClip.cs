using System.Diagnostics;
using System.Globalization;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>What a provider might deliver, with the track that nobody asked for.</summary>
internal static class TestClip
{
    /// <summary>A photograph of the sample shop, standing still: the mug, unless another is named.</summary>
    public static Task<byte[]> MakeAsync(int seconds = 5, string size = "960x960", string picture = "stoneware-mug/chalk.jpg")
    {
        var (width, height) = (size.Split('x')[0], size.Split('x')[1]);
        return MakeAsync(
            seconds, $"scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:-1:-1:white",
            "-loop", "1", "-framerate", "24", "-i", Path.Combine(Checkout.SampleShop, "images", picture));
    }

    /// <summary>Something else altogether: coloured bars in motion.</summary>
    public static Task<byte[]> OfSomethingElseAsync(int seconds = 5, string size = "960x960") =>
        MakeAsync(seconds, "null", "-f", "lavfi", "-i", $"testsrc2=s={size}:r=24");

    private static async Task<byte[]> MakeAsync(int seconds, string filter, params string[] picture)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("ffmpeg");
            foreach (var argument in (string[])
                ["-nostdin", "-v", "error", "-y", .. picture, "-f", "lavfi", "-i", "sine", "-t", length, "-map", "0:v", "-map", "1:a", "-vf", filter,
                    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-f", "mp4", file])
                start.ArgumentList.Add(argument);
            using var ffmpeg = Process.Start(start)!;
            await ffmpeg.WaitForExitAsync();
            ffmpeg.ExitCode.ShouldBe(0);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
