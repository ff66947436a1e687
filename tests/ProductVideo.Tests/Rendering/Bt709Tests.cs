using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class Bt709Tests
{
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(128, 128, 128, 126, 128, 128)]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    [InlineData(255, 255, 0, 219, 16, 138)]
    [InlineData(0, 255, 255, 188, 154, 16)]
    public void known_colours_have_their_published_values(byte r, byte g, byte b, byte y, byte cb, byte cr) =>
        Bt709.ToYuv(new Rgb(r, g, b)).ShouldBe((y, cb, cr));

    [Fact]
    public void every_colour_is_rounded_to_the_nearest_value()
    {
        for (var value = 0; value < 1 << 24; value += 997)
        {
            var (r, g, b) = (value >> 16, (value >> 8) & 255, value & 255);
            var light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            var (y, cb, cr) = Bt709.ToYuv(new Rgb((byte)r, (byte)g, (byte)b));
            ((double)y).ShouldBe(16 + light * 219 / 255, 0.501);
            ((double)cb).ShouldBe(128 + (b - light) / 1.8556 * 224 / 255, 0.501);
            ((double)cr).ShouldBe(128 + (r - light) / 1.5748 * 224 / 255, 0.501);
        }
    }

    [Fact]
    public void there_and_back_is_the_same_colour_within_the_rounding()
    {
        for (var value = 0; value < 1 << 24; value += 12347)
        {
            var colour = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
            var (y, cb, cr) = Bt709.ToYuv(colour);
            var back = Bt709.ToRgb(y, cb, cr);
            Math.Abs(back.R - colour.R).ShouldBeLessThanOrEqualTo(2);
            Math.Abs(back.G - colour.G).ShouldBeLessThanOrEqualTo(2);
            Math.Abs(back.B - colour.B).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Fact]
    public void chroma_is_sited_on_the_left_of_its_two_columns()
    {
        // One blue column: sited left, its own chroma sample takes half of it and the next takes a quarter only if the column lies to the right.
        using var even = Columns(blueColumn: 4);
        using var odd = Columns(blueColumn: 5);
        var white = even.Blue.Row(0)[0];
        var full = Bt709.ToYuv(new Rgb(0, 0, 255)).Cb - white;
        ((double)even.Blue.Row(0)[2] - white).ShouldBe(full / 2.0, 1.0);
        even.Blue.Row(0)[1].ShouldBe(white);
        even.Blue.Row(0)[3].ShouldBe(white);
        ((double)odd.Blue.Row(0)[2] - white).ShouldBe(full / 4.0, 1.0);
        ((double)odd.Blue.Row(0)[3] - white).ShouldBe(full / 4.0, 1.0);
    }

    private static Picture Columns(int blueColumn)
    {
        var rgb = new byte[12 * 4 * 3];
        for (var i = 0; i < rgb.Length; i++)
            rgb[i] = i / 3 % 12 == blueColumn && i % 3 < 2 ? (byte)0 : (byte)255;
        var picture = new Picture(12, 4);
        Bt709.Convert(rgb, 12, 0, 0, picture);
        return picture;
    }
}
