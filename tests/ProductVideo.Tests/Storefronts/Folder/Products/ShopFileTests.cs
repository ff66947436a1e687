using ProductVideo.Storefronts.Folder.Products;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Products;

public sealed class ShopFileTests
{
    [Fact]
    public void a_whole_file_is_read()
    {
        var (shop, problems) = ShopFile.Parse("""{ "name": "Chaya", "currency": "JPY", "locale": "ja", "brand": { "color": "#2F5D50", "logo": "brand/logo.png" } }""");
        shop.ShouldBe(new ShopFile("Chaya", "JPY", "ja", "#2F5D50", "brand/logo.png"));
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void each_unsound_member_is_reported_and_left_out()
    {
        var (shop, problems) = ShopFile.Parse(
            """{ "name": "Chaya", "currency": "yen", "locale": "??", "brand": { "color": "red;}body{display:none", "logo": "../../logo.png" } }""");
        shop.ShouldBe(new ShopFile("Chaya", null, null, null, null));
        problems.Select(p => p.Column).ShouldBe(["currency", "locale", "brand.color", "brand.logo"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{ \"brand\": 3 }")]
    public void a_broken_file_is_one_problem(string json) => ShopFile.Parse(json).Problems.ShouldHaveSingleItem().File.ShouldBe("shop.json");

    [Fact]
    public void an_empty_object_is_fine() => ShopFile.Parse("{}").ShouldSatisfyAllConditions(
        r => r.Shop.ShouldBe(ShopFile.Empty), r => r.Problems.ShouldBeEmpty());
}
