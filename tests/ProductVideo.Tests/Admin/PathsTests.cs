using ProductVideo.Admin;
using ProductVideo.Catalog;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class PathsTests
{
    [Theory]
    [InlineData("/shop/sample/products/mug", "/shop/sample/products/mug")]
    [InlineData("https://shop.example/mug", "https://shop.example/mug")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//elsewhere.example/", null)]
    [InlineData("/\\elsewhere.example/", null)]
    [InlineData("mug", null)]
    [InlineData(null, null)]
    public void a_listing_link_leads_to_a_page_and_nowhere_else(string? address, string? expected) => Paths.Listing(address).ShouldBe(expected);

    [Fact]
    public void the_lists_of_a_shop_are_named_by_its_key()
    {
        Paths.ProductsOf("a&b").ShouldBe("/?shop=a%26b");
        Paths.ProductsOf("a&b", "red & blue", "video").ShouldBe("/?shop=a%26b&needs=video&search=red%20%26%20blue");
        Paths.BackfillsOf("a&b").ShouldBe("/backfills?shop=a%26b");
    }

    [Fact]
    public void an_id_with_slashes_stays_one_part_of_the_address() =>
        Paths.Product(new ProductRef("shop", "gid://shop/Product/1?a")).ShouldBe("/products/shop/gid%3A%2F%2Fshop%2FProduct%2F1%3Fa");
}
