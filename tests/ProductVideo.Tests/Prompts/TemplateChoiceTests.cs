using ProductVideo.Catalog;
using ProductVideo.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public class TemplateChoiceTests
{
    [Theory]
    [InlineData("Mugs", "turntable")]
    [InlineData("Kaffeebecher", "turntable")]
    [InlineData("Chaussures", "turntable")]
    [InlineData("الأحذية والكوب", "turntable")]
    [InlineData("Halsketten", "detail-closeups")]
    [InlineData("Gift Set", "unboxing")]
    [InlineData("Vestidos", "lifestyle")]
    [InlineData("Weihnachtsdeko, Weihnachten", "seasonal")]
    [InlineData("Software", "slow-push-in")]
    [InlineData("Spring Water", "slow-push-in")]
    [InlineData("String lights", "slow-push-in")]
    [InlineData("Steering wheel cover", "slow-push-in")]
    [InlineData("Lettering stickers", "slow-push-in")]
    [InlineData("Wardrobe", "slow-push-in")]
    [InlineData(null, "slow-push-in")]
    public void the_type_decides_in_any_language(string? type, string expected) =>
        Choose(type, [], "Thing").ShouldBe(expected);

    [Fact]
    public void the_type_weighs_more_than_tags_and_tags_more_than_the_title()
    {
        Choose("Necklaces", ["christmas"], "Thing").ShouldBe("detail-closeups");
        Choose(null, ["christmas"], "Necklace").ShouldBe("seasonal");
        Choose(null, [], "Necklace").ShouldBe("detail-closeups");
    }

    [Fact]
    public void a_turntable_is_not_chosen_for_a_single_picture() =>
        Products.Templates.Choose(Products.Mug with { Images = [Products.Image(1, 900, 900)] }).Free.Key.ShouldNotBe("turntable");

    [Fact]
    public void a_word_within_another_is_no_match() => Choose("Springs", [], "Scarfolding boxing").ShouldBe("slow-push-in");

    [Fact]
    public void a_box_is_not_opened_by_itself_where_the_clip_begins_with_the_products_picture()
    {
        Suited("Gift Set", [], "Thing").FromPicture.Key.ShouldBe("slow-push-in");
        Suited("Gift Set", ["christmas"], "Thing").FromPicture.Key.ShouldBe("seasonal");
        Suited("Necklaces", [], "Thing").FromPicture.Key.ShouldBe("detail-closeups");
    }

    private static string Choose(string? type, string[] tags, string title) => Suited(type, tags, title).Free.Key;

    private static SuitedTemplates Suited(string? type, string[] tags, string title) =>
        Products.Templates.Choose(new ProductSnapshot
        {
            Ref = new ProductRef("s", "1"), Title = title, ProductType = type, Tags = tags, Version = "1", Images = Products.Mug.Images,
        });
}
