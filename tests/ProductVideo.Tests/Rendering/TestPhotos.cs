using NetVips;
using ProductVideo.Planning;
using ProductVideo.Rendering;

namespace ProductVideo.Tests.Rendering;

/// <summary>A folder of its own for one test, with pictures drawn for it.</summary>
public sealed class TestPhotos : IDisposable
{
    public static CameraMove Slow { get; } = new(new CameraWindow(1), new CameraWindow(1.15, 0.6, 0.4));

    public string Folder { get; } = Directory.CreateTempSubdirectory("productvideo-render-").FullName;

    public string Clip => Path.Combine(Folder, "clip.mp4");

    public string Poster => Path.Combine(Folder, "poster.jpg");

    /// <summary>Colourful, with detail, different for every seed.</summary>
    public string Photo(int width, int height, int seed = 1, string extension = "png") => Save(
        width,
        height,
        3,
        (x, y, band) => (byte)(128 + 60 * Math.Sin((x * (band + 1) + seed * 40) / 17.0) + 60 * Math.Cos((y * (3 - band) + seed * 23) / 13.0)),
        FormattableString.Invariant($"photo{seed}-{width}x{height}.{extension}"));

    public string Save(int width, int height, int bands, Func<int, int, int, byte> sample, string name)
    {
        var bytes = new byte[width * height * bands];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = sample(i / bands % width, i / bands / width, i % bands);
        using var image = Image.NewFromMemory(bytes, width, height, bands, Enums.BandFormat.Uchar);
        using var tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        var path = Path.Combine(Folder, name);
        tagged.WriteToFile(path);
        return path;
    }

    /// <summary>One colour (156, 78, 39 of 255; grey 156), in more than eight bits and, but for grey, with an sRGB profile, as picture editors export it.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="bands">1 grey, 3 colour, 4 with alpha.</param>
    /// <param name="bits">A channel: 10, 12 or 16.</param>
    /// <param name="extension"><c>png</c> or <c>avif</c>.</param>
    /// <param name="alpha">Of a column, 0 to 65535; null for opaque.</param>
    public string Deep(int width, int height, int bands, int bits, string extension, Func<int, int>? alpha = null)
    {
        ushort[] colour = [156 * 257, 78 * 257, 39 * 257];
        var samples = new ushort[width * height * bands];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = i % bands == 3 ? (ushort)(alpha?.Invoke(i / bands % width) ?? 65535) : colour[i % bands];
        using var image = Image.NewFromMemory(samples, width, height, bands, Enums.BandFormat.Ushort);
        using var tagged = image.Copy(interpretation: bands == 1 ? Enums.Interpretation.Grey16 : Enums.Interpretation.Rgb16);
        var path = Path.Combine(Folder, FormattableString.Invariant($"deep{bands}-{bits}.{extension}"));
        var profile = bands == 1 ? null : "srgb";
        if (extension == "png")
            tagged.Pngsave(path, bitdepth: bits, profile: profile);
        else
            tagged.Heifsave(path, bitdepth: bits, compression: Enums.ForeignHeifCompression.Av1, effort: 0, q: 95, profile: profile);
        return path;
    }

    /// <summary>A square clip: one shot for each picture, no text unless added.</summary>
    internal static RenderInput Input(IReadOnlyList<string> images, decimal shotSeconds = 0.5m, decimal fade = 0.1m, int side = 128)
    {
        var plan = new ShotPlan
        {
            Aspect = "1:1",
            Shots = [.. images.Select((_, i) => new Shot(i, Slow, shotSeconds))],
            CrossFade = fade,
            Seconds = images.Count * shotSeconds - (images.Count - 1) * fade,
        };
        return new RenderInput(plan, images, null, side, side);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
