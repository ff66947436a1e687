using CsCheck;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class BlendTests
{
    private static readonly IEnumerable<VectorPath> s_paths = Enum.GetValues<VectorPath>().Where(VectorPaths.Supports);

    [Fact]
    public void a_cross_fade_is_the_rounded_weighted_mean_on_every_path() =>
        Gen.Select(Gen.Byte.Array[1, 150], Gen.Int[0, 256], Gen.Int[0, 99999]).Sample((first, weight, seed) =>
        {
            var second = new byte[first.Length];
            new Random(seed).NextBytes(second);
            var expected = first.Select((sample, i) => (byte)Math.Floor((sample * (256 - weight) + second[i] * weight) / 256.0 + 0.5)).ToArray();
            foreach (var path in s_paths)
            {
                var mixed = first.ToArray();
                Blend.CrossFade(mixed, second, weight, path);
                mixed.ShouldBe(expected);
            }
        });

    [Fact]
    public void laying_over_gives_the_same_bytes_on_every_path() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[0, 256], Gen.Int[0, 99999]).Sample((length, presence, seed) =>
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, 3).Select(_ => new byte[length]).ToArray();
            foreach (var row in rows)
                random.NextBytes(row);
            rows[2][0] = 255;
            var results = s_paths.Select(path =>
            {
                var target = rows[0].ToArray();
                Blend.Over(target, rows[1], rows[2], presence, path);
                return target;
            }).ToList();
            results.ShouldAllBe(result => result.SequenceEqual(results[0]));
        });

    [Theory]
    [InlineData(255, 256, 200)]
    [InlineData(0, 256, 40)]
    [InlineData(255, 0, 40)]
    [InlineData(255, 128, 120)]
    [InlineData(128, 256, 121)]
    public void cover_and_presence_multiply(byte cover, int presence, byte expected)
    {
        foreach (var path in s_paths)
        {
            var target = Enumerable.Repeat((byte)40, 33).ToArray();
            Blend.Over(target, Enumerable.Repeat((byte)200, 33).ToArray(), Enumerable.Repeat(cover, 33).ToArray(), presence, path);
            target.ShouldAllBe(sample => sample == expected);
        }
    }
}
