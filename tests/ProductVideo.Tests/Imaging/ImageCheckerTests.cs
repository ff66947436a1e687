using ProductVideo.Imaging;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

public sealed class ImageCheckerTests
{
    [Fact]
    public void a_jpeg_is_accepted_with_its_size()
    {
        ImageChecker.Check(Pictures.Jpeg(400, 300)).ShouldBe(new CheckedImage("jpeg", 400, 300, HasAlpha: false));
    }

    [Fact]
    public void a_png_with_transparency_says_so()
    {
        using var image = Pictures.Plain(200, 100, 10, 20, 30, 128);
        ImageChecker.Check(image.PngsaveBuffer()).ShouldBe(new CheckedImage("png", 200, 100, HasAlpha: true));
    }

    [Fact]
    public void webp_and_avif_are_accepted()
    {
        using var image = Pictures.Noise(120, 80);
        ImageChecker.Check(image.WebpsaveBuffer()).ShouldBe(new CheckedImage("webp", 120, 80, HasAlpha: false));
        ImageChecker.Check(image.HeifsaveBuffer(compression: NetVips.Enums.ForeignHeifCompression.Av1, effort: 0))
            .ShouldBe(new CheckedImage("avif", 120, 80, HasAlpha: false));
    }

    [Fact]
    public void grey_sixteen_bit_and_palette_pngs_are_accepted()
    {
        using var grey = Pictures.Plain(64, 64, 128);
        using var deep = Pictures.Plain(64, 64, 10, 20, 30).Cast(NetVips.Enums.BandFormat.Ushort).Copy(interpretation: NetVips.Enums.Interpretation.Rgb16);
        using var colours = Pictures.Noise(64, 64);
        ImageChecker.Check(grey.PngsaveBuffer()).HasAlpha.ShouldBeFalse();
        ImageChecker.Check(deep.PngsaveBuffer()).Width.ShouldBe(64);
        ImageChecker.Check(colours.PngsaveBuffer(palette: true)).Format.ShouldBe("png");
    }

    [Theory]
    [InlineData(1, 300, 200)]
    [InlineData(3, 300, 200)]
    [InlineData(5, 200, 300)]
    [InlineData(6, 200, 300)]
    [InlineData(8, 200, 300)]
    public void the_size_is_that_of_the_picture_held_upright(int orientation, int width, int height)
    {
        using var image = Pictures.Noise(300, 200);
        var size = ImageChecker.Check(Pictures.Oriented(image, orientation));
        (size.Width, size.Height).ShouldBe((width, height));
    }

    [Fact]
    public void a_slice_of_a_larger_buffer_is_read_from_its_own_start()
    {
        var file = Pictures.Jpeg(64, 48);
        byte[] padded = [1, 2, 3, .. file, 4, 5];
        ImageChecker.Check(padded.AsMemory(3, file.Length)).Height.ShouldBe(48);
    }

    [Fact]
    public async Task checking_off_the_thread_refuses_as_well()
    {
        var e = await Should.ThrowAsync<ImageRefusedException>(() => ImageChecker.CheckAsync(new byte[10], TestContext.Current.CancellationToken));
        e.Refusal.ShouldBe(ImageRefusal.FormatNotAllowed);
    }
}
