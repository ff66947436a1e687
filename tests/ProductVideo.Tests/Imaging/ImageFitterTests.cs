using NetVips;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using ProductVideo.Tests.BlobStores;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

public sealed class ImageFitterTests
{
    private readonly MemoryBlobStore _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_square_becomes_wide_by_padding_with_its_own_background()
    {
        using var product = Pictures.Product(1000, 1000, [240, 240, 240], Pictures.Green, (300, 300, 400, 400));
        using var fitted = await Fit(Pictures.Jpeg(product), Options("16:9") with { LongSide = 1280 });
        (fitted.Width, fitted.Height).ShouldBe((1280, 720));
        Near(Pictures.Pixel(fitted, 5, 5), [240, 240, 240], 2);
        Near(Pictures.Pixel(fitted, 640, 360), Pictures.Green, 4);
        Near(Pictures.Pixel(fitted, 640 - 130, 360), Pictures.Green, 4);
        Near(Pictures.Pixel(fitted, 640 - 170, 360), [240, 240, 240], 4);
    }

    [Fact]
    public async Task the_same_picture_is_fitted_to_each_exact_size_of_its_own()
    {
        using var product = Pictures.Product(600, 600, [240, 240, 240], Pictures.Green, (200, 200, 200, 200));
        var file = Pictures.Jpeg(product);
        using var wide = await Fit(file, Options(null) with { Exact = new FrameSize("480P", "16:9", 832, 480) });
        using var tall = await Fit(file, Options(null) with { Exact = new FrameSize("480P", "9:16", 480, 832) });
        (wide.Width, wide.Height, tall.Width, tall.Height).ShouldBe((832, 480, 480, 832));
        Near(Pictures.Pixel(wide, 5, 5), [240, 240, 240], 2);
        Near(Pictures.Pixel(wide, 416, 240), Pictures.Green, 4);
    }

    [Fact]
    public async Task a_picture_without_a_plain_border_is_padded_with_the_background_asked_for()
    {
        using var fitted = await Fit(Pictures.Jpeg(600, 600), Options("16:9") with { Background = "#102030" });
        Near(Pictures.Pixel(fitted, 3, 300), [16, 32, 48], 2);
    }

    [Fact]
    public async Task a_plain_border_counts_only_where_the_picture_grows()
    {
        using var product = Pictures.Product(600, 600, [200, 210, 220], Pictures.Green, (200, 0, 200, 600));
        using var fitted = await Fit(Pictures.Jpeg(product), Options("16:9"));
        Near(Pictures.Pixel(fitted, 3, 300), [200, 210, 220], 2);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(3)]
    public async Task a_picture_is_held_upright_and_forgets_that_it_was_not(int orientation)
    {
        // The left third is green: by the tag it comes to lie on top, at the bottom, or on the right.
        using var product = Pictures.Product(600, 400, Pictures.White, Pictures.Green, (0, 0, 200, 400));
        using var fitted = await Fit(Pictures.Oriented(product, orientation), Options(null));
        var (x, y) = orientation switch { 6 => (200, 50), 8 => (200, 550), _ => (550, 200) };
        (fitted.Width, fitted.Height).ShouldBe(orientation == 3 ? (600, 400) : (400, 600));
        Near(Pictures.Pixel(fitted, x, y), Pictures.Green, 4);
        Near(Pictures.Pixel(fitted, fitted.Width - 1 - x, fitted.Height - 1 - y), Pictures.White, 4);
        fitted.Contains("exif-data").ShouldBeFalse();
    }

    [Fact]
    public async Task colours_of_display_p3_become_srgb()
    {
        using var plain = Pictures.Plain(400, 400, Pictures.Green);
        using var fitted = await Fit(Pictures.Tagged(plain, "p3"), Options(null));
        Near(Pictures.Pixel(fitted, 200, 200), Pictures.Green, 3);
        fitted.Contains("icc-profile-data").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task cmyk_becomes_srgb_with_or_without_a_profile(bool tagged)
    {
        int[] printable = [150, 110, 100];
        using var plain = Pictures.Plain(400, 400, printable);
        using var fitted = await Fit(tagged ? Pictures.Tagged(plain, "cmyk") : Pictures.UntaggedCmyk(plain), Options(null));
        fitted.Bands.ShouldBe(3);
        Near(Pictures.Pixel(fitted, 200, 200), printable, 4);
    }

    [Fact]
    public async Task transparent_places_show_the_background()
    {
        using var colour = Pictures.Product(500, 500, [0, 0, 0], Pictures.Green, (100, 100, 300, 300));
        using var mask = Pictures.Product(500, 500, [0], [255], (100, 100, 300, 300));
        using var cutOut = colour.Bandjoin(mask);
        using var fitted = await Fit(cutOut.PngsaveBuffer(), Options("4:5") with { Background = "#fafad2" });
        Near(Pictures.Pixel(fitted, 10, 10), [250, 250, 210], 3);
        Near(Pictures.Pixel(fitted, 250, 312), Pictures.Green, 4);
        fitted.HasAlpha().ShouldBeFalse();
    }

    [Theory]
    [InlineData("grey")]
    [InlineData("grey with alpha")]
    [InlineData("deep")]
    [InlineData("webp")]
    [InlineData("avif")]
    public async Task every_kind_of_pixel_becomes_three_bytes(string kind)
    {
        using var colour = Pictures.Plain(400, 400, 100, 100, 100);
        using var grey = Pictures.Plain(400, 400, 100).Copy(interpretation: Enums.Interpretation.Bw);
        var file = kind switch
        {
            "grey" => grey.PngsaveBuffer(),
            "grey with alpha" => Pictures.Plain(400, 400, 100, 255).Copy(interpretation: Enums.Interpretation.Bw).PngsaveBuffer(),
            "deep" => colour.Colourspace(Enums.Interpretation.Rgb16).PngsaveBuffer(),
            "webp" => colour.WebpsaveBuffer(lossless: true),
            _ => colour.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0, q: 95),
        };
        using var fitted = await Fit(file, Options(null));
        (fitted.Bands, fitted.Format).ShouldBe((3, Enums.BandFormat.Uchar));
        Near(Pictures.Pixel(fitted, 200, 200), [100, 100, 100], 3);
    }

    [Fact]
    public async Task trimming_leaves_the_whole_product_and_a_margin()
    {
        using var product = Pictures.Product(2000, 2000, Pictures.White, Pictures.Green, (900, 800, 200, 300));
        using var fitted = await Fit(Pictures.Jpeg(product), Options(null) with { Trim = true, Rule = Rule with { MinSide = 0 } });
        fitted.Width.ShouldBeInRange(200 + 20, 200 + 40);
        fitted.Height.ShouldBeInRange(300 + 20, 300 + 40);
        Near(Pictures.Pixel(fitted, fitted.Width / 2, fitted.Height / 2), Pictures.Green, 4);
        Near(Pictures.Pixel(fitted, 2, 2), Pictures.White, 4);
    }

    [Fact]
    public async Task trimming_keeps_a_thin_chain()
    {
        using var pendant = Pictures.Product(1000, 1000, Pictures.White, Pictures.Green, (450, 700, 100, 100));
        using var chain = Pictures.Plain(1, 600, 90, 90, 90);
        using var product = pendant.Insert(chain, 500, 100);
        using var fitted = await Fit(product.PngsaveBuffer(), Options(null) with { Trim = true, Rule = Rule with { MinSide = 0 } });
        fitted.Height.ShouldBeGreaterThanOrEqualTo(700);
    }

    [Fact]
    public async Task trimming_leaves_a_picture_that_fills_its_frame_alone()
    {
        using var fitted = await Fit(Pictures.Jpeg(500, 400), Options(null) with { Trim = true });
        (fitted.Width, fitted.Height).ShouldBe((500, 400));
    }

    [Fact]
    public async Task trimming_an_empty_picture_leaves_it_as_it_is()
    {
        using var plain = Pictures.Plain(500, 400, Pictures.White);
        using var fitted = await Fit(Pictures.Jpeg(plain), Options(null) with { Trim = true });
        (fitted.Width, fitted.Height).ShouldBe((500, 400));
    }

    [Fact]
    public async Task a_small_picture_grows_to_the_shortest_side_the_model_takes()
    {
        var request = await Request(Pictures.Jpeg(100, 60), Options(null));
        (request.Width, request.Height).ShouldBe((500, 300));
    }

    [Fact]
    public async Task quality_falls_until_the_file_is_small_enough_then_the_size()
    {
        var free = await Request(Pictures.Jpeg(900, 900), Options(null));
        var tight = await Request(Pictures.Jpeg(900, 900), Options(null) with { Rule = Rule with { MaxBytes = 300_000 } });
        var tiny = await Request(Pictures.Jpeg(900, 900), Options(null) with { Rule = Rule with { MaxBytes = 60_000 } });
        (tight.Width, tight.Height).ShouldBe((free.Width, free.Height));
        tiny.Width.ShouldBeInRange(300, 899);
        (await Length(free)).ShouldBeGreaterThan(300_000);
        (await Length(tight)).ShouldBeLessThanOrEqualTo(300_000);
        (await Length(tiny)).ShouldBeLessThanOrEqualTo(60_000);
    }

    [Fact]
    public async Task a_limit_that_nothing_meets_is_refused()
    {
        var e = await Should.ThrowAsync<ImageRefusedException>(() => Request(Pictures.Jpeg(900, 900), Options(null) with { Rule = Rule with { MaxBytes = 500 } }));
        e.Refusal.ShouldBe(ImageRefusal.StaysTooLarge);
    }

    [Theory]
    [InlineData("jpeg", "image/jpeg", ".jpg")]
    [InlineData("png", "image/png", ".png")]
    [InlineData("webp", "image/webp", ".webp")]
    [InlineData("avif", "image/avif", ".avif")]
    public async Task the_first_format_of_the_rule_is_written(string format, string contentType, string ending)
    {
        var request = await Request(Pictures.Jpeg(320, 320), Options(null) with { Rule = Rule with { Formats = [format, "jpeg"] } });
        request.ContentType.ShouldBe(contentType);
        request.BlobKey.ShouldEndWith(ending);
        ImageChecker.Check(await Bytes(request.BlobKey)).Format.ShouldBe(format);
        (await _blobs.FindAsync(request.BlobKey, Token))!.ContentType.ShouldBe(contentType);
    }

    [Fact]
    public async Task the_same_picture_and_options_are_worked_on_once()
    {
        var file = Pictures.Jpeg(500, 500);
        var first = await Request(file, Options("1:1"));
        var stored = Stored(file);
        var writes = _blobs.Writes;
        var second = await Fitter.FitAsync(stored, Options("1:1"), ImageRole.Reference, Token);
        _blobs.Writes.ShouldBe(writes);
        second.ShouldBe(first with { Role = ImageRole.Reference });
    }

    [Fact]
    public async Task each_option_that_changes_the_result_has_a_result_of_its_own()
    {
        var file = Pictures.Jpeg(500, 500);
        var options = Options("1:1");
        FitOptions[] others =
        [
            options, options with { Aspect = "4:5" }, options with { Trim = true }, options with { Background = "#000000" }, options with { LongSide = 400 },
            options with { Rule = Rule with { MinSide = 600 } }, options with { Rule = Rule with { MaxSide = 450 } },
            options with { Rule = Rule with { MaxRatio = 2 } }, options with { Rule = Rule with { MaxBytes = 99_000 } }, options with { Rule = Rule with { Formats = ["png"] } },
        ];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in others)
            keys.Add((await Request(file, other)).BlobKey);
        keys.Count.ShouldBe(others.Length);
    }

    [Fact]
    public async Task a_prepared_picture_that_was_damaged_is_made_again()
    {
        var file = Pictures.Jpeg(500, 500);
        var request = await Request(file, Options("1:1"));
        await _blobs.PutAsync(request.BlobKey, new MemoryStream([1, 2, 3]), "image/jpeg", PutMode.Replace, Token);
        (await Request(file, Options("1:1"))).ShouldBe(request);
        ImageChecker.Check(await Bytes(request.BlobKey)).Width.ShouldBe(500);
    }

    [Fact]
    public async Task an_original_that_is_gone_is_the_stores_failure()
    {
        var gone = Stored(Pictures.Jpeg(64, 64));
        await _blobs.DeleteAsync(gone.BlobKey, Token);
        await Should.ThrowAsync<BlobStoreException>(() => Fitter.FitAsync(gone, Options(null), ImageRole.FirstFrame, Token));
    }

    [Fact]
    public async Task a_picture_cut_short_is_refused_by_the_fit_itself_and_leaves_nothing()
    {
        var file = Pictures.Jpeg(2000, 1500);
        var e = await Should.ThrowAsync<ImageRefusedException>(() => Request(file[..(file.Length / 2)], Options("1:1")));
        e.Refusal.ShouldBe(ImageRefusal.Truncated);
        (await _blobs.ListAsync("prepared/", Token).CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task a_script_hidden_in_a_picture_does_not_survive()
    {
        using var image = Pictures.Plain(320, 320, 9, 9, 9);
        var jpeg = Pictures.Jpeg(image);
        var script = "<script>alert(1)</script>"u8.ToArray();
        byte[] polyglot = [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(script.Length + 2), .. script, .. jpeg[2..], .. script];
        var request = await Request(polyglot, Options(null));
        (await Bytes(request.BlobKey)).AsSpan().IndexOf("script"u8).ShouldBe(-1);
    }

    private static ImageRule Rule { get; } = new() { Formats = ["jpeg"], MaxCount = 9, MinSide = 300 };

    private ImageFitter Fitter => new(_blobs);

    private static FitOptions Options(string? aspect) => new(aspect, Rule, "#ffffff");

    private static void Near(int[] colour, int[] wanted, int tolerance)
    {
        for (var i = 0; i < 3; i++)
            colour[i].ShouldBeInRange(wanted[i] - tolerance, wanted[i] + tolerance, string.Join(',', colour));
    }

    private ProductImage Stored(byte[] file)
    {
        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
        var key = $"originals/{sha}.bin";
        _blobs.PutAsync(key, new MemoryStream(file), "application/octet-stream", PutMode.Replace, Token).IsCompletedSuccessfully.ShouldBeTrue();
        return new ProductImage("1", key, sha, 0, 0, "jpeg", HasAlpha: false, AltText: null);
    }

    private Task<RequestImage> Request(byte[] file, FitOptions options) => Fitter.FitAsync(Stored(file), options, ImageRole.FirstFrame, Token);

    private async Task<Image> Fit(byte[] file, FitOptions options)
    {
        var request = await Request(file, options);
        var image = Pictures.Decoded(await Bytes(request.BlobKey));
        (image.Width, image.Height).ShouldBe((request.Width, request.Height));
        return image;
    }

    private async Task<byte[]> Bytes(string key)
    {
        using var bytes = new MemoryStream();
        await (await _blobs.OpenAsync(key, Token))!.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    private async Task<long> Length(RequestImage request) => (await _blobs.FindAsync(request.BlobKey, Token))!.Length;
}
