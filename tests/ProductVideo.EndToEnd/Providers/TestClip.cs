using System.Diagnostics;
using System.Globalization;
using Shouldly;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>What a provider might deliver: a picture in motion, with the track that nobody asked for.</summary>
internal static class TestClip
{
    public static async Task<byte[]> MakeAsync(int seconds = 5, string size = "960x960")
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("ffmpeg");
            foreach (var argument in (string[])
                ["-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=s={size}:r=24:d={length}", "-f", "lavfi", "-i", $"sine=d={length}",
                    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest", "-f", "mp4", file])
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
