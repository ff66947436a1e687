using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using ProductVideo.Clips;

namespace ProductVideo.Chaos.Outside;

/// <summary>Small real files, made once a run with ffmpeg. A task's clip ends in an empty box with its id, so that no two tasks' bytes are alike.</summary>
internal sealed class Films
{
    public const int BoxLength = 64;

    /// <summary>The file of the right clip, without a task's box.</summary>
    public const string Clip = "clip.mp4";

    private readonly byte[] _clip;
    private readonly byte[] _short;
    private readonly byte[] _black;

    private Films(byte[] clip, byte[] tooShort, byte[] black, byte[] picture) => (_clip, _short, _black, Picture) = (clip, tooShort, black, picture);

    /// <summary>A product's photograph, JPEG.</summary>
    public byte[] Picture { get; }

    public static async Task<Films> MakeAsync(string folder) => new(
        await MakeAsync(folder, Clip, "testsrc2=size=320x320:rate=10", "-t", "5", "-pix_fmt", "yuv420p"),
        await MakeAsync(folder, "short.mp4", "testsrc2=size=320x320:rate=10", "-t", "1", "-pix_fmt", "yuv420p"),
        await MakeAsync(folder, "black.mp4", "color=black:size=320x320:rate=10", "-t", "5", "-pix_fmt", "yuv420p"),
        await MakeAsync(folder, "picture.jpg", "testsrc2=size=480x480", "-frames:v", "1", "-q:v", "5"));

    public byte[] Of(RemoteTask task) => task.FileFault switch
    {
        FileFault.HtmlAsVideo => Encoding.UTF8.GetBytes($"<!doctype html><title>Sign in</title><p>{task.Id}</p>{new string(' ', BoxLength)}"),
        FileFault.Empty => [],
        FileFault.Truncated => _clip[..(_clip.Length / 2)],
        FileFault.TooShort => Boxed(_short, task.Id),
        FileFault.Black => Boxed(_black, task.Id),
        _ => Boxed(_clip, task.Id),
    };

    /// <summary>Whose bytes these are, and whether they are a clip that may be shown: as it was made, with the mark of one that a model drew behind.</summary>
    public (string? Task, bool Sound) Read(byte[] bytes)
    {
        var film = Unmarked(bytes);
        if (film.Length <= BoxLength)
            return (null, false);
        var box = film[^BoxLength..];
        var task = box[4..8].SequenceEqual("free"u8) ? Encoding.ASCII.GetString(box[8..]).TrimEnd('\0') : null;
        return (task, film.Length < bytes.Length && film[..^BoxLength].SequenceEqual(_clip));
    }

    /// <summary>A clip without the mark of one that a model drew, where it has that.</summary>
    public static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = AiMark.Mp4Box();
        return bytes.EndsWith(mark) ? bytes[..^mark.Length] : bytes;
    }

    private static byte[] Boxed(byte[] film, string id)
    {
        var bytes = new byte[film.Length + BoxLength];
        film.CopyTo(bytes, 0);
        var box = bytes.AsSpan(film.Length);
        BinaryPrimitives.WriteUInt32BigEndian(box, BoxLength);
        "free"u8.CopyTo(box[4..]);
        Encoding.ASCII.GetBytes(id, box[8..]);
        return bytes;
    }

    private static async Task<byte[]> MakeAsync(string folder, string name, string source, params string[] how)
    {
        var file = Path.Combine(folder, name);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", source, .. how, file]))
            ?? throw new InvalidOperationException("ffmpeg did not start.");
        await ffmpeg.WaitForExitAsync();
        return await File.ReadAllBytesAsync(file);
    }
}
