using NetVips;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class PhotoFileTests : IDisposable
{
    private readonly TestPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    public void photos_are_read_at_the_size_asked_for(string extension)
    {
        var photo = PhotoFile.Read(_photos.Photo(400, 200, extension: extension), 100, 50, Rgb.White);
        (photo.Width, photo.Height, photo.Bytes.Length).ShouldBe((100, 50, 100 * 50 * 3));
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    public void a_photo_cut_short_is_refused(string extension)
    {
        var file = _photos.Photo(600, 600, extension: extension);
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        var refusal = Should.Throw<RenderException>(() => PhotoFile.Read(file, 100, 100, Rgb.White));
        refusal.Code.ShouldBe(RenderFault.UnreadableImage);
        refusal.MerchantText.ShouldContain("Upload it again");
        refusal.OperatorText.ShouldStartWith(Path.GetFileName(file));
    }

    [Fact]
    public void a_file_of_another_kind_is_refused()
    {
        var file = Path.Combine(_photos.Folder, "drawing.jpg");
        File.WriteAllText(file, "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10'/></svg>");
        Should.Throw<RenderException>(() => PhotoFile.Read(file, 10, 10, Rgb.White)).Code.ShouldBe(RenderFault.UnreadableImage);
    }

    [Fact]
    public void a_missing_file_is_refused() =>
        Should.Throw<RenderException>(() => PhotoFile.Measure(Path.Combine(_photos.Folder, "none.jpg"))).Code.ShouldBe(RenderFault.UnreadableImage);

    [Fact]
    public void a_photo_taken_sideways_is_turned_upright()
    {
        var flat = _photos.Save(80, 40, 3, (x, _, _) => x < 40 ? (byte)0 : (byte)255, "flat.png");
        var turned = Path.Combine(_photos.Folder, "turned.jpg");
        using (var image = Image.NewFromFile(flat))
        using (var tagged = image.Mutate(tags => tags.Set(GValue.GIntType, "orientation", 6)))
            tagged.WriteToFile(turned);
        PhotoFile.Measure(turned).ShouldBe((40, 80));
        var photo = PhotoFile.Read(turned, 40, 80, Rgb.White);
        photo.Bytes[(10 * 40 + 20) * 3].ShouldBeLessThan((byte)20);
        photo.Bytes[(70 * 40 + 20) * 3].ShouldBeGreaterThan((byte)235);
    }

    [Fact]
    public void transparent_parts_show_the_background_without_a_dark_rim()
    {
        var file = _photos.Save(80, 80, 4, (x, _, band) => band == 3 ? (x < 40 ? (byte)255 : (byte)0) : x < 40 ? (byte)200 : (byte)0, "cut.png");
        var photo = PhotoFile.Read(file, 33, 33, new Rgb(250, 250, 250));
        photo.ShowsThrough.ShouldBeTrue();
        photo.Bytes[(16 * 33 + 32) * 3].ShouldBe((byte)250);
        photo.Bytes.Min().ShouldBeGreaterThan((byte)190);
    }

    [Fact]
    public void an_alpha_channel_that_hides_nothing_leaves_the_photo_its_own_backdrop()
    {
        var file = _photos.Save(90, 60, 4, (_, _, band) => band == 3 ? (byte)255 : (byte)80, "opaque.png");
        var photo = PhotoFile.Read(file, 40, 27, Rgb.White);
        photo.ShowsThrough.ShouldBeFalse();
        Surround.Extend(photo, Rgb.White, 40, 40)[..3].ShouldBe([80, 80, 80]);
    }

    [Theory]
    [InlineData("png", 16, 3)]
    [InlineData("png", 16, 4)]
    [InlineData("png", 16, 1)]
    [InlineData("avif", 10, 3)]
    [InlineData("avif", 12, 3)]
    public void a_photo_of_more_than_eight_bits_keeps_its_light(string extension, int bits, int bands)
    {
        var file = _photos.Deep(60, 40, bands, bits, extension);
        var photo = PhotoFile.Read(file, 30, 20, Rgb.White);
        photo.ShowsThrough.ShouldBeFalse();
        byte[] wanted = bands == 1 ? [156, 156, 156] : [156, 78, 39];
        for (var band = 0; band < 3; band++)
            ((double)photo.Bytes[(((10 * 30) + 15) * 3) + band]).ShouldBe(wanted[band], 3);
    }

    [Fact]
    public void a_logo_of_sixteen_bits_keeps_what_shows_through()
    {
        var file = _photos.Deep(60, 40, 4, 16, "png", alpha: x => x < 30 ? 0 : 65535);
        var logo = PhotoFile.Read(file, 60, 40, Rgb.White, keepAlpha: true);
        logo.ShowsThrough.ShouldBeTrue();
        (logo.Bytes[3], logo.Bytes[(50 * 4) + 3]).ShouldBe(((byte)0, (byte)255));
        ((double)logo.Bytes[50 * 4]).ShouldBe(156, 3);
    }

    [Fact]
    public void grey_photos_become_colour_photos()
    {
        var file = _photos.Save(40, 40, 1, (x, _, _) => (byte)(x * 6), "grey.png");
        using (var image = Image.NewFromFile(file))
        using (var grey = image.Copy(interpretation: Enums.Interpretation.Bw))
            grey.WriteToFile(file + ".jpg");
        PhotoFile.Read(file + ".jpg", 20, 20, Rgb.White).Bytes.Length.ShouldBe(20 * 20 * 3);
    }
}
