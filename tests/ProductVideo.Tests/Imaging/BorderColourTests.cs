using ProductVideo.Imaging;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Imaging;

public sealed class BorderColourTests
{
    [Fact]
    public void an_edge_of_one_colour_with_noise_is_uniform()
    {
        var border = BorderColour.Of([.. Enumerable.Range(0, 100).SelectMany(i => new byte[] { (byte)(240 + (i % 5)), 230, (byte)(220 - (i % 7)) })]);
        border.IsUniform.ShouldBeTrue();
        border.R.ShouldBe((byte)242);
    }

    [Fact]
    public void an_edge_that_a_product_touches_is_background_but_not_uniform()
    {
        var border = BorderColour.Of([.. Enumerable.Range(0, 100).SelectMany(i => i < 30 ? new byte[] { 0, 0, 0 } : [250, 250, 250])]);
        (border.R, border.G, border.B).ShouldBe(((byte)250, (byte)250, (byte)250));
        border.IsUniform.ShouldBeFalse();
        border.IsBackground.ShouldBeTrue();
    }

    [Fact]
    public void an_edge_of_many_colours_is_neither()
    {
        var edge = new byte[3000];
        new Random(1).NextBytes(edge);
        var border = BorderColour.Of(edge);
        border.IsBackground.ShouldBeFalse();
        border.IsUniform.ShouldBeFalse();
    }

    [Fact]
    public void no_edge_has_no_colour() => BorderColour.Of([]).IsUniform.ShouldBeFalse();
}
