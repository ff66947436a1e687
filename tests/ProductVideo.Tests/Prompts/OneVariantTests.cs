using ProductVideo.Catalog;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

/// <summary>The product in the clip is one product: of a mug in three colours, one colour is shown to a model that redraws it.</summary>
public sealed class OneVariantTests
{
    private const string Note = "Pictures of other variants were left out, so that the model does not mix them. Choose pictures to show another variant.";

    [Fact]
    public void a_model_that_redraws_sees_one_variant_and_reads_its_colour_alone()
    {
        var made = Compose(Mug);
        made.ImageIndexes.ShouldBe([0, 3, 4]);
        made.Prompt.ShouldContain("\"Chalk\"");
        made.Prompt.ShouldNotContain("Moss");
        made.Notes.ShouldContain(Note);
    }

    [Fact]
    public void a_merchant_who_chooses_the_pictures_shows_that_variant()
    {
        var made = Compose(Mug, ["i2", "i4"]);
        made.ImageIndexes.ShouldBe([1, 3]);
        made.Prompt.ShouldContain("\"Moss\"");
        made.Prompt.ShouldNotContain("Chalk");
        made.Notes.ShouldNotContain(Note);
    }

    [Theory]
    [InlineData("i1", false)]
    [InlineData("i2", true)]
    [InlineData("i4", false)]
    public void a_clip_that_ends_on_another_variant_is_warned_of(string last, bool warned)
    {
        var can = Products.HappyHorse with { Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame };
        Compose(Mug, can: can, last: last).Notes.Any(note => note.Contains("shows another variant", StringComparison.Ordinal)).ShouldBe(warned);
    }

    [Fact]
    public void a_film_of_the_photographs_shows_them_all()
    {
        var made = Compose(Mug, can: Products.Local);
        made.Notes.ShouldNotContain(Note);
        made.ImageIndexes.ShouldContain(1);
    }

    [Fact]
    public void where_the_shop_does_not_say_what_the_main_picture_shows_all_are_used()
    {
        var unsaid = Mug with { Variants = [.. Mug.Variants.Skip(1)] };
        Compose(unsaid).ImageIndexes.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void variants_that_share_a_picture_share_it()
    {
        var sizes = Mug with
        {
            Variants = [.. new[] { "S", "L" }.Select(size => new ProductVariant(size, new Dictionary<string, string> { ["Color"] = "Chalk", ["Size"] = size }, null, "i1"))],
        };
        var made = Compose(sizes);
        made.ImageIndexes.ShouldBe([0, 1, 2, 3, 4]);
        made.Facts.Colour.ShouldBe("Chalk");
        made.Facts.Size.ShouldNotBe("S");
    }

    private static ProductSnapshot Mug { get; } = Products.Mug with
    {
        Images = [.. Enumerable.Range(1, 5).Select(n => Products.Image(n, 1200, 1200))],
        Attributes = new Dictionary<string, string> { ["color"] = "Chalk, Moss, Ink" },
        Variants =
        [
            .. new[] { "Chalk", "Moss", "Ink" }.Select((colour, n) =>
                new ProductVariant(colour, new Dictionary<string, string> { ["Color"] = colour }, null, FormattableString.Invariant($"i{n + 1}"))),
        ],
    };

    private static Composition Compose(ProductSnapshot product, IReadOnlyList<string>? images = null, ProviderCapabilities? can = null, string? last = null) =>
        Products.Composer.Compose(product, new ComposeOptions
        {
            ProviderKey = "some", Model = "some-1", Capabilities = can ?? Products.HappyHorse, ImageIds = images, LastImageId = last, TemplateKey = "turntable",
        });
}
