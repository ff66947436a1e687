using System.Globalization;
using NetVips;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

/// <summary>Damages sound files in many ways. More rounds: set IMAGE_FUZZ_ROUNDS; another run: set IMAGE_FUZZ_SEED.</summary>
public sealed class ImageFuzzTests
{
    private static readonly int Rounds = Setting("IMAGE_FUZZ_ROUNDS", 300);
    private static readonly int Seed = Setting("IMAGE_FUZZ_SEED", 20261122);

    [Fact]
    public void a_damaged_file_is_either_fitted_or_refused_and_never_anything_else()
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}, {1} rounds", Seed, Rounds);
        var files = Files();
        var options = new FitOptions("1:1", new ImageRule { Formats = ["jpeg"], MaxCount = 1 }, "#ffffff", Trim: true, LongSide: 64);
        var (fitted, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var file = Damaged(files[round % files.Length], random);
            try
            {
                PictureFit.Run(file, options).Width.ShouldBeInRange(1, 64, string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}"));
                fitted++;
            }
            catch (ImageRefusedException)
            {
                refused++;
            }
        }

        (fitted + refused).ShouldBe(Rounds);
        fitted.ShouldBeGreaterThan(Rounds / 50);
        refused.ShouldBeGreaterThan(Rounds / 50);
    }

    private static byte[][] Files()
    {
        using var image = Pictures.Noise(96, 80);
        using var alpha = image.Bandjoin(image.ExtractBand(0));
        return
        [
            Pictures.Oriented(image, 6), Pictures.Tagged(image, "p3"), image.JpegsaveBuffer(interlace: true),
            alpha.PngsaveBuffer(), image.PngsaveBuffer(palette: true), alpha.WebpsaveBuffer(), image.WebpsaveBuffer(lossless: true),
            image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0), Pictures.AnimatedWebP(3),
        ];
    }

    private static byte[] Damaged(byte[] sound, Random random)
    {
        var file = (byte[])sound.Clone();
        for (var times = random.Next(1, 12); times > 0; times--)
        {
            // Headers are short and decide most: half of the damage goes there.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(file.Length, 256) : file.Length);
            switch (random.Next(5))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file.AsSpan(at, Math.Min(4, file.Length - at)).Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0);
                    break;
                case 3:
                    file = [.. file[..at], .. file[Math.Min(at + random.Next(1, 64), file.Length - 1)..]];
                    break;
                default:
                    var piece = file.AsSpan(at, Math.Min(random.Next(1, 64), file.Length - at)).ToArray();
                    file = [.. file[..at], .. piece, .. file[at..]];
                    break;
            }
        }

        return file;
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, NumberFormatInfo.InvariantInfo, out var value) ? value : otherwise;
}
