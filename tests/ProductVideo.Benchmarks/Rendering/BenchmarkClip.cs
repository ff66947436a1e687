using System.Globalization;
using NetVips;
using ProductVideo.Planning;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>
/// The clip that everything is measured on: ten seconds, four detailed photos of 3000 x 3000, moves, cross-fades, caption, end card.
/// </summary>
internal static class BenchmarkClip
{
    public const int Side = 1080;
    public const int PhotoSide = 3000;
    public const int FramesPerSecond = 30;

    public static CameraMove[] Moves { get; } =
    [
        new(new CameraWindow(1), new CameraWindow(1.15)),
        new(new CameraWindow(1.15, 0.6, 0.45), new CameraWindow(1.02)),
        new(new CameraWindow(1.12, 0.3), new CameraWindow(1.12, 0.7)),
        new(new CameraWindow(1, 0.5, 0.5), new CameraWindow(1.15, 0.5, 0.3)),
    ];

    public static ShotPlan Plan { get; } = new()
    {
        Aspect = "1:1",
        Shots = [.. Moves.Select((move, i) => new Shot(i, move, 2.5m))],
        Seconds = 10,
        Caption = new Caption("Stoneware mug, hand-glazed in Moss, 350 ml", "24,90 €", "en", 0.4m, 4),
        EndCard = new EndCard(2, "Nordwind", "Pottery from Hamburg", "#1f2937", null, "en"),
    };

    public static RenderInput Input(string folder) => new(
        Plan, [.. Enumerable.Range(0, Moves.Length).Select(i => Photo(folder, i))], null, Side, Side)
    {
        FramesPerSecond = FramesPerSecond,
        Threads = 1,
    };

    public static string Photo(string folder, int index) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"photo{index}.jpg"));

    /// <summary>Detail of all sizes, as in a photo, with hard edges and small print.</summary>
    public static void MakePhotos(string folder)
    {
        for (var i = 0; i < Moves.Length; i++)
        {
            using var scene = Scene(seed: i + 1);
            scene.Jpegsave(Photo(folder, i), q: 92);
        }
    }

    private static Image Scene(int seed)
    {
        var bands = new List<Image>();
        for (var band = 0; band < 3; band++)
        {
            Image sum = Image.Black(PhotoSide, PhotoSide) + 120 + 15 * band;
            // Every octave as strong as it is coarse: the spectrum of natural pictures.
            for (var octave = 0; octave < 8; octave++)
            {
                var side = PhotoSide >> octave;
                var noise = Image.Gaussnoise(side, side, mean: 0, sigma: 1, seed: seed * 100 + octave * 3 + (octave < 3 ? 0 : band));
                var smooth = noise.Gaussblur(1.2).Resize((double)PhotoSide / side, kernel: Enums.Kernel.Cubic, vscale: (double)PhotoSide / side);
                sum += smooth * (6 * Math.Pow(1.55, octave));
            }

            bands.Add(sum);
        }

        var ground = bands[0].Bandjoin(bands[1], bands[2]).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var mutated = ground.Mutate(image =>
        {
            for (var i = 0; i < 24; i++)
            {
                double[] ink = [(i * 53 + seed * 31) % 256, (i * 97) % 256, (i * 151 + seed * 7) % 256];
                var (x, y) = ((i * 733 + seed * 211) % PhotoSide, (i * 1171 + seed * 97) % PhotoSide);
                if (i % 2 == 0)
                    image.DrawCircle(ink, x, y, 60 + i * 9, fill: i % 4 == 0);
                else
                    image.DrawRect(ink, Math.Min(x, PhotoSide - 400), Math.Min(y, PhotoSide - 300), 380, 12 + i * 5, fill: true);
            }
        });
        var print = Image.Text(
            string.Join('\n', Enumerable.Repeat("STONEWARE hand-thrown 0123456789 dishwasher safe", 12)),
            font: "sans 44px", fontfile: Path.Combine(AppContext.BaseDirectory, "Rendering", "Fonts", "NotoSans-Bold.ttf"), dpi: 72);
        var placed = print.Embed(500, 1700, PhotoSide, PhotoSide);
        return placed.Ifthenelse(new[] { 20.0, 20, 24 }, mutated, blend: true).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }
}
