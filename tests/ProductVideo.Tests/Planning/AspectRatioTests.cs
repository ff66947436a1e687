using ProductVideo.Planning;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class AspectRatioTests
{
    [Theory]
    [InlineData("1:1", 1, 1)]
    [InlineData("9:16", 9, 16)]
    [InlineData("21:9", 21, 9)]
    public void a_ratio_is_read(string text, int width, int height) => AspectRatio.Parse(text).ShouldBe(new AspectRatio(width, height));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("16/9")]
    [InlineData("0:1")]
    [InlineData("-1:1")]
    [InlineData("1:1:1")]
    [InlineData("1.5:1")]
    [InlineData(" 1:1")]
    [InlineData("5:1")]
    [InlineData("99999999999:1")]
    [InlineData("adaptive")]
    public void anything_else_is_no_ratio(string? text) => AspectRatio.Parse(text).ShouldBeNull();

    [Fact]
    public void upright_and_wide_are_equally_far_from_square() =>
        new AspectRatio(9, 16).Distance(new AspectRatio(1, 1)).ShouldBe(new AspectRatio(16, 9).Distance(new AspectRatio(1, 1)), 1e-12);
}
