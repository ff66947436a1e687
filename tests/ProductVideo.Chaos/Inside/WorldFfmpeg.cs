using System.Security.Cryptography;
using ProductVideo.Chaos.Outside;
using ProductVideo.Conformance;
using ProductVideo.Rendering;

namespace ProductVideo.Chaos.Inside;

/// <summary>
/// Asks the machine's ffmpeg once for each picture content and question. The world's clips differ in their last 64 bytes only (an empty box with
/// the task's id), so these don't count, nor does the mark of a drawn clip behind them. Hundreds of clips are checked a minute; what is under
/// test is the crash, not the decoder.
/// </summary>
/// <param name="tools">The folder of the world's films, where all workers keep the answers.</param>
internal class WorldFfmpeg(string tools) : RememberingFfmpeg(AlreadyChecked("ffmpeg", "ffprobe"), Directory.CreateDirectory(Path.Combine(tools, "answers")).FullName)
{
    protected override string Name(string file)
    {
        var film = Films.Unmarked(File.ReadAllBytes(file));
        return Convert.ToHexString(SHA256.HashData(film[..Math.Max(0, film.Length - Films.BoxLength)]));
    }
}

/// <summary>A check that looks at the right clip whatever it is shown.</summary>
/// <param name="tools">The folder of the world's films.</param>
internal sealed class BlindFfmpeg(string tools) : WorldFfmpeg(tools)
{
    private readonly string _clip = FileUrl(Path.Combine(tools, Films.Clip));

    protected override Task<byte[]> RunAsync(string tool, string[] arguments, TimeSpan limit, int maximumBytes, CancellationToken ct) =>
        base.RunAsync(tool, [.. arguments.Select((argument, i) => i > 0 && arguments[i - 1] == "-i" ? _clip : argument)], limit, maximumBytes, ct);
}
