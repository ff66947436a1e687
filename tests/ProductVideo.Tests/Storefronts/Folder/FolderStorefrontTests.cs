using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Spending;
using ProductVideo.Storefronts.Folder;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder;

public sealed class FolderStorefrontTests : IDisposable
{
    private readonly ShopFolder _folder = new();
    private readonly FolderStorefront _shop;

    public FolderStorefrontTests() => _shop = _folder.Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_product_carries_all_that_the_folder_says()
    {
        var mug = (await _shop.ReadAsync("stoneware-mug", Token))!;
        mug.Ref.ShouldBe(new ProductRef("sample", "stoneware-mug"));
        mug.Price.ShouldBe(new Money(24m, "EUR"));
        mug.Locale.ShouldBe("en");
        mug.ListingUrl.ShouldBe("/shop/sample/products/stoneware-mug");
        mug.Images[0].Source.ShouldBe(new ImageSource.Held("images/mug-1.png"));
        mug.Variants[1].ImageId.ShouldBe(mug.Images[1].Id);
        mug.Attributes["material"].ShouldBe("Stoneware");
        _shop.DisplayName.ShouldBe("Tonwerk");
    }

    [Fact]
    public async Task a_new_name_is_read_as_colour_and_logo_are()
    {
        (_shop.DisplayName, (await _shop.ReadBrandAsync(Token)).Name).ShouldBe(("Tonwerk", "Tonwerk"));
        _folder.Write("shop.json", """{ "name": "Tonwerk Leipzig", "currency": "EUR" }""");
        (_shop.DisplayName, (await _shop.ReadBrandAsync(Token)).Name).ShouldBe(("Tonwerk Leipzig", "Tonwerk Leipzig"));
    }

    [Fact]
    public async Task a_products_price_is_that_of_its_cheapest_variant_wherever_it_stands()
    {
        _folder.Write("products.csv", "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nvase,Vase,Size,L,V-L,29\nvase,,,S,V-S,19\nvase,,,M,,\n");
        var vase = (await _shop.ReadAsync("vase", Token))!;
        vase.Price.ShouldBe(new Money(19m, "EUR"));
        vase.Variants.Select(variant => variant.Sku).ShouldBe(["V-L", "V-S", null]);
    }

    [Fact]
    public async Task drafts_are_listed_as_drafts()
    {
        var sketch = (await _shop.ReadAsync("sketch", Token))!;
        sketch.IsPublished.ShouldBeFalse();
        sketch.ListingUrl.ShouldBeNull();
    }

    [Fact]
    public async Task one_bad_product_hides_no_other()
    {
        _folder.Write("products.csv", ShopFolder.Csv + "Bad Handle,Bad,,,,,,,,,,,,,,,,\nno-photo,No photo,,,,,,,,,,,images/none.png,1,,,,\n");
        _folder.Write("products/broken.json", "{ not json");

        (await Handles()).ShouldBe(["sketch", "stoneware-mug", "tea-tin"]);
        (await _shop.ReadAsync("stoneware-mug", Token)).ShouldNotBeNull();
        var problems = await _shop.ProblemsAsync(Token);
        problems.Select(p => p.ProductId).ShouldBe(["Bad Handle", null, "no-photo"], ignoreOrder: true);
        problems.ShouldContain(p => p.ToString().StartsWith("products.csv, row 7, column “Image Src”: The picture “images/none.png” isn't in the folder"));
    }

    [Fact]
    public async Task reading_a_bad_product_says_what_is_wrong_with_it()
    {
        _folder.Write("products.csv", ShopFolder.Csv + "bowl,,,,,,,,,,,,,,,,,\n");
        var refused = await Should.ThrowAsync<StorefrontException>(() => _shop.ReadAsync("bowl", Token));
        refused.Fault.ShouldBe(StorefrontFault.InvalidData);
        refused.MerchantText.ShouldBe("products.csv, row 6, column “Title”: The product has no title; write one into its first row.");
    }

    [Fact]
    public async Task a_file_that_nobody_can_read_never_makes_a_product_look_gone()
    {
        _folder.Write("products.csv", [0x48, 0xE4, 0xFF, 0x2C]);
        _folder.Write("products/pen.json", """{ "handle": "pen", "title": "Pen" }""");

        (await Should.ThrowAsync<StorefrontException>(() => _shop.ReadAsync("stoneware-mug", Token))).MerchantText.ShouldContain("UTF-8");
        (await Handles()).ShouldBe(["pen"]);
    }

    [Fact]
    public async Task a_folder_that_vanished_is_unavailable_and_not_empty()
    {
        Directory.Delete(_folder.Path, recursive: true);
        (await Should.ThrowAsync<StorefrontException>(() => _shop.ListAsync(new(), Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
        Directory.CreateDirectory(_folder.Path);
        (await Handles()).ShouldBeEmpty();
    }

    [Fact]
    public async Task twins_in_two_files_are_both_held_back_until_one_goes()
    {
        _folder.Write("products/tin.json", """{ "handle": "tea-tin", "title": "Another tin" }""");
        (await Handles()).ShouldBe(["sketch", "stoneware-mug"]);
        _folder.Remove("products/tin.json");
        (await Handles()).ShouldBe(["sketch", "stoneware-mug", "tea-tin"]);
    }

    [Fact]
    public async Task prices_without_a_currency_are_left_out_and_reported()
    {
        _folder.Remove("shop.json");
        (await _shop.ReadAsync("tea-tin", Token))!.Price.ShouldBeNull();
        (await _shop.ProblemsAsync(Token)).ShouldHaveSingleItem().Column.ShouldBe("currency");
    }

    [Fact]
    public async Task a_byte_order_mark_and_utf16_are_read()
    {
        _folder.Write("products.csv", [.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes("Handle;Title\nmug;Tasse „groß“\n")]);
        (await _shop.ReadAsync("mug", Token))!.Title.ShouldBe("Tasse „groß“");
        _folder.Write("products.csv", [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes("Handle\tTitle\nmug\t煎茶\n")]);
        (await _shop.ReadAsync("mug", Token))!.Title.ShouldBe("煎茶");
    }

    [Theory]
    [InlineData("TONWERK mug", "stoneware-mug")]
    [InlineData("  tins ", "tea-tin")]
    [InlineData("sketch", "sketch")]
    public async Task every_word_of_a_search_must_be_found_somewhere(string search, string handle) =>
        (await Handles(search)).ShouldBe([handle]);

    [Theory]
    [InlineData("not-ours!")]
    [InlineData("Li4vLi4v")]
    public async Task a_cursor_that_is_none_of_ours_is_refused(string cursor) =>
        (await Should.ThrowAsync<StorefrontException>(() => _shop.ListAsync(new(Cursor: cursor), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);

    [Fact]
    public async Task a_list_goes_on_after_its_last_product_was_taken_away()
    {
        var first = await _shop.ListAsync(new(Take: 2), Token);
        _folder.Write("products.csv", string.Join('\n', ShopFolder.Csv.Split('\n').Where(r => !r.StartsWith("stoneware", StringComparison.Ordinal))));
        (await _shop.ListAsync(new(Take: 2, Cursor: first.NextCursor), Token)).Products.ShouldHaveSingleItem().Ref.ProductId.ShouldBe("tea-tin");
    }

    [Fact]
    public async Task a_page_of_no_products_is_a_programming_mistake() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _shop.ListAsync(new(Take: 0), Token));

    [Theory]
    [InlineData("\"currency\": \"EUR\"", "\"currency\": \"USD\"")]
    [InlineData("\"locale\": \"en\"", "\"locale\": \"de\"")]
    public async Task the_version_follows_the_shops_file_too(string from, string to)
    {
        var before = await Version();
        _folder.Write("shop.json", _folder.Text("shop.json").Replace(from, to, StringComparison.Ordinal));
        (await Version()).ShouldNotBe(before);
    }

    [Fact]
    public async Task the_sample_shop_has_something_to_narrow_a_backfill_by()
    {
        using var shop = new FolderStorefront(
            new FolderOptions { Shop = "sample", Path = Path.Combine(Repository.Root, "src", "ProductVideo.Host", "SampleShop"), StatePath = _folder.StatePath }, TimeProvider.System,
            NullLogger<FolderStorefront>.Instance);
        (await shop.ProblemsAsync(Token)).ShouldBeEmpty();
        var products = (await shop.ListAsync(new ProductQuery(), Token)).Products;
        products.ShouldAllBe(product => product.Collections.Count > 0 && product.Stock != null && product.Sold != null);
        products.SelectMany(product => product.Collections).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(3);
        products.ShouldContain(product => product.Stock == 0);
    }

    [Theory]
    [InlineData(",Stoneware,", ",Porcelain,")]
    [InlineData("MUG-C,24.00", "MUG-C,25.00")]
    [InlineData("The mug from the front", "The mug from behind")]
    [InlineData("300 ml", "301 ml")]
    public async Task the_version_changes_with_every_part_of_the_listing(string from, string to)
    {
        var before = await Version();
        _folder.Write("products.csv", _folder.Text("products.csv").Replace(from, to, StringComparison.Ordinal));
        (await Version()).ShouldNotBe(before);
    }

    [Fact]
    public async Task the_version_stays_when_other_products_or_unlisted_columns_change()
    {
        var before = await Version();
        _folder.Write("products.csv", ShopFolder.Csv.Replace("Tea tin", "Tin for tea", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "images", "mug-1.png"), DateTime.UtcNow.AddDays(-3));
        (await Version()).ShouldBe(before);
        (await ReopenedVersion()).ShouldBe(before);
    }

    [Fact]
    public async Task files_that_rest_are_read_only_once()
    {
        var old = DateTime.UtcNow.AddDays(-2);
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, old);
        var before = await Version();

        // Same length and time: only a second reading could tell the difference.
        _folder.Write("images/mug-1.png", [0x89, 0x50, 0x4E, 0x47, 77]);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "images", "mug-1.png"), old);
        (await Version()).ShouldBe(before);
        (await ReopenedVersion()).ShouldNotBe(before);
    }

    [Fact]
    public async Task a_change_within_one_tick_of_the_clock_is_seen()
    {
        var before = await Version();
        var path = Path.Combine(_folder.Path, "images", "mug-1.png");
        var time = File.GetLastWriteTimeUtc(path);
        _folder.Write("images/mug-1.png", [0x89, 0x50, 0x4E, 0x47, 77]);
        File.SetLastWriteTimeUtc(path, time);
        (await Version()).ShouldNotBe(before);
    }

    [Fact]
    public async Task remote_pictures_are_named_and_never_fetched()
    {
        _folder.Write("products/pen.json", """{ "handle": "pen", "title": "Pen", "images": [{ "src": "https://cdn.invalid/pen.webp" }] }""");
        (await _shop.ReadAsync("pen", Token))!.Images[0].Source.ShouldBe(new ImageSource.Remote("https://cdn.invalid/pen.webp"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<List<string>> Handles(string? search = null) =>
        [.. (await _shop.ListAsync(new(search), Token)).Products.Select(p => p.Ref.ProductId)];

    private async Task<string> Version() => (await _shop.ReadAsync("stoneware-mug", Token))!.Version;

    private async Task<string> ReopenedVersion() => (await _folder.Open().ReadAsync("stoneware-mug", Token))!.Version;
}
