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

    /// <summary>A square clip: one shot for each picture, no text unless added.</summary>
    public static RenderInput Input(IReadOnlyList<string> images, decimal shotSeconds = 0.5m, decimal fade = 0.1m, int side = 128)
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
