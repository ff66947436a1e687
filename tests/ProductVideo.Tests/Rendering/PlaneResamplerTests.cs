using CsCheck;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class PlaneResamplerTests
{
    public static TheoryData<string> Paths => [.. Enum.GetValues<VectorPath>().Where(VectorPaths.Supports).Select(path => path.ToString())];

    [Fact]
    public void this_machine_tests_more_than_the_scalar_path() =>
        // Without vectors the comparison below would compare one loop with itself.
        Paths.Count.ShouldBeGreaterThan(1);

    [Fact]
    public void every_instruction_set_gives_the_same_bytes()
    {
        var cases = Gen.Select(
            Gen.Int[1, 90], Gen.Int[1, 60], Gen.Int[1, 90], Gen.Int[1, 60], Gen.Double[-3, 12], Gen.Double[0.2, 6], Gen.Int[0, 1_000_000]);
        cases.Sample(
            (sourceWidth, sourceHeight, width, height, offset, step, seed) =>
            {
                using var source = Noise(sourceWidth, sourceHeight, seed);
                var scalar = Resample(source, width, height, new AxisMap(offset, step), new AxisMap(offset / 2, step), VectorPath.Scalar);
                foreach (var path in Enum.GetValues<VectorPath>().Where(VectorPaths.Supports))
                    Resample(source, width, height, new AxisMap(offset, step), new AxisMap(offset / 2, step), path).ShouldBe(scalar);
            },
            iter: 400);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void the_whole_window_gives_the_source_itself(string path)
    {
        using var source = Noise(131, 67, 1);
        var seen = Resample(source, 131, 67, AxisMap.Identity, AxisMap.Identity, Enum.Parse<VectorPath>(path));
        for (var y = 0; y < 67; y++)
            seen.AsSpan(y * 131, 131).SequenceEqual(source.Row(y)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void half_a_pixel_aside_is_the_catmull_rom_mean_of_four(string path)
    {
        using var source = Plane(64, 1, (x, _) => (byte)(x * x % 200 + 20));
        var seen = Resample(source, 60, 1, new AxisMap(1.5, 1), AxisMap.Identity, Enum.Parse<VectorPath>(path));
        var row = source.Row(0).ToArray();
        for (var x = 0; x < 60; x++)
        {
            var expected = (-row[x] + 9 * row[x + 1] + 9 * row[x + 2] - row[x + 3]) / 16.0;
            ((double)seen[x]).ShouldBe(Math.Clamp(expected, 0, 255), 0.51);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void an_even_area_stays_even_at_every_phase(string path)
    {
        using var source = Plane(80, 80, (_, _) => 235);
        for (var phase = 0; phase < 40; phase++)
        {
            var map = new AxisMap(phase / 40.0, 1.07);
            Resample(source, 70, 70, map, map, Enum.Parse<VectorPath>(path)).ShouldAllBe(sample => sample == 235);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void a_slope_moves_by_exactly_the_fraction_asked_for(string path)
    {
        using var source = Plane(120, 8, (x, _) => (byte)(2 * x));
        var seen = Resample(source, 100, 8, new AxisMap(4.25, 1), AxisMap.Identity, Enum.Parse<VectorPath>(path));
        for (var x = 0; x < 100; x++)
            ((double)seen[x]).ShouldBe(2 * (x + 4.25), 0.51);
    }

    [Fact]
    public void weights_add_up_to_one_at_every_phase()
    {
        var weights = new short[4];
        for (var phase = 0; phase <= 1000; phase++)
        {
            AxisTaps.CatmullRom(phase / 1000.0, weights);
            weights.Sum(weight => weight).ShouldBe(AxisTaps.One);
        }
    }

    [Fact]
    public void beyond_the_edge_the_edge_is_repeated()
    {
        using var source = Plane(16, 16, (x, _) => x == 0 ? (byte)200 : (byte)10);
        Resample(source, 4, 4, new AxisMap(-40, 1), new AxisMap(-40, 1), VectorPaths.Best).ShouldAllBe(sample => sample == 200);
    }

    private static byte[] Resample(Plane source, int width, int height, AxisMap across, AxisMap down, VectorPath path)
    {
        using var resampler = new PlaneResampler(width, height, path);
        var output = new byte[width * height];
        resampler.Resample(source, across, down, output);
        return output;
    }

    private static Plane Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        return Plane(width, height, (_, _) => (byte)random.Next(256));
    }

    private static Plane Plane(int width, int height, Func<int, int, byte> sample)
    {
        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < width; x++)
                row[x] = sample(x, y);
        }

        plane.Pad();
        return plane;
    }
}
