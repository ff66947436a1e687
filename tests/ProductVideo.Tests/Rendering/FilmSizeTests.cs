using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class FilmSizeTests
{
    [Theory]
    [InlineData("1:1", 1080, 1080)]
    [InlineData("9:16", 1080, 1920)]
    [InlineData("16:9", 1920, 1080)]
    [InlineData("4:5", 1080, 1350)]
    [InlineData("3:4", 1080, 1440)]
    [InlineData("4:3", 1440, 1080)]
    public void usual_ratios_have_their_usual_size(string aspect, int width, int height) =>
        FilmSize.For(aspect).ShouldBe((width, height));

    [Theory]
    [InlineData("16:9", 721)]
    [InlineData("9:16", 355)]
    [InlineData("4:5", 333)]
    [InlineData("3:4", 129)]
    public void both_sides_are_even(string aspect, int shortSide)
    {
        var (width, height) = FilmSize.For(aspect, shortSide);
        (width % 2).ShouldBe(0);
        (height % 2).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("square")]
    [InlineData("0:1")]
    [InlineData("-1:1")]
    [InlineData("10:1")]
    [InlineData("1.5:1")]
    [InlineData("16:9:1")]
    public void a_ratio_that_cannot_be_filmed_is_refused(string aspect) =>
        Should.Throw<RenderException>(() => FilmSize.For(aspect)).Code.ShouldBe(RenderFault.InvalidPlan);
}
