using System.Security.Cryptography;
using ProductVideo.Chaos.Outside;
using ProductVideo.Clips;
using ProductVideo.Conformance;
using ProductVideo.Rendering;

namespace ProductVideo.Chaos.Inside;

/// <summary>
/// Asks the machine's ffmpeg once for each picture content and question. The world's clips differ in their last 64 bytes only (an empty box with
/// the task's id), so these don't count, nor does the mark of a drawn clip behind them. Hundreds of clips are checked a minute; what is under
/// test is the crash, not the decoder.
/// </summary>
/// <param name="folder">Where all workers keep the answers.</param>
internal class WorldFfmpeg(string folder) : RememberingFfmpeg(AlreadyChecked("ffmpeg", "ffprobe"), folder)
{
    protected override string Name(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file), mark = AiMark.Mp4Box();
        if (bytes.EndsWith(mark))
            bytes = bytes[..^mark.Length];
        return Convert.ToHexString(SHA256.HashData(bytes[..Math.Max(0, bytes.Length - Films.BoxLength)]));
    }
}

/// <summary>A check that looks at the right clip whatever it is shown.</summary>
/// <param name="folder">Where all workers keep the answers.</param>
/// <param name="clip">The right clip.</param>
internal sealed class BlindFfmpeg(string folder, string clip) : WorldFfmpeg(folder)
{
    protected override Task<byte[]> RunAsync(string tool, string[] arguments, TimeSpan limit, int maximumBytes, CancellationToken ct) =>
        base.RunAsync(tool, [.. arguments.Select((argument, i) => i > 0 && arguments[i - 1] == "-i" ? FileUrl(clip) : argument)], limit, maximumBytes, ct);
}
