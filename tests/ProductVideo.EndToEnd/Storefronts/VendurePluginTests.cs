using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Vendure;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What the plugin does in a real Vendure besides what every storefront must.</summary>
public sealed class VendurePluginTests(Vendure vendure) : IClassFixture<Vendure>
{
    private readonly VendureStorefront _shop = RealVendureConformanceTests.Connect(vendure);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task our_own_attach_and_detach_move_no_date_and_send_no_news()
    {
        var (mug, _) = await vendure.AddProductAsync();
        // What is said of its making, and of its variants', is heard before the attaching begins.
        await vendure.News.UntilAsync(mug, Token);
        await vendure.News.UntilAsync(mug, Token);
        var before = await ProductAsync(mug);
        await _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("mug-5f2c").Clip, Token);
        (await ProductAsync(mug)).ShouldBe(before);
        await _shop.DetachAsync(mug, "mug-5f2c", Token);
        (await ProductAsync(mug)).ShouldBe(before);

        var (marker, _) = await vendure.AddProductAsync();
        var heard = await vendure.News.UntilAsync(marker, Token);
        heard.Concat(await vendure.News.UntilAsync(marker, Token)).ShouldNotContain(call => VendureNews.Names(call, mug));
    }

    [Fact]
    public async Task shoppers_get_all_that_a_shop_window_needs_and_no_more()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var (clip, bytes) = RealVendureConformanceTests.Clip("mug-5f2c");
        var attached = await _shop.AttachAsync(mug, clip with { MadeWithAi = true }, Token);
        var video = (await vendure.ShopAsync(
            "query ($id: ID!) { product(id: $id) { productVideos { url poster mimeType width height seconds alt madeWithAi } } }", new { id = mug }))["product"]!["productVideos"]!.AsArray().ShouldHaveSingleItem()!;
        (video["mimeType"]!.ToString(), (int)video["width"]!, (double)video["seconds"]!, video["alt"]!.ToString(), (bool)video["madeWithAi"]!)
            .ShouldBe(("video/mp4", 1080, 8, "The mug turns once.", true));
        (await vendure.BytesAsync((string)video["url"]!)).ShouldBe(bytes);
        (await vendure.BytesAsync((string)video["poster"]!)).ShouldBe(Vendure.Photograph("chalk.jpg"));
        attached.ClipUrl.ShouldBe((string)video["url"]!);
        using var shopper = new HttpClient();
        (await (await shopper.PostAsJsonAsync(new Uri(vendure.Address, "/shop-api"), new { query = "{ product(id: 1) { productVideos { key } } }" }, Token))
            .Content.ReadAsStringAsync(Token)).ShouldContain("GRAPHQL_VALIDATION_FAILED");
    }

    [Fact]
    public async Task a_variant_that_is_switched_off_is_neither_price_nor_stock_nor_variant()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var variants = (await vendure.AdminAsync("query ($id: ID!) { product(id: $id) { variants { id sku } } }", new { id = mug }))["product"]!["variants"]!.AsArray();
        await vendure.AdminAsync(
            "mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }", new { input = new[] { new { id = (string)variants[0]!["id"]!, enabled = false, price = 100 } } });
        var product = (await _shop.ReadAsync(mug, Token)).ShouldNotBeNull();
        product.Variants.ShouldHaveSingleItem().Sku.ShouldBe((string?)variants[1]!["sku"]);
        (product.Price, product.Stock).ShouldBe((product.Variants[0].Price, 3));
    }

    [Fact]
    public async Task a_shop_that_knows_no_country_of_a_language_is_read_in_the_language()
    {
        await vendure.AdminAsync("mutation { updateGlobalSettings(input: { availableLanguages: [en, de] }) { __typename } }");
        var (mug, title) = await vendure.AddProductAsync();
        await vendure.AdminAsync(
            "mutation ($id: ID!) { updateProduct(input: { id: $id, translations: [{ languageCode: de, name: \"Steingutbecher\", slug: \"steingutbecher\", description: \"\" }] }) { id } }", new { id = mug });
        (await In("de-DE").ReadAsync(mug, Token))!.Title.ShouldBe("Steingutbecher");
        (await In("en-GB").ReadAsync(mug, Token))!.Title.ShouldBe(title);
        (await In("de-DE").CheckAccessAsync(Token)).ShouldAllBe(check => check.IsGranted);
        (await In("fr-FR").CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem().Right.ShouldBe("Listings in fr-FR");

        VendureStorefront In(string locale) => RealVendureConformanceTests.Connect(vendure, options => options.Locale = locale);
    }

    [Fact]
    public async Task detaching_takes_both_files_away_but_none_that_the_merchant_uses_elsewhere()
    {
        var ((mug, _), (tin, _)) = (await vendure.AddProductAsync(), await vendure.AddProductAsync());
        var kept = await _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("kept").Clip, Token);
        var gone = await _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("gone").Clip, Token);
        await vendure.AdminAsync(
            "mutation ($id: ID!, $all: [ID!]) { updateProduct(input: { id: $id, assetIds: $all }) { id } }", new { id = tin, all = vendure.Pictures.Append(kept.MediaId) });

        await _shop.DetachAsync(mug, "gone", Token);
        await _shop.DetachAsync(mug, "kept", Token);

        (await FilesAsync("gone")).ShouldBeEmpty();
        (await FilesAsync("kept")).ShouldBe(["kept.mp4"]);
        (await AssetsAsync(tin)).ShouldContain(kept.MediaId);
        (await ClipsAsync(mug)).ShouldBe(0);
        await _shop.DetachAsync(mug, "kept", Token);
    }

    [Fact]
    public async Task a_clip_that_the_merchant_deleted_is_on_no_listing_and_can_come_back()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var clip = RealVendureConformanceTests.Clip("deleted").Clip;
        var attached = await _shop.AttachAsync(mug, clip, Token);
        (await vendure.AdminAsync("mutation ($id: ID!) { deleteAsset(input: { assetId: $id }) { result } }", new { id = attached.MediaId }))["deleteAsset"]!["result"]!.ToString().ShouldBe("DELETED");
        (await ClipsAsync(mug)).ShouldBe(0);
        (await _shop.AttachAsync(mug, clip, Token)).WasThere.ShouldBeFalse();
        (await ClipsAsync(mug)).ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_among_the_assets_comes_last_and_leaves_no_trace()
    {
        var gallery = RealVendureConformanceTests.Connect(vendure, options => options.UseGallery = true);
        var (mug, _) = await vendure.AddProductAsync();
        var (assets, read) = (await AssetsAsync(mug), await gallery.ReadAsync(mug, Token));
        var attached = await gallery.AttachAsync(mug, RealVendureConformanceTests.Clip("among").Clip, Token);
        (await AssetsAsync(mug)).ShouldBe([.. assets, attached.MediaId]);
        (await gallery.ReadAsync(mug, Token))!.Version.ShouldBe(read!.Version);

        await gallery.DetachAsync(mug, "among", Token);
        (await AssetsAsync(mug)).ShouldBe(assets);
        (await FilesAsync("among")).ShouldBeEmpty();
    }

    [Fact]
    public async Task two_processes_at_once_leave_one_clip()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var clip = RealVendureConformanceTests.Clip("twice").Clip;
        var others = new[] { _shop, RealVendureConformanceTests.Connect(vendure) };
        // One of them may be told to come again; nothing is attached twice.
        var outcomes = await Task.WhenAll(others.Select(async shop =>
        {
            try
            {
                return (await shop.AttachAsync(mug, clip, Token)).MediaId;
            }
            catch (StorefrontException e) when (e.Fault is StorefrontFault.Unavailable)
            {
                return (await shop.AttachAsync(mug, clip, Token)).MediaId;
            }
        }));
        outcomes.Distinct().ShouldHaveSingleItem();
        (await ClipsAsync(mug)).ShouldBe(1);
        (await FilesAsync("twice")).Count.ShouldBe(2, "a clip and its poster");
    }

    [Fact]
    public async Task a_clip_above_twenty_mebibytes_is_refused_with_the_name_of_the_setting()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var refused = await Should.ThrowAsync<StorefrontException>(() => _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("large", 21_000_000).Clip, Token));
        (refused.Fault, refused.MerchantText.Contains("assetOptions.uploadMaxFileSize", StringComparison.Ordinal)).ShouldBe((StorefrontFault.ClipRefused, true));
        (await _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("just", 20_900_000).Clip, Token)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_role_with_four_permissions_does_and_one_that_only_reads_is_told_what_it_lacks()
    {
        var (mug, _) = await vendure.AddProductAsync();
        var service = await vendure.AddAdministratorAsync("ReadProduct", "ReadAsset", "UpdateProduct", "CreateAsset");
        var allowed = RealVendureConformanceTests.Connect(vendure, options => options.User = service);
        (await allowed.CheckAccessAsync(Token)).ShouldAllBe(check => check.IsGranted);
        (await allowed.AttachAsync(mug, RealVendureConformanceTests.Clip("least").Clip, Token)).WasThere.ShouldBeFalse();
        await allowed.DetachAsync(mug, "least", Token);
        (await FilesAsync("least")).ShouldBeEmpty();

        var reader = await vendure.AddAdministratorAsync("ReadProduct", "ReadAsset");
        var refused = RealVendureConformanceTests.Connect(vendure, options => options.User = reader);
        (await refused.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem().Right.ShouldBe("Put clips on products");
        (await Should.ThrowAsync<StorefrontException>(() => refused.AttachAsync(mug, RealVendureConformanceTests.Clip("least").Clip, Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
        (await Should.ThrowAsync<StorefrontException>(() => refused.DetachAsync(mug, "least", Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task an_administrator_of_another_channel_neither_lists_clips_nor_takes_them_off()
    {
        var (mug, _) = await vendure.AddProductAsync();
        await _shop.AttachAsync(mug, RealVendureConformanceTests.Clip("theirs").Clip, Token);
        var channel = await vendure.AddChannelAsync("outlet");
        var user = await vendure.AddAdministratorAsync(channel, ["ReadProduct", "ReadAsset", "UpdateProduct", "CreateAsset"]);
        var outlet = RealVendureConformanceTests.Connect(vendure, options => (options.User, options.Channel) = (user, "outlet"));
        (await Should.ThrowAsync<StorefrontException>(() => outlet.DetachAsync(mug, "theirs", Token))).MerchantText.ShouldContain("shoppers of other channels still see its video");
        await outlet.DetachAsync(mug, "nobodys", Token);
        (await FilesAsync("theirs")).Count.ShouldBe(2, "a clip and its poster");
        (await ClipsAsync(mug)).ShouldBe(1);

        const string list = "query ($id: ID!) { productVideos(productId: $id) { key } }";
        (await vendure.AdminAsync(list, new { id = mug }, channel: "outlet"))["productVideos"]!.AsArray().ShouldBeEmpty();
        (await vendure.AdminAsync(list, new { id = mug }))["productVideos"]!.AsArray().ShouldHaveSingleItem();
        await _shop.DetachAsync(mug, "theirs", Token);
        (await ClipsAsync(mug)).ShouldBe(0);
    }

    [Theory]
    [InlineData("mutation { generateProductVideo(productId: 1, requestKey: \"k\") { state } }")]
    [InlineData("mutation { detachProductVideo(productId: 1, key: \"k\") }")]
    [InlineData("{ productVideoState(productId: 1) { state } }")]
    [InlineData("{ productVideos(productId: 1) { key } }")]
    public async Task nobody_who_is_not_signed_in_is_let_in(string query)
    {
        using var nobody = new HttpClient();
        using var answer = await nobody.PostAsJsonAsync(vendure.AdminApi, new { query }, Token);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["errors"]![0]!["extensions"]!["code"]).ShouldBe("FORBIDDEN");
    }

    private async Task<string> ProductAsync(string id) => (await vendure.AdminAsync(
        "query ($id: ID!) { product(id: $id) { updatedAt name assets { id } featuredAsset { id } variants { updatedAt } } }", new { id }))["product"]!.ToJsonString();

    private async Task<List<string>> AssetsAsync(string id) =>
        [.. (await vendure.AdminAsync("query ($id: ID!) { product(id: $id) { assets { id } } }", new { id }))["product"]!["assets"]!.AsArray().Select(asset => (string)asset!["id"]!)];

    private async Task<int> ClipsAsync(string id) =>
        (await vendure.ShopAsync("query ($id: ID!) { product(id: $id) { productVideos { id } } }", new { id }))["product"]!["productVideos"]!.AsArray().Count;

    private async Task<List<string>> FilesAsync(string start) =>
        [.. (await vendure.AdminAsync("query ($start: String!) { assets(options: { filter: { name: { contains: $start } } }) { items { name } } }", new { start }))["assets"]!["items"]!.AsArray()
            .Select(asset => (string)asset!["name"]!).Order(StringComparer.Ordinal)];
}
