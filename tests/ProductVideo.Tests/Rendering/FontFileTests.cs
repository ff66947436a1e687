using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class FontFileTests
{
    [Fact]
    public void a_font_that_is_missing_is_told_as_that_until_it_is_back()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ttf");
        var font = new FontFile(path, "None");
        var missing = Should.Throw<FontMissingException>(() => font.Has('a'));
        missing.Code.ShouldBe(RenderFault.FontMissing);
        missing.OperatorText.ShouldContain(path);
        Should.Throw<FontMissingException>(font.Demand);
        RenderTrouble.Of(missing, "/work").Problem.Code.ShouldBe("font_missing");

        File.Copy(Path.Combine(AppContext.BaseDirectory, "Rendering", "Fonts", "NotoSans-Bold.ttf"), path);
        try
        {
            font.Demand();
            font.Has('a').ShouldBeTrue();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void every_font_of_the_shelf_is_shipped() => Should.NotThrow(FontShelf.Demand);
}
