using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class RgbTests
{
    [Fact]
    public void contrast_is_the_ratio_of_wcag()
    {
        Rgb.Contrast(Rgb.White, Rgb.Black).ShouldBe(21, 0.001);
        Rgb.Contrast(Rgb.White, new Rgb(0x76, 0x76, 0x76)).ShouldBe(4.54, 0.01);
        Rgb.Contrast(Rgb.Black, Rgb.Black).ShouldBe(1);
    }

    [Fact]
    public void ink_is_readable_on_every_colour()
    {
        for (var value = 0; value < 1 << 24; value += 4999)
        {
            var paper = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
            Rgb.Contrast(paper, paper.ReadableInk()).ShouldBeGreaterThan(4.5);
        }
    }

    [Fact]
    public void a_caption_is_readable_on_the_darkest_and_the_lightest_photo()
    {
        foreach (var photo in (Rgb[])[Rgb.Black, Rgb.White, new Rgb(255, 0, 0), new Rgb(0, 0, 90)])
        {
            var card = new Rgb(Over(photo.R), Over(photo.G), Over(photo.B));
            Rgb.Contrast(card, CaptionCard.Ink).ShouldBeGreaterThan(7);
        }

        static byte Over(byte photo) => (byte)Math.Round(photo * (1 - CaptionCard.Opacity) + 255 * CaptionCard.Opacity);
    }

    [Theory]
    [InlineData("#1f2937", 0x1f, 0x29, 0x37)]
    [InlineData("#FFFFFF", 255, 255, 255)]
    public void colours_are_read_from_hex(string hex, byte r, byte g, byte b) => Rgb.Parse(hex).ShouldBe(new Rgb(r, g, b));

    [Theory]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("1f29370")]
    public void what_is_no_colour_is_refused(string text) =>
        Should.Throw<RenderException>(() => Rgb.Parse(text)).Code.ShouldBe(RenderFault.InvalidPlan);
}
