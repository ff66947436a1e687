using CsCheck;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

public sealed class FitGeometryTests
{
    private static readonly string?[] Aspects = [null, "1:1", "16:9", "9:16", "4:5", "21:9", "9:21"];

    [Theory]
    [InlineData(3000, 3000, "16:9", 1280, 1280, 720, 720, 720)]
    [InlineData(3000, 3000, "1:1", 1080, 1080, 1080, 1080, 1080)]
    [InlineData(3000, 2000, null, 1920, 1920, 1280, 1920, 1280)]
    [InlineData(2000, 3000, "1:1", 1200, 1200, 1200, 800, 1200)]
    [InlineData(500, 400, "16:9", 1920, 711, 400, 500, 400)]
    [InlineData(100, 100, "1:1", 1920, 300, 300, 300, 300)]
    [InlineData(1000, 100, null, 1920, 1000, 400, 1000, 100)]
    [InlineData(100, 1000, null, 1920, 400, 1000, 100, 1000)]
    [InlineData(1921, 1080, "16:9", 1920, 1920, 1080, 1920, 1080)]
    public void a_picture_gets_its_place(int width, int height, string? aspect, int longSide, int canvasWidth, int canvasHeight, int pictureWidth, int pictureHeight)
    {
        FitGeometry.Of(width, height, Options(aspect, longSide)).ShouldBe(new FitGeometry(canvasWidth, canvasHeight, pictureWidth, pictureHeight));
    }

    [Fact]
    public void every_result_keeps_the_rule_and_the_whole_picture()
    {
        Gen.Select(Gen.Int[16, 20_000], Gen.Int[16, 20_000], Gen.Int[0, Aspects.Length - 1].Select(i => Aspects[i]), Gen.Int[320, 4096])
            .Sample((width, height, aspect, longSide) =>
            {
                var options = Options(aspect, longSide);
                var fit = FitGeometry.Of(width, height, options);
                var (canvasLong, canvasShort) = (Math.Max(fit.CanvasWidth, fit.CanvasHeight), Math.Min(fit.CanvasWidth, fit.CanvasHeight));
                canvasLong.ShouldBeLessThanOrEqualTo(options.Rule.MaxSide);
                canvasShort.ShouldBeGreaterThanOrEqualTo(options.Rule.MinSide);
                ((decimal)canvasLong / canvasShort).ShouldBeLessThanOrEqualTo(options.Rule.MaxRatio);
                fit.PictureWidth.ShouldBeInRange(1, fit.CanvasWidth);
                fit.PictureHeight.ShouldBeInRange(1, fit.CanvasHeight);
                (fit.PictureWidth == fit.CanvasWidth || fit.PictureHeight == fit.CanvasHeight).ShouldBeTrue("one side always fills the canvas");
            });
    }

    [Fact]
    public void a_picture_that_needs_no_padding_gets_none()
    {
        Gen.Select(Gen.Int[300, 6000], Gen.Int[300, 6000])
            .Where((width, height) => Math.Max(width, height) * 2 <= Math.Min(width, height) * 5)
            .Sample((width, height) => FitGeometry.Of(width, height, Options(null, 1920)).Pads.ShouldBeFalse());
    }

    [Fact]
    public void the_product_keeps_its_proportions()
    {
        Gen.Select(Gen.Int[200, 6000], Gen.Int[200, 6000], Gen.Int[0, Aspects.Length - 1].Select(i => Aspects[i]))
            .Sample((width, height, aspect) =>
            {
                var fit = FitGeometry.Of(width, height, Options(aspect, 1920));
                if (Math.Min(fit.PictureWidth, fit.PictureHeight) >= 100)
                    ((double)fit.PictureWidth / fit.PictureHeight / ((double)width / height)).ShouldBeInRange(0.985, 1.015);
            });
    }

    [Theory]
    [InlineData(3000, 3000, 720, 720)]
    [InlineData(3000, 1500, 1280, 640)]
    [InlineData(100, 200, 360, 720)]
    [InlineData(1281, 720, 1280, 720)]
    public void an_exact_size_is_met_whatever_the_picture(int width, int height, int pictureWidth, int pictureHeight)
    {
        var options = Options(null, 640) with { Exact = new FrameSize("720P", "16:9", 1280, 720) };
        FitGeometry.Of(width, height, options, shrink: 0.5).ShouldBe(new FitGeometry(1280, 720, pictureWidth, pictureHeight));
    }

    [Theory]
    [InlineData("16/9")]
    [InlineData("0:1")]
    [InlineData("16:-9")]
    [InlineData("wide")]
    [InlineData("3:1")]
    [InlineData("1:3")]
    public void a_ratio_that_is_none_or_against_the_rule_is_a_mistake(string aspect) =>
        Should.Throw<ArgumentException>(() => FitGeometry.Of(100, 100, Options(aspect, 1920)));

    [Theory]
    [InlineData("white")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("1234567")]
    public void a_colour_that_is_none_is_a_mistake(string colour) =>
        Should.Throw<ArgumentException>(() => (Options(null, 1920) with { Background = colour }).BackgroundColour);

    [Fact]
    public void a_colour_is_read_as_red_green_blue() =>
        (Options(null, 1920) with { Background = "#0180Ff" }).BackgroundColour.ShouldBe(((byte)1, (byte)128, (byte)255));

    private static FitOptions Options(string? aspect, int longSide) =>
        new(aspect, new ImageRule { Formats = ["jpeg"], MaxCount = 1, MinSide = 300 }, "#ffffff", LongSide: longSide);
}
