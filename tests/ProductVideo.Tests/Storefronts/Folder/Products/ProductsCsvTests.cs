using ProductVideo.Storefronts.Folder.Products;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Products;

public sealed class ProductsCsvTests
{
    private const string Header = "Handle,Title,Body (HTML),Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Position,Image Alt Text,Status\n";

    [Fact]
    public void rows_of_one_handle_make_one_product()
    {
        var product = ProductsCsv.Parse(ShopFolder.Csv).Products[0];

        product.Handle.ShouldBe("stoneware-mug");
        product.BodyHtml.ShouldBe("<p>Thrown by hand, 300 ml.</p>");
        product.Tags.ShouldBe(["mug", "kitchen"]);
        product.ProductType.ShouldBe("Mugs");
        product.Attributes["material"].ShouldBe("Stoneware");
        product.Images.Select(m => m.Src).ShouldBe(["images/mug-1.png", "images/mug-2.png"]);
        product.Images[0].Alt.ShouldBe("The mug from the front");
        product.Variants.Select(v => v.Id).ShouldBe(["MUG-S", "MUG-C"]);
        product.Variants[1].Options["Color"].ShouldBe("Chalk");
        product.Variants[0].CompareAt.ShouldBe(30m);
        product.Variants[1].ImageSrc.ShouldBe("images/mug-2.png");
    }

    [Fact]
    public void a_product_in_one_form_has_a_variant_without_options() =>
        ProductsCsv.Parse(ShopFolder.Csv).Products[1].Variants.ShouldHaveSingleItem().Options.ShouldBeEmpty();

    [Theory]
    [InlineData("active", "TRUE", true)]
    [InlineData("draft", "TRUE", false)]
    [InlineData("archived", "TRUE", false)]
    [InlineData("", "FALSE", false)]
    [InlineData("", "", true)]
    public void only_active_and_published_products_are_published(string status, string published, bool expected) =>
        ProductsCsv.Parse($"Handle,Title,Published,Status\nmug,Mug,{published},{status}\n").Products[0].IsPublished.ShouldBe(expected);

    [Fact]
    public void semicolons_tabs_and_decimal_commas_are_understood()
    {
        ProductsCsv.Parse("Handle;Title;Variant Price\nmug;Mug, big;\"19,90\"\n").Products[0].Variants[0].Price.ShouldBe(19.90m);
        ProductsCsv.Parse("Handle\tTitle\nmug\tMug\n").Products[0].Title.ShouldBe("Mug");
    }

    [Fact]
    public void a_quoted_cell_may_hold_line_breaks_quotes_and_separators()
    {
        var source = ProductsCsv.Parse(Header + "mug,\"The \"\"big\"\" mug\",\"<p>one,\r\ntwo</p>\",,,,,,,,,\r\ntin,Tin,,,,,,oops,,,,\r\n");
        source.Products[0].Title.ShouldBe("The \"big\" mug");
        source.Products[0].BodyHtml.ShouldContain("two");
        source.Problems.ShouldHaveSingleItem().Row.ShouldBe(3, "rows count as in a spreadsheet, not as lines");
    }

    [Fact]
    public void pictures_stand_in_the_order_of_their_positions() =>
        ProductsCsv.Parse(Header + "mug,Mug,,,,,,,b.png,2,,\nmug,,,,,,,,a.png,1,,\n").Products[0].Images.Select(m => m.Src).ShouldBe(["a.png", "b.png"]);

    [Fact]
    public void a_picture_of_a_variant_alone_joins_the_gallery() =>
        ProductsCsv.Parse("Handle,Title,Image Src,Variant SKU,Variant Image\nmug,Mug,a.png,S,b.png\n").Products[0].Images.Select(m => m.Src)
            .ShouldBe(["a.png", "b.png"]);

    [Theory]
    [InlineData("Mug Blue,Mug,,,,,,,,,,", "Handle", "can't be a handle")]
    [InlineData("mug,,,,,,,,,,,", "Title", "no title")]
    [InlineData("mug,Mug,,,,,S,\"1,234\",,,,", "Variant Price", "isn't a price")]
    [InlineData("mug,Mug,,,,,S,-3,,,,", "Variant Price", "isn't a price")]
    [InlineData("mug,Mug,,,,,S,€19,,,,", "Variant Price", "isn't a price")]
    [InlineData("mug,Mug,,,,,,,../secret.png,,,", "Image Src", "out of the shop's folder")]
    [InlineData("mug,Mug,,,,,,,notes.txt,,,", "Image Src", "isn't a picture")]
    [InlineData("mug,Mug,,,,,,,https://,,,", "Image Src", "web address")]
    [InlineData("mug,Mug,,,,,,,a.png,first,,", "Image Position", "isn't a position")]
    [InlineData("mug,Mug,,,,,,,,,,aktiv", "Status", "isn't a status")]
    public void a_mistake_names_row_and_column_and_leaves_the_others(string row, string column, string text)
    {
        var source = ProductsCsv.Parse(Header + "tin,Tin,,,,,,,,,,\n" + row + "\nbowl,Bowl,,,,,,,,,,\n");

        var problem = source.Problems.ShouldHaveSingleItem();
        problem.File.ShouldBe("products.csv");
        problem.Row.ShouldBe(3);
        problem.Column.ShouldBe(column);
        problem.Text.ShouldContain(text);
        source.Products.Select(p => p.Handle).ShouldBe(["tin", "bowl"]);
    }

    [Fact]
    public void a_row_without_handle_is_reported() =>
        ProductsCsv.Parse(Header + ",Mug,,,,,,,,,,\n").Problems.ShouldHaveSingleItem().Column.ShouldBe("Handle");

    [Fact]
    public void two_products_with_one_handle_are_told_apart_by_their_titles() =>
        ProductsCsv.Parse(Header + "mug,Mug,,,,,,,,,,\nmug,Bowl,,,,,,,,,,\n").Problems.ShouldHaveSingleItem().Text.ShouldContain("another handle");

    [Fact]
    public void a_row_with_a_separator_too_many_is_reported() =>
        ProductsCsv.Parse("Handle,Title\nmug,Mug, big\n").Problems.ShouldHaveSingleItem().Text.ShouldContain("more cells");

    [Fact]
    public void a_quotation_mark_that_is_never_closed_is_reported_and_nobody_trusts_the_rest()
    {
        var source = ProductsCsv.Parse("Handle,Title\ntin,Tin\nmug,\"Mug\nbowl,Bowl\n");
        source.Products.ShouldHaveSingleItem().Handle.ShouldBe("tin");
        source.Problems.ShouldHaveSingleItem().Row.ShouldBe(3);
        source.IsUnreadable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>not a table</html>")]
    [InlineData("Name,Price\nMug,3\n")]
    public void a_file_without_the_headings_says_which(string text)
    {
        var source = ProductsCsv.Parse(text);
        source.IsUnreadable.ShouldBeTrue();
        source.Problems.ShouldHaveSingleItem().Text.ShouldContain("“Handle” and “Title”");
    }

    [Theory]
    [InlineData("Material (product.metafields.custom.material)", "material")]
    [InlineData("Color (product.metafields.shopify.color-pattern)", "color-pattern")]
    [InlineData("Google Shopping / Custom Label 0", null)]
    [InlineData("Variant Price", null)]
    public void metafield_headings_become_attributes(string heading, string? attribute) => ProductsCsv.AttributeOf(heading).ShouldBe(attribute);

    [Fact]
    public void collections_stock_and_sales_are_read()
    {
        var products = ProductsCsv.Parse(ShopFolder.Csv + "stoneware-mug,,,,,,,,,,,,,,,,,,Kitchen,,\n").Products;
        products[0].Collections.ShouldBe(["Kitchen", "Gifts"]);
        (products[0].Stock, products[0].Sold).ShouldBe((7, 42));
        products[1].Collections.ShouldBeEmpty();
        (products[1].Stock, products[1].Sold).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("12", "shopify", 12)]
    [InlineData("12", "", null)]
    [InlineData("-3", "shopify", 0)]
    [InlineData("", "shopify", null)]
    public void only_what_the_shop_counts_is_stock(string quantity, string tracker, int? stock) =>
        ProductsCsv.Parse($"Handle,Title,Variant Inventory Tracker,Variant Inventory Qty\nmug,Mug,{tracker},{quantity}\n").Products[0].Stock.ShouldBe(stock);

    [Theory]
    [InlineData("Variant Inventory Qty", "a few")]
    [InlineData("Variant Inventory Qty", "9999999999")]
    [InlineData("Sold", "-1")]
    public void what_is_no_number_of_pieces_is_a_mistake(string column, string value) =>
        ProductsCsv.Parse($"Handle,Title,{column}\nmug,Mug,{value}\n").Problems.ShouldHaveSingleItem().Column.ShouldBe(column);

    [Fact]
    public void a_huge_title_and_empty_lines_are_survived()
    {
        var source = ProductsCsv.Parse("Handle,Title\n\nmug," + string.Concat(Enumerable.Repeat("🫖", 250_000)) + "\n\ntin,Tin\n");
        source.Products.Select(p => p.Handle).ShouldBe(["mug", "tin"]);
    }
}
