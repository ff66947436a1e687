using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>WooCommerce's own store of gallery videos, which earlier versions of the plugin wrote, on a real WordPress: a stand-in draws what is in it.</summary>
public sealed class GalleryStoreTests(WordPress wordpress) : IClassFixture<WordPress>, IDisposable
{
    private const string OfTheMerchant = """{"source_type":"attachment","id":4711,"position":1,"poster_id":4712,"note":"Gl\u00e4ser \/ \"zwei\""}""";

    private readonly HttpClient _service = wordpress.Client(WordPress.Merchant, wordpress.Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Mug => wordpress.Products[0];

    private string Store => $"/wp-json/test/v1/meta/{Mug}/_wc_video_gallery";

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task a_clip_is_not_written_there()
    {
        await SwitchAsync("woocommerce_feature_product_gallery_videos_enabled", "yes");
        await PutAsync(Store, new { value = $"[{OfTheMerchant}]" });
        await AttachAsync("store", await UploadAsync("store.mp4", "video/mp4"), await UploadAsync("store-poster.jpg", "image/jpeg"));
        await OnlyTheMerchantsAsync();
        await DetachAsync("store");
        await OnlyTheMerchantsAsync();
        await CleanAsync();
    }

    [Fact]
    public async Task a_clip_that_a_block_gallery_holds_has_our_player_and_tells_that_a_model_drew_it()
    {
        await SwitchAsync("woocommerce_feature_product_gallery_videos_enabled", "yes");
        var before = (string)(await _service.GetFromJsonAsync<JsonObject>($"/wp-json/wp/v2/product/{Mug}?context=edit", Token))!["content"]!["raw"]!;
        await WriteAsync("<!-- wp:woocommerce/product-gallery --><p>All pictures.</p><!-- /wp:woocommerce/product-gallery -->");
        var video = await UploadAsync("block.mp4", "video/mp4");
        await AttachAsync("block", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)}]" });

        var page = await PageAsync();
        page.ShouldContain("<video class=\"of-woocommerce\" autoplay");
        page.ShouldContain("<video class=\"productvideo-player\" controls");
        page.ShouldContain("Made with AI");

        await DetachAsync("block");
        (await PageAsync()).ShouldNotContain("<video");
        await WriteAsync(before);

        Task WriteAsync(string content) => PostAsync($"/wp-json/wp/v2/product/{Mug}", new { content });
    }

    [Fact]
    public async Task a_theme_that_knows_nothing_of_the_store_shows_the_clip()
    {
        await SwitchAsync("woocommerce_feature_product_gallery_videos_enabled", "yes");
        await SwitchAsync("test_woocommerce_pages", "yes");
        var video = await UploadAsync("classic.mp4", "video/mp4");
        await AttachAsync("classic", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)}]" });

        var page = await PageAsync();
        page.ShouldContain("<video class=\"productvideo-player\" controls");
        page.ShouldContain("Made with AI");

        await DetachAsync("classic");
        await SwitchAsync("test_woocommerce_pages", "no");
    }

    [Fact]
    public async Task what_an_earlier_version_wrote_there_goes_once_and_what_the_merchant_put_there_stays_as_it_is()
    {
        var video = await UploadAsync("earlier.mp4", "video/mp4");
        await AttachAsync("earlier", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)},{OfTheMerchant}]" });
        // As it was while that version ran.
        await SwitchAsync("productvideo_left_gallery_store", "");
        await OnlyTheMerchantsAsync();

        await PutAsync(Store, new { value = $"[{Entry(video)},{OfTheMerchant}]" });
        JsonNode.Parse(await KeptAsync())!.AsArray().Count.ShouldBe(2, "that was the merchant");
        await DetachAsync("earlier");
        await OnlyTheMerchantsAsync();
        await CleanAsync();
    }

    [Fact]
    public async Task a_store_that_held_nothing_else_is_gone()
    {
        var video = await UploadAsync("alone.mp4", "video/mp4");
        await AttachAsync("alone", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)}]" });
        await DetachAsync("alone");
        (await AllKeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_copy_of_a_product_has_no_clip_and_all_that_the_merchant_put_there()
    {
        var video = await UploadAsync("copied.mp4", "video/mp4");
        await AttachAsync("copied", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)},{OfTheMerchant}]" });
        using var duplicated = await _service.PostAsync($"/wp-json/test/v1/duplicate/{Mug}", content: null, Token);
        var copy = (await duplicated.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();

        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/_productvideo_videos", Token))!.ShouldBeEmpty();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/of_another_plugin", Token))!.Count.ShouldBe(1);
        var store = (string)(await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/_wc_video_gallery", Token))!.ShouldHaveSingleItem()!;
        JsonNode.DeepEquals(JsonNode.Parse(store), JsonNode.Parse($"[{OfTheMerchant}]")).ShouldBeTrue();

        await DetachAsync("copied");
        await CleanAsync();
    }

    [Theory]
    [InlineData("""{"version":2,"items":[{"id":1}]}""")]
    [InlineData("not JSON at all")]
    public async Task a_store_in_another_form_is_not_touched(string form)
    {
        await PutAsync(Store, new { value = form });
        await AttachAsync("form", await UploadAsync("form.mp4", "video/mp4"), poster: null);
        await SwitchAsync("productvideo_left_gallery_store", "");
        (await KeptAsync()).ShouldBe(form);
        await DetachAsync("form");
        (await KeptAsync()).ShouldBe(form);
        await CleanAsync();
    }

    [Fact]
    public async Task after_uninstalling_it_shows_no_clip_of_which_nobody_would_tell_who_drew_it()
    {
        var video = await UploadAsync("uninstalled.mp4", "video/mp4");
        await AttachAsync("uninstalled", video, poster: null);
        await PutAsync(Store, new { value = $"[{Entry(video)},{OfTheMerchant}]" });
        await SwitchAsync("productvideo_settings", "a key");
        using var uninstalled = await _service.PostAsync("/wp-json/test/v1/uninstall", content: null, Token);
        uninstalled.IsSuccessStatusCode.ShouldBeTrue(await uninstalled.Content.ReadAsStringAsync(Token));

        await OnlyTheMerchantsAsync();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{Mug}/_productvideo_videos", Token))!.ShouldBeEmpty();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{video}/_productvideo_used_by", Token))!.ShouldBeEmpty();
        (await _service.GetStringAsync("/wp-json/test/v1/option/productvideo_settings", Token)).ShouldBe("false");
        using var file = await _service.GetAsync($"/wp-json/wp/v2/media/{video}", Token);
        file.IsSuccessStatusCode.ShouldBeTrue("it is the shop's");
        await CleanAsync();
        wordpress.Complaints.ShouldBeEmpty();
    }

    private static string Entry(long video) => $$"""{"source_type":"attachment","id":{{video}},"position":0}""";

    private async Task OnlyTheMerchantsAsync() => JsonNode.DeepEquals(JsonNode.Parse(await KeptAsync()), JsonNode.Parse($"[{OfTheMerchant}]")).ShouldBeTrue();

    private async Task<string> PageAsync()
    {
        using var shopper = wordpress.Client();
        return await shopper.GetStringAsync($"/?post_type=product&p={Mug}", Token);
    }

    private async Task CleanAsync()
    {
        using var answer = await _service.DeleteAsync(Store, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private Task SwitchAsync(string option, string value) => PutAsync($"/wp-json/test/v1/option/{option}", new { value });

    private async Task<string> KeptAsync() => (string)(await AllKeptAsync()).ShouldHaveSingleItem()!;

    private async Task<JsonArray> AllKeptAsync() => (await _service.GetFromJsonAsync<JsonArray>(Store, Token))!;

    private Task AttachAsync(string key, long media, long? poster) =>
        PutAsync($"/wp-json/productvideo/v1/products/{Mug}/videos/{key}", new { media_id = media, poster_id = poster, width = 720, height = 720, seconds = 5.0, alt = "It turns once.", made_with_ai = true });

    private async Task DetachAsync(string key)
    {
        using var answer = await _service.DeleteAsync($"/wp-json/productvideo/v1/products/{Mug}/videos/{key}", Token);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _service.PostAsJsonAsync(path, body, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await _service.PutAsJsonAsync(path, body, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<long> UploadAsync(string name, string type)
    {
        using var content = new ByteArrayContent(type.StartsWith("image/", StringComparison.Ordinal)
            ? await File.ReadAllBytesAsync(Path.Combine(Hosts.Checkout.SampleShop, "images", "stoneware-mug", "chalk.jpg"), Token) : [.. "\0\0\0\u0018ftypmp42"u8, .. new byte[500]]);
        content.Headers.ContentType = new(type);
        content.Headers.ContentDisposition = new("attachment") { FileName = $"\"{name}\"" };
        using var answer = await _service.PostAsync("/wp-json/wp/v2/media", content, Token);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();
    }
}
