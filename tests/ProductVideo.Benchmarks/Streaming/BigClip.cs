using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using ProductVideo.Benchmarks.Measuring;

namespace ProductVideo.Benchmarks.Streaming;

/// <summary>Clips of any size: a sound film, and behind it a box that every reader passes over.</summary>
internal static class BigClip
{
    private const int Chunk = 1 << 20;

    /// <returns>A file that differs from every other one, so that each is stored anew.</returns>
    public static string Make(string folder, string film, int megabytes)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("n") + ".mp4");
        File.Copy(film, file);
        using var clip = new FileStream(file, FileMode.Append);
        var rest = (megabytes * 1_000_000L) - clip.Length;
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)rest);
        "free"u8.CopyTo(head[4..]);
        clip.Write(head);
        var noise = RandomNumberGenerator.GetBytes(Chunk);
        for (var left = rest - head.Length; left > 0; left -= Chunk)
            clip.Write(noise, 0, (int)Math.Min(left, Chunk));
        return file;
    }

    /// <summary>What <see cref="Conformance.Databases.Orders"/> orders: five seconds, square.</summary>
    public static string Film(string folder, string ffmpeg)
    {
        var file = Path.Combine(folder, "film.mp4");
        ChildRun.Measure(
            ffmpeg, "-v", "error", "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"testsrc2=s=480x480:r=30:d=5"),
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", file);
        return file;
    }
}
