using ProductVideo.Storefronts.Folder.Products;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Products;

public sealed class ProductJsonTests
{
    [Fact]
    public void a_whole_product_is_read()
    {
        var product = ProductJson.Parse("""
            {
              "handle": "sencha", "title": "Sencha 煎茶", "bodyHtml": "<p>Green</p>", "vendor": "Chaya", "productType": "Tea", "tags": ["tea"], "locale": "ja",
              "options": [{ "name": "Size", "values": ["100 g"] }],
              "variants": [{ "sku": "S1", "price": 1800, "compareAtPrice": "2000", "currency": "JPY", "options": { "Size": "100 g" }, "image": "images/s.png" }],
              "images": [{ "src": "images/s.png", "alt": "A tin" }, { "src": "https://cdn.example/x.webp" }],
              "attributes": { "Material": "tin", "origin": " " }, // a comment is fine
              "collections": [" Tea ", "Gifts", "Tea", ""], "stock": 7, "sold": "42"
            }
            """, "products/sencha.json").Products.ShouldHaveSingleItem();

        product.Title.ShouldBe("Sencha 煎茶");
        product.Locale.ShouldBe("ja");
        product.IsPublished.ShouldBeTrue();
        product.Variants.ShouldHaveSingleItem().Price.ShouldBe(1800m);
        product.Variants[0].CompareAt.ShouldBe(2000m);
        product.Variants[0].Currency.ShouldBe("JPY");
        product.Images.Count.ShouldBe(2);
        product.Images[1].IsRemote.ShouldBeTrue();
        product.Attributes.ShouldHaveSingleItem().ShouldBe(new("material", "tin"));
        product.Collections.ShouldBe(["Tea", "Gifts"]);
        (product.Stock, product.Sold).ShouldBe((7, 42));
    }

    [Theory]
    [InlineData("""{ "title": "x" }""", "handle")]
    [InlineData("""{ "handle": "a b", "title": "x" }""", "handle")]
    [InlineData("""{ "handle": "a" }""", "title")]
    [InlineData("""{ "handle": "a", "title": "x", "locale": "deutsch!" }""", "locale")]
    [InlineData("""{ "handle": "a", "title": "x", "status": "on" }""", "status")]
    [InlineData("""{ "handle": "a", "title": "x", "stock": -1 }""", "stock")]
    [InlineData("""{ "handle": "a", "title": "x", "sold": -1 }""", "sold")]
    [InlineData("""{ "handle": "a", "title": "x", "images": [{ "src": "a.png" }, { "src": "/etc/passwd" }] }""", "images[1].src")]
    [InlineData("""{ "handle": "a", "title": "x", "images": [null] }""", "images[0].src")]
    [InlineData("""{ "handle": "a", "title": "x", "images": [{ "src": "https://é-.example/a.jpg" }] }""", "images[0].src")]
    [InlineData("""{ "handle": "a", "title": "x", "images": [{ "src": "https://-é.example/a.jpg" }] }""", "images[0].src")]
    [InlineData("""{ "handle": "a", "title": "x", "variants": [null] }""", "variants[0].sku")]
    [InlineData("""{ "handle": "a", "title": "x", "variants": [{ "price": -1 }] }""", "variants[0].price")]
    [InlineData("""{ "handle": "a", "title": "x", "variants": [{ "currency": "euro" }] }""", "variants[0].currency")]
    [InlineData("""{ "handle": "a", "title": "x", "variants": [{ "price": "19 EUR" }] }""", "variants[0].price")]
    public void a_mistake_names_the_member(string json, string member)
    {
        var source = ProductJson.Parse(json, "products/a.json");
        source.Products.ShouldBeEmpty();
        var problem = source.Problems.ShouldHaveSingleItem();
        problem.File.ShouldBe("products/a.json");
        problem.Column.ShouldBe(member);
        problem.Text.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void a_product_in_one_form_has_a_variant_without_options() => ProductJson.Parse(
            """{ "handle": "a", "title": "x", "variants": [{ "options": { "Title": "Default Title" } }] }""", "products/a.json")
        .Products[0].Variants.ShouldHaveSingleItem().Options.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"handle\": \"a\",\n \"title\": \"x\"\n \"tags\": [] }")]
    public void what_is_no_product_at_all_leaves_it_open_which_one_it_was(string json)
    {
        var source = ProductJson.Parse(json, "products/a.json");
        source.IsUnreadable.ShouldBeTrue();
        source.Problems.ShouldHaveSingleItem().File.ShouldBe("products/a.json");
    }

    [Fact]
    public void a_missing_comma_is_found_in_its_line() =>
        ProductJson.Parse("{ \"handle\": \"a\",\n \"title\": \"x\"\n \"tags\": [] }", "products/a.json").Problems[0].Row.ShouldBe(3);
}
