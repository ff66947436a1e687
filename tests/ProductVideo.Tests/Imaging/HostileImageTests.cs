using System.Text;
using ProductVideo.Imaging;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

public sealed class HostileImageTests
{
    [Fact]
    public void an_empty_file_is_refused() => Refusal([]).Refusal.ShouldBe(ImageRefusal.Empty);

    [Fact]
    public void a_file_over_twenty_megabytes_is_refused_before_anything_is_read()
    {
        var file = new byte[ImageLimits.MaxBytes + 1];
        Pictures.Jpeg(64, 64).CopyTo(file, 0);
        Refusal(file).Refusal.ShouldBe(ImageRefusal.TooManyBytes);
    }

    [Fact]
    public void a_png_bomb_is_refused_by_its_header()
    {
        var bomb = Pictures.PngBomb(30_000);
        bomb.Length.ShouldBeLessThan(200_000);
        var e = Refusal(bomb);
        e.Refusal.ShouldBe(ImageRefusal.TooManyPixels);
        e.MerchantText.ShouldContain("30000 × 30000");
    }

    [Fact]
    public void the_generator_of_bombs_makes_a_sound_png_when_it_is_small() =>
        ImageChecker.Check(Pictures.PngBomb(64)).Width.ShouldBe(64);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void a_jpeg_cut_short_is_refused(double part) => IsCut(Pictures.Jpeg(800, 600), part);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void a_progressive_jpeg_cut_short_is_refused(double part)
    {
        using var image = Pictures.Noise(600, 400);
        IsCut(image.JpegsaveBuffer(interlace: true), part);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void png_webp_and_avif_cut_short_are_refused(double part)
    {
        using var image = Pictures.Noise(300, 200);
        IsCut(image.PngsaveBuffer(), part);
        IsCut(image.WebpsaveBuffer(), part);
        IsCut(image.HeifsaveBuffer(compression: NetVips.Enums.ForeignHeifCompression.Av1, effort: 0), part);
    }

    [Fact]
    public void an_animated_webp_is_refused() => Refusal(Pictures.AnimatedWebP(5)).Refusal.ShouldBe(ImageRefusal.Animated);

    [Fact]
    public void an_animated_png_is_refused_though_decoders_show_one_frame()
    {
        using var image = Pictures.Plain(64, 64, 1, 2, 3);
        var still = image.PngsaveBuffer();
        ImageChecker.Check(still).Width.ShouldBe(64);
        Refusal(Pictures.WithChunk(still, "acTL", [0, 0, 0, 9, 0, 0, 0, 0])).Refusal.ShouldBe(ImageRefusal.Animated);
    }

    [Fact]
    public void an_avif_sequence_is_refused() => Refusal(Container("avis")).Refusal.ShouldBe(ImageRefusal.Animated);

    [Fact]
    public void a_picture_of_fifteen_pixels_is_too_small_and_one_of_sixteen_is_not()
    {
        Refusal(Pictures.Jpeg(200, 15)).Refusal.ShouldBe(ImageRefusal.TooSmall);
        ImageChecker.Check(Pictures.Jpeg(200, 16)).Height.ShouldBe(16);
    }

    [Theory]
    [InlineData("SVG", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file:///etc/passwd\"/></svg>")]
    [InlineData("SVG", "  <SVG width='1'/>")]
    [InlineData("PDF", "%PDF-1.7 ")]
    [InlineData("GIF", "GIF89a\u0001\0\u0001\0")]
    [InlineData("TIFF", "II*\0\u0008\0\0\0")]
    [InlineData("BMP", "BM\0\0")]
    [InlineData("Photoshop", "8BPS\0")]
    public void another_format_is_called_by_its_name(string name, string start)
    {
        var e = Refusal([.. Encoding.Latin1.GetBytes(start), .. new byte[64]]);
        e.Refusal.ShouldBe(ImageRefusal.FormatNotAllowed);
        e.MerchantText.ShouldBe($"{name} pictures are not supported. Please send it as JPEG, PNG, WebP or AVIF.");
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("heix")]
    [InlineData("mif1")]
    public void heic_gets_its_own_sentence(string brand) =>
        Refusal(Container(brand)).MerchantText.ShouldBe("HEIC pictures are not supported. Please send it as JPEG, PNG, WebP or AVIF.");

    [Theory]
    [InlineData("<!doctype html><html><script>alert(1)</script></html>")]
    [InlineData("RIFF\0\0\0\0WAVE")]
    [InlineData("\u00ff\u00d8")]
    [InlineData("a")]
    public void what_is_no_picture_is_refused(string content)
    {
        var e = Refusal(Encoding.Latin1.GetBytes(content));
        e.Refusal.ShouldBe(ImageRefusal.FormatNotAllowed);
        e.MerchantText.ShouldStartWith("This file is not a picture we know.");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })]
    public void a_signature_with_nothing_behind_it_is_unreadable(byte[] file) => Refusal(file).Refusal.ShouldBe(ImageRefusal.Unreadable);

    [Fact]
    public void a_signature_with_random_bytes_behind_it_is_refused()
    {
        var noise = new byte[5000];
        new Random(11).NextBytes(noise);
        Refusal([0xFF, 0xD8, 0xFF, 0xE0, .. noise]).Refusal.ShouldBe(ImageRefusal.Unreadable);
        Refusal([.. "RIFF\0\0\0\0WEBPVP8 "u8, .. noise]).Refusal.ShouldBe(ImageRefusal.Unreadable);
        Refusal([.. Container("avif"), .. noise]).Refusal.ShouldBe(ImageRefusal.Unreadable);
    }

    [Fact]
    public void every_refusal_speaks_to_both()
    {
        var e = Refusal(Pictures.PngBomb(30_000));
        e.Message.ShouldBe("30000x30000 by its header, 40000000 pixels are allowed.");
        e.MerchantText.ShouldEndWith("Please upload a smaller one.");
    }

    private static void IsCut(byte[] file, double part)
    {
        ImageChecker.Check(file);
        Refusal(file[..(int)(file.Length * part)]).Refusal.ShouldBeOneOf(ImageRefusal.Truncated, ImageRefusal.Unreadable);
    }

    private static byte[] Container(string brand) =>
        [0, 0, 0, 20, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(brand)];

    private static ImageRefusedException Refusal(byte[] file) => Should.Throw<ImageRefusedException>(() => ImageChecker.Check(file));
}
