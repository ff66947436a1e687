using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NetVips;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Imaging;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Imaging;

/// <summary>
/// Performance goal 5: preparing a 3000 × 3000 JPEG for 1280 × 720 against libvips' bare thumbnail of the same file, size and quality.
/// CPU time of the whole process; both sides alternate in one process and the median of the pairs' ratios counts.
/// </summary>
public static class ImagingBenchmark
{
    private const int PicturesARound = 5;
    private static readonly FitOptions Options = new("16:9", new ImageRule { Formats = ["jpeg"], MaxCount = 1, MinSide = 300 }, "#ffffff", LongSide: 1280);

    /// <summary>Prints the figures.</summary>
    /// <param name="args">First: rounds, 15 if not given.</param>
    /// <returns>0 if the goals are met, else 1.</returns>
    public static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        VipsRuntime.EnsureReady();
        var bomb = MeasureBomb();
        var product = ProductJpeg();
        Console.WriteLine(Line($"file: {product.Length / 1000} KB JPEG of 3000 x 3000; {rounds} rounds of {PicturesARound} pictures"));
        var prepare = Compare(rounds, () => Prepare(product), () => Bare(product));
        var checkAndPrepare = Compare(rounds, () => { ImageChecker.Check(product); Prepare(product); }, () => Bare(product));
        Console.WriteLine("CPU ms a picture, median                             ours    bare   ratio");
        Print("header checks, sound decode, fit, JPEG, SHA-256", prepare, " (goal 1.50)");
        Print("the same, after the check when it was fetched", checkAndPrepare);
        Console.WriteLine(Line($"30000 x 30000 PNG refused from its header:      {bomb.Cold,8:0.0} ms CPU cold, {bomb.Warm:0.00} ms warm (goal 50), peak {bomb.PeakMegabytes} MB"));
        var peak = WorkerPeak(product, rounds * PicturesARound);
        Console.WriteLine(Line($"peak RSS of a worker that only prepares:        {peak,8:0} MB (goal 100)"));
        return prepare.Ratio <= 1.5 && bomb.Cold <= 50 && peak < 100 ? 0 : 1;
    }

    /// <summary>What a worker does with each photograph, times over, and nothing else: this process draws the photograph as well.</summary>
    public static int PrepareMany(string path, int times)
    {
        VipsRuntime.EnsureReady();
        for (var i = 0; i < times; i++)
        {
            var file = File.ReadAllBytes(path);
            ImageChecker.Check(file);
            Prepare(file);
        }

        ChildRun.ReportPeak();
        return 0;
    }

    private static double WorkerPeak(byte[] product, int times)
    {
        var folder = Directory.CreateTempSubdirectory("pv-imaging");
        try
        {
            var path = Path.Combine(folder.FullName, "product.jpg");
            File.WriteAllBytes(path, product);
            return ChildRun.Self("prepare", path, times.ToString(CultureInfo.InvariantCulture)).PeakMegabytes;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Prepare(byte[] file)
    {
        _ = SHA256.HashData(file);
        _ = PictureFit.Run(file, Options);
    }

    private static void Bare(byte[] file)
    {
        using var image = Image.ThumbnailBuffer(file, 1280, height: 720);
        _ = image.JpegsaveBuffer(q: 88);
    }

    private static (double Ours, double Bare, double Ratio) Compare(int rounds, Action ours, Action bare)
    {
        ours();
        bare();
        var pairs = new List<(double Ours, double Bare)>();
        for (var round = 0; round < rounds; round++)
        {
            // The order changes each round, so that neither side always runs on a warmer machine.
            var first = round % 2 == 0 ? Cpu(ours, PicturesARound) : 0;
            var other = Cpu(bare, PicturesARound);
            pairs.Add((round % 2 == 0 ? first : Cpu(ours, PicturesARound), other));
        }

        return (Median(pairs.Select(p => p.Ours)), Median(pairs.Select(p => p.Bare)), Median(pairs.Select(p => p.Ours / p.Bare)));
    }

    private static (double Cold, double Warm, long PeakMegabytes) MeasureBomb()
    {
        var bomb = OneBitPng(30_000);
        void Refuse()
        {
            try
            {
                ImageChecker.Check(bomb);
                throw new InvalidOperationException("The bomb was let through.");
            }
            catch (ImageRefusedException e) when (e.Refusal == ImageRefusal.TooManyPixels)
            {
                // Refused, as it must be.
            }
        }

        var cold = Cpu(Refuse, 1);
        return (cold, Cpu(Refuse, 100), PeakMegabytes());
    }

    /// <summary>CPU milliseconds a run.</summary>
    private static double Cpu(Action work, int times)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < times; i++)
            work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / times;
    }

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Print(string what, (double Ours, double Bare, double Ratio) figures, string goal = "") =>
        Console.WriteLine(Line($"{what,-50}{figures.Ours,8:0.0}{figures.Bare,8:0.0}{figures.Ratio,8:0.00}{goal}"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A shaded, textured product in front of a studio's light background.</summary>
    private static byte[] ProductJpeg()
    {
        using var ground = Image.Xyz(3000, 3000).ExtractBand(1).Linear([-0.012], [250]);
        using var texture = Image.Gaussnoise(1600, 1600, sigma: 18, mean: 120, seed: 3).Gaussblur(0.8);
        using var product = ground.Insert(texture, 700, 700);
        using var colour = product.Bandjoin(product.Linear([0.98], [0]), product.Linear([0.95], [2])).Cast(Enums.BandFormat.Uchar);
        using var tagged = colour.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.JpegsaveBuffer(q: 85);
    }

    /// <summary>A one-bit PNG of zeros, written by hand because no library should have to hold its pixels.</summary>
    private static byte[] OneBitPng(int side)
    {
        using var small = Image.Black(64, 64);
        var file = small.PngsaveBuffer(bitdepth: 1);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), side);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), side);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc(file.AsSpan(12, 17)));
        return file;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
