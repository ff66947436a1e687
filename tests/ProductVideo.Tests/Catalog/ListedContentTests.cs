using ProductVideo.Catalog;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Catalog;

public sealed class ListedContentTests
{
    private static readonly ListedProduct Mug = new()
    {
        Ref = new ProductRef("test", "mug"),
        Title = "Mug",
        DescriptionHtml = "<p>A mug.</p>",
        Vendor = "Kiln & Co",
        ProductType = "Mugs",
        Attributes = new Dictionary<string, string> { ["material"] = "stoneware", ["color"] = "blue" },
        Images = [new ListedImage("1", new ImageSource.Remote("https://shop.example/mug.jpg?v=1"), "A mug"), new ListedImage("2", new ImageSource.Held("back.jpg"), null) { Digest = "a" }],
        Price = new Money(12.50m, "EUR"),
        ListingUrl = "https://shop.example/mug",
        Version = "1",
    };

    public static TheoryData<string, ListedProduct> Same => new()
    {
        { "another price", Mug with { Price = new Money(9.90m, "EUR") } },
        { "another tag", Mug with { Tags = ["sale"] } },
        { "a draft", Mug with { IsPublished = false } },
        { "another address", Mug with { ListingUrl = "https://shop.example/the-mug" } },
        { "a sold-out variant", Mug with { Variants = [new ProductVariant("1", new Dictionary<string, string>(), Price: null, ImageId: null)], Stock = 0 } },
        { "another collection", Mug with { Collections = ["Gifts"] } },
        { "another version", Mug with { Version = "2" } },
        { "facts in another order", Mug with { Attributes = Mug.Attributes.Reverse().ToDictionary() } },
        { "another domain", Mug with { Images = [Mug.Images[0] with { Source = new ImageSource.Remote("https://www.other.example/mug.jpg?v=1") }, Mug.Images[1]] } },
    };

    public static TheoryData<string, ListedProduct> Other => new()
    {
        { "another title", Mug with { Title = "Blue mug" } },
        { "another text", Mug with { DescriptionHtml = "<p>A blue mug.</p>" } },
        { "another vendor", Mug with { Vendor = "Kiln" } },
        { "another kind", Mug with { ProductType = "Cups" } },
        { "another fact", Mug with { Attributes = new Dictionary<string, string> { ["material"] = "glass", ["color"] = "blue" } } },
        { "a picture less", Mug with { Images = [Mug.Images[0]] } },
        { "the pictures the other way round", Mug with { Images = [Mug.Images[1], Mug.Images[0]] } },
        { "a picture anew at its address", Mug with { Images = [Mug.Images[0] with { Source = new ImageSource.Remote("https://shop.example/mug.jpg?v=2") }, Mug.Images[1]] } },
        { "other bytes of a picture", Mug with { Images = [Mug.Images[0], Mug.Images[1] with { Digest = "b" }] } },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void what_no_video_is_made_from_is_no_part_of_it(string what, ListedProduct product) => ListedContent.Of(product).ShouldBe(ListedContent.Of(Mug), what);

    [Theory]
    [MemberData(nameof(Other))]
    public void words_and_pictures_are(string what, ListedProduct product) => ListedContent.Of(product).ShouldNotBe(ListedContent.Of(Mug), what);
}
