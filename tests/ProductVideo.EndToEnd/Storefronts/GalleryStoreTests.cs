using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>WooCommerce's own store of gallery videos, as the plugin writes it on a real WordPress: a stand-in brings the class by which it is known.</summary>
public sealed class GalleryStoreTests(WordPress wordpress) : IClassFixture<WordPress>, IDisposable
{
    private const string OfTheMerchant = """{"source_type":"attachment","id":4711,"position":1,"poster_id":4712,"note":"Gl\u00e4ser \/ \"zwei\""}""";

    private readonly HttpClient _service = wordpress.Client(WordPress.Merchant, wordpress.Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Mug => wordpress.Products[0];

    private string Store => $"/wp-json/test/v1/meta/{Mug}/_wc_video_gallery";

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task a_clip_stands_first_and_what_the_merchant_put_there_stays_as_it_is()
    {
        await SwitchAsync("test_gallery_store", "yes");
        await PutAsync(Store, new { value = $"[{OfTheMerchant}]" });
        var (video, poster) = (await UploadAsync("store.mp4", "video/mp4"), await UploadAsync("store-poster.jpg", "image/jpeg"));
        await AttachAsync("store", video, poster);
        await AttachAsync("store", video, poster);

        var kept = JsonNode.Parse(await KeptAsync())!.AsArray();
        kept.Count.ShouldBe(2);
        kept[0]!.ToJsonString().ShouldBe($$"""{"source_type":"attachment","id":{{video}},"position":0,"poster_id":{{poster}}}""");
        JsonNode.DeepEquals(kept[1], JsonNode.Parse(OfTheMerchant)).ShouldBeTrue();

        await DetachAsync("store");
        JsonNode.DeepEquals(JsonNode.Parse(await KeptAsync()), JsonNode.Parse($"[{OfTheMerchant}]")).ShouldBeTrue();
        await CleanAsync();
    }

    [Fact]
    public async Task a_copy_of_a_product_has_no_clip_and_all_that_the_merchant_put_there()
    {
        await SwitchAsync("test_gallery_store", "yes");
        await PutAsync(Store, new { value = $"[{OfTheMerchant}]" });
        await AttachAsync("copied", await UploadAsync("copied.mp4", "video/mp4"), poster: null);
        using var duplicated = await _service.PostAsync($"/wp-json/test/v1/duplicate/{Mug}", content: null, Token);
        var copy = (await duplicated.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();

        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/_productvideo_videos", Token))!.ShouldBeEmpty();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/of_another_plugin", Token))!.Count.ShouldBe(1);
        var store = (string)(await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{copy}/_wc_video_gallery", Token))!.ShouldHaveSingleItem()!;
        JsonNode.DeepEquals(JsonNode.Parse(store), JsonNode.Parse($"[{OfTheMerchant}]")).ShouldBeTrue();
        JsonNode.Parse(await KeptAsync())!.AsArray().Count.ShouldBe(2, "the product itself keeps its clip");

        await DetachAsync("copied");
        await CleanAsync();
    }

    [Fact]
    public async Task what_was_empty_is_empty_again_and_a_clip_without_a_poster_names_none()
    {
        await SwitchAsync("test_gallery_store", "yes");
        var video = await UploadAsync("bare.mp4", "video/mp4");
        await AttachAsync("bare", video, poster: null);
        (await KeptAsync()).ShouldBe($$"""[{"source_type":"attachment","id":{{video}},"position":0}]""");
        await DetachAsync("bare");
        (await AllKeptAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"version":2,"items":[{"id":1}]}""")]
    [InlineData("not JSON at all")]
    public async Task a_store_in_another_form_is_not_touched_and_the_clip_is_on_the_listing_all_the_same(string form)
    {
        await SwitchAsync("test_gallery_store", "yes");
        await SwitchAsync("woocommerce_feature_product_gallery_videos_enabled", "yes");
        await PutAsync(Store, new { value = form });
        await AttachAsync("form", await UploadAsync("form.mp4", "video/mp4"), poster: null);
        (await KeptAsync()).ShouldBe(form);
        using var shopper = wordpress.Client();
        (await shopper.GetStringAsync("/product/stoneware-mug/", Token)).ShouldContain("<video");
        await DetachAsync("form");
        (await KeptAsync()).ShouldBe(form);
        await CleanAsync();
    }

    [Fact]
    public async Task without_the_class_nothing_is_written_there()
    {
        await SwitchAsync("test_gallery_store", "no");
        await AttachAsync("none", await UploadAsync("none.mp4", "video/mp4"), poster: null);
        (await AllKeptAsync()).ShouldBeEmpty();
        await DetachAsync("none");
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task after_uninstalling_it_shows_no_clip_of_which_nobody_would_tell_who_drew_it()
    {
        await SwitchAsync("test_gallery_store", "yes");
        await PutAsync(Store, new { value = $"[{OfTheMerchant}]" });
        var video = await UploadAsync("uninstalled.mp4", "video/mp4");
        await AttachAsync("uninstalled", video, poster: null);
        await SwitchAsync("productvideo_settings", "a key");
        using var uninstalled = await _service.PostAsync("/wp-json/test/v1/uninstall", content: null, Token);
        uninstalled.IsSuccessStatusCode.ShouldBeTrue(await uninstalled.Content.ReadAsStringAsync(Token));

        JsonNode.DeepEquals(JsonNode.Parse(await KeptAsync()), JsonNode.Parse($"[{OfTheMerchant}]")).ShouldBeTrue();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{Mug}/_productvideo_videos", Token))!.ShouldBeEmpty();
        (await _service.GetFromJsonAsync<JsonArray>($"/wp-json/test/v1/meta/{video}/_productvideo_used_by", Token))!.ShouldBeEmpty();
        (await _service.GetStringAsync("/wp-json/test/v1/option/productvideo_settings", Token)).ShouldBe("false");
        using var file = await _service.GetAsync($"/wp-json/wp/v2/media/{video}", Token);
        file.IsSuccessStatusCode.ShouldBeTrue("it is the shop's");
        await CleanAsync();
        wordpress.Complaints.ShouldBeEmpty();
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
        PutAsync($"/wp-json/productvideo/v1/products/{Mug}/videos/{key}", new { media_id = media, poster_id = poster, width = 720, height = 720, seconds = 5.0, alt = "It turns once." });

    private async Task DetachAsync(string key)
    {
        using var answer = await _service.DeleteAsync($"/wp-json/productvideo/v1/products/{Mug}/videos/{key}", Token);
        answer.IsSuccessStatusCode.ShouldBeTrue();
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
