using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Bridge;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.NopCommerce;
using ProductVideo.Exchange;
using ProductVideo.Spending;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.NopCommerce;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.NopCommerce;

public sealed class NopCommerceStorefrontTests : IAsyncLifetime
{
    private NopCommerceParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeNopCommerce Fake => _parts.Fake;

    private NopCommerceStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await NopCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<AttachedMedia> AttachAsync(int product, string key = "mug-5f2c") => Shop.AttachAsync($"{product}", NopCommerceParts.Clip(key), Token);

    private async Task<StorefrontException> RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<StorefrontException>(act);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Message.ShouldNotContain(Fake.Secret);
        return refused;
    }

    [Theory]
    [InlineData("PUT", "files/video", StorefrontFault.ClipRefused, "maxAllowedContentLength")]
    [InlineData("GET", "files/a.mp4", StorefrontFault.InvalidData, "lacks the ProductVideo plugin")]
    [InlineData("PUT", "products/1/videos/mug", StorefrontFault.InvalidData, "lacks the ProductVideo plugin")]
    public void a_page_of_iis_that_stands_for_a_file_that_is_too_large_is_no_missing_plugin(string method, string path, StorefrontFault fault, string told)
    {
        using var answered = new HttpResponseMessage();
        var page = Encoding.UTF8.GetBytes("<!DOCTYPE html><title>404 - File or directory not found.</title>");
        var refused = NopCommerceFaults.Of(new NopAnswer(new ShopAnswer($"{method} https://shop.example{NopCommerceApi.Root}{path}", 404, answered.Headers, page, RetryAfter: null, MovedTo: null)));
        (refused.Fault, refused.MerchantText.Contains(told, StringComparison.Ordinal)).ShouldBe((fault, true));
    }

    [Fact]
    public async Task what_the_shop_says_is_read_completely()
    {
        var id = Fake.Add("Stoneware mug", product => product with
        {
            Sku = "MUG", Manufacturers = ["Tonwerk"], Categories = ["Mugs", "Kitchen"], Tags = ["handmade"],
            Specifications = [new("Material", "Stoneware"), new("Finish", "Matt"), new("Finish", "Glazed")],
            Variants = [new(901, "MUG-S", null, [new("Color", "Sage")], 12)],
        });
        var product = (await Shop.ReadAsync($"{id}", Token)).ShouldNotBeNull();
        (product.Ref, product.Vendor, product.ProductType, product.Price, product.Locale).ShouldBe(
            (new ProductRef("nop", $"{id}"), "Tonwerk", "Mugs", new Money(11.90m, "EUR"), "en-US"));
        product.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Stoneware", ["finish"] = "Matt, Glazed" });
        product.Tags.ShouldBe(["handmade"]);
        var variant = product.Variants.ShouldHaveSingleItem();
        (variant.Id, variant.Options["Color"], variant.Price, variant.ImageId).ShouldBe(("901", "Sage", new Money(11.90m, "EUR"), "12"));
        (product.Sku, variant.Sku).ShouldBe(("MUG", "MUG-S"));
        product.ListingUrl.ShouldBe($"{Fake.Address}product-{id}");
    }

    [Fact]
    public async Task a_clip_goes_up_as_it_is_and_the_shop_is_told_what_it_shows()
    {
        var mug = Fake.Add("Mug");
        var attached = await Shop.AttachAsync($"{mug}", NopCommerceParts.Clip("mug-5f2c") with { MadeWithAi = true }, Token);
        var row = Fake.Rows.All.ShouldHaveSingleItem();
        (attached.MediaId, attached.ListingUrl, attached.ClipUrl).ShouldBe(
            ($"{row.Id}", $"{Fake.Address}product-{mug}", $"{Fake.Address}files/productvideo/{row.VideoFile}"));
        (row.Alt, row.Seconds, row.Width, row.Height, row.MadeWithAi).ShouldBe(("The mug turns once.", 8m, 1080, 1080, true));
        using var client = new HttpClient();
        (await client.GetByteArrayAsync(new Uri(attached.ClipUrl!), Token)).ShouldBe(NopCommerceParts.Mp4("mug-5f2c"));
        Fake.Files.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("PUT /productvideo/bridge/v1/files/video")]
    [InlineData("PUT /productvideo/bridge/v1/files/poster")]
    [InlineData("/videos/mug-5f2c")]
    public async Task a_lost_answer_leaves_one_file_and_one_clip_after_the_next_try(string lost)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults[lost] = FakeNopFault.DropAfter;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.Unavailable);

        (await AttachAsync(mug)).WasThere.ShouldBe(lost.StartsWith("/videos", StringComparison.Ordinal));
        Fake.Gallery(mug).Count(media => media.IsVideo).ShouldBe(1);
        Fake.Files.Count.ShouldBe(2);
        Fake.Requests.Count(request => request.EndsWith("/files/video", StringComparison.Ordinal)).ShouldBe(1, "what is there is not sent again");
    }

    [Fact]
    public async Task a_lost_answer_to_a_detach_is_mended_by_the_next_one()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        Fake.Faults["DELETE"] = FakeNopFault.DropAfter;
        (await RefusedAsync(() => Shop.DetachAsync($"{mug}", "mug-5f2c", Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
        await Shop.DetachAsync($"{mug}", "mug-5f2c", Token);
        Fake.Rows.All.ShouldBeEmpty();
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task detaching_leaves_files_that_another_clip_uses_and_all_of_the_merchants()
    {
        var (mug, tin) = (Fake.Add("Mug"), Fake.Add("Tin"));
        await File.WriteAllTextAsync(Path.Combine(Fake.Folder, "brochure.pdf"), "the merchant's", Token);
        await AttachAsync(mug);
        await AttachAsync(tin);
        await Shop.DetachAsync($"{mug}", "mug-5f2c", Token);
        Fake.Gallery(tin).Single(media => media.IsVideo).Bytes.ShouldBe(NopCommerceParts.Mp4("mug-5f2c"));
        await Shop.DetachAsync($"{tin}", "mug-5f2c", Token);
        Fake.Files.ShouldBe(["brochure.pdf"]);
    }

    [Fact]
    public async Task a_clip_whose_file_somebody_took_away_gets_it_back()
    {
        var mug = Fake.Add("Mug");
        await AttachAsync(mug);
        File.Delete(Path.Combine(Fake.Folder, Fake.Rows.All[0].VideoFile));
        Fake.Gallery(mug).ShouldBeEmpty();
        await AttachAsync(mug);
        Fake.Gallery(mug).ShouldHaveSingleItem().Bytes.ShouldBe(NopCommerceParts.Mp4("mug-5f2c"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(250)]
    public async Task products_that_are_removed_during_a_walk_hide_no_others(int take)
    {
        var ids = Enumerable.Range(1, 120).Select(i => Fake.Add($"Product {i}")).ToList();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Shop.ListAsync(new ProductQuery(Take: take, Cursor: cursor), Token);
            seen.AddRange(page.Products.Select(product => product.Ref.ProductId));
            if (cursor is null)
                Fake.Catalogue.Remove(ids[0]);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.ShouldBe(ids.Select(id => $"{id}"));
    }

    [Theory]
    [InlineData(FakeNopFault.Busy, StorefrontFault.RateLimited, "wait")]
    [InlineData(FakeNopFault.Maintenance, StorefrontFault.Unavailable, "can't be reached")]
    [InlineData(FakeNopFault.Page, StorefrontFault.Unavailable, "maintenance page")]
    [InlineData(FakeNopFault.TooLarge, StorefrontFault.ClipRefused, "size")]
    [InlineData(FakeNopFault.Moved, StorefrontFault.InvalidData, "https://www.shop.example/?…")]
    public async Task what_the_shop_does_wrong_is_told_with_a_way_out(FakeNopFault wrong, StorefrontFault fault, string told)
    {
        var mug = Fake.Add("Mug");
        Fake.Faults["PUT /productvideo/bridge/v1/files/video"] = wrong;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        refused.Fault.ShouldBe(fault);
        refused.MerchantText.ShouldContain(told);
        refused.RetryAfter.ShouldBe(wrong is FakeNopFault.Busy ? TimeSpan.FromSeconds(7) : null);
        (await AttachAsync(mug)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_shop_without_the_plugin_is_told_to_install_it()
    {
        var mug = Fake.Add("Mug");
        Fake.HasPlugin = false;
        var refused = await RefusedAsync(() => AttachAsync(mug));
        (refused.Fault, refused.MerchantText.Contains("plugin", StringComparison.Ordinal)).ShouldBe((StorefrontFault.InvalidData, true));
    }

    [Fact]
    public async Task a_clip_over_the_shops_limit_or_that_is_no_mp4_is_refused_for_good_and_leaves_nothing()
    {
        var mug = Fake.Add("Mug");
        (await RefusedAsync(() => Shop.AttachAsync($"{mug}", NopCommerceParts.Clip("mug-5f2c", new byte[5_000]), Token))).Fault.ShouldBe(StorefrontFault.ClipRefused);
        Fake.MaxClipBytes = 100_000;
        (await RefusedAsync(() => AttachAsync(mug))).Fault.ShouldBe(StorefrontFault.ClipRefused);
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task bytes_that_are_not_the_clip_that_was_promised_are_not_stored()
    {
        var mug = Fake.Add("Mug");
        var clip = NopCommerceParts.Clip("mug-5f2c") with { OpenClip = _ => Task.FromResult<Stream>(new MemoryStream(NopCommerceParts.Mp4("other-mug", 200_000))) };
        (await RefusedAsync(() => Shop.AttachAsync($"{mug}", clip, Token))).Fault.ShouldBe(StorefrontFault.Unavailable);
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clock_that_is_wrong_is_let_in_nowhere()
    {
        var late = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-6));
        (await RefusedAsync(() => _parts.With(Fake.Secret, late).ListAsync(new ProductQuery(), Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task what_a_shop_lacks_is_told_with_the_way_out()
    {
        Fake.IsConnected = false;
        var checks = await Shop.CheckAccessAsync(Token);
        checks.Single(check => check.Right == "Read products").IsGranted.ShouldBeFalse("there is none");
        checks.Single(check => check.Right == "Store videos").IsGranted.ShouldBeTrue();
        checks.Single(check => check.Right == "Hear of changes").WayOut!.ShouldContain("Press “Make a connection code”");
        Fake.Files.ShouldBeEmpty();
    }

    [Fact]
    public void what_is_to_be_done_in_the_shop_is_done_with_buttons() =>
        new NopCommerceKind(null!, TimeProvider.System, NullLogger<NopCommerceStorefront>.Instance).Steps.ShouldNotContain(step => step.Contains("keys create", StringComparison.Ordinal));

    [Theory]
    [InlineData("products.removed", typeof(ShopNews.ProductsRemoved))]
    [InlineData("products.changed", typeof(ShopNews.ProductsChanged))]
    [InlineData("orders.changed", typeof(ShopNews.Other))]
    public void a_call_is_read_by_its_topic(string topic, Type news) =>
        Shop.Read(Call($$"""{"topic":"{{topic}}","product_ids":["13","14"]}""")).ShouldBeOfType(news);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"topic":"products.changed","product_ids":["../1"]}""")]
    public void a_call_that_names_no_product_is_none(string body) => Should.Throw<System.Text.Json.JsonException>(() => Shop.Read(Call(body)));

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new NopCommerceOptions { Shop = "Nop!", Url = new Uri("http://shop.example/"), Secret = "whsec_short", DisplayName = "", Locale = "german", MaxClipBytes = 1 };
        var failures = new ShopOptionsValidation<NopCommerceOptions>(NopCommerceOptions.Section).Validate("nop", options).Failures!.ToList();
        failures.Count.ShouldBe(6);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:NopCommerce:nop:", StringComparison.Ordinal));
        new ShopOptionsValidation<NopCommerceOptions>(NopCommerceOptions.Section).Validate("nop", _parts.Options).Succeeded.ShouldBeTrue();
        BridgeSignature.KeyOf(_parts.Options.Secret).ShouldBe(NopCommerceOptions.KeyOf(_parts.Options.Secret));
    }

    private static WebhookCall Call(string body) => new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow);
}
