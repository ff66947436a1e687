using System.Globalization;
using System.Text;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>What the renderer is compared with: the encoder alone, and the same clip as an ffmpeg filter graph.</summary>
internal static class Opponents
{
    private static readonly string s_size = string.Create(CultureInfo.InvariantCulture, $"{BenchmarkClip.Side}x{BenchmarkClip.Side}");

    public static ChildCost EncoderAlone(FfmpegTool ffmpeg, string folder, string preset) => ChildRun.Measure(
        ffmpeg.FfmpegPath,
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", s_size, "-framerate", "30",
            "-i", Path.Combine(folder, RenderOnce.FramesFile), .. Encoding(preset), Path.Combine(folder, "alone.mp4"),
        ]);

    /// <summary>zoompan from the full photos, xfade, drawtext: what one writes without a renderer.</summary>
    public static ChildCost FilterGraph(FfmpegTool ffmpeg, string folder)
    {
        var inputs = Enumerable.Range(0, BenchmarkClip.Moves.Length).SelectMany(i => (string[])["-i", BenchmarkClip.Photo(folder, i)]);
        var graph = new StringBuilder();
        for (var i = 0; i < BenchmarkClip.Moves.Length; i++)
        {
            graph.Append(
                CultureInfo.InvariantCulture,
                $"[{i}:v]zoompan=z='1+0.15*on/74':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d=75:s={s_size}:fps=30,setsar=1,format=yuv420p[s{i}];");
        }

        graph.Append(
            CultureInfo.InvariantCulture,
            $"color=c=0x1f2937:s={s_size}:r=30:d=2,drawtext=fontfile={Font}:text=Nordwind:fontsize=84:fontcolor=white:x=(w-tw)/2:y=(h-th)/2,format=yuv420p[s4];");
        var from = "s0";
        for (var i = 1; i <= BenchmarkClip.Moves.Length; i++)
        {
            graph.Append(CultureInfo.InvariantCulture, $"[{from}][s{i}]xfade=transition=fade:duration=0.5:offset={i * 2}[x{i}];");
            from = string.Create(CultureInfo.InvariantCulture, $"x{i}");
        }

        graph.Append(
            CultureInfo.InvariantCulture,
            $"[{from}]drawtext=fontfile={Font}:text=Stoneware mug hand-glazed in Moss:fontsize=52:x=60:y=h-200:enable='between(t,0.4,4)'[out]");
        return ChildRun.Measure(
            ffmpeg.FfmpegPath,
            [
                "-nostdin", "-hide_banner", "-loglevel", "error", "-y", .. inputs, "-filter_complex", graph.ToString(), "-map", "[out]",
                .. Encoding("veryfast"), Path.Combine(folder, "graph.mp4"),
            ]);
    }

    private static string Font => Path.Combine(AppContext.BaseDirectory, "Rendering", "Fonts", "NotoSans-Bold.ttf");

    private static string[] Encoding(string preset) =>
        ["-c:v", "libx264", "-profile:v", "high", "-preset", preset, "-crf", "20", "-threads", "1", "-pix_fmt", "yuv420p", "-movflags", "+faststart"];
}
