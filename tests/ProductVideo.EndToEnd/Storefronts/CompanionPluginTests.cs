using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The companion plugin's routes, and what shoppers see, on a real WordPress; and the real program against it.</summary>
public sealed class CompanionPluginTests(WordPress wordpress) : IClassFixture<WordPress>, IDisposable
{
    private readonly HttpClient _service = wordpress.Client(WordPress.Merchant, wordpress.Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Mug => wordpress.Products[0];

    private long Tin => wordpress.Products[1];

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task a_video_goes_on_once_and_comes_off_with_its_files_and_nothing_else_moves()
    {
        var before = await ProductAsync(Tin);
        var (video, poster) = (await UploadAsync("tin-1.mp4", "video/mp4"), await UploadAsync("tin-1-poster.jpg", "image/jpeg"));
        await SetAsync("test_heard", Array.Empty<string>());
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(Tin, "tin-1", video, poster)));
        all.Count(answer => !answer["was_there"]!.GetValue<bool>()).ShouldBe(1);
        all.ShouldAllBe(answer => answer["media_id"]!.GetValue<long>() == video);
        await CachesShouldHaveHeardAsync(Tin);

        var listed = (await VideosAsync(Tin)).ShouldHaveSingleItem()!;
        (await _service.GetByteArrayAsync((string)listed["source_url"]!, Token)).ShouldBe(BytesOf("tin-1.mp4"));
        var page = await PageAsync((string)listed["listing_url"]!);
        page.ShouldContain("<video");
        page.ShouldContain($"poster=\"{listed["poster_url"]}\"");
        page.ShouldContain("preload=\"none\"");
        page.ShouldContain("\"@type\":\"VideoObject\"");
        page.ShouldNotContain("autoplay");

        await SetAsync("test_heard", Array.Empty<string>());
        (await DeleteAsync(Tin, "tin-1")).ShouldBe(true);
        await CachesShouldHaveHeardAsync(Tin);
        (await DeleteAsync(Tin, "tin-1")).ShouldBe(false);
        await SetAsync("test_heard", "no");
        (await VideosAsync(Tin)).ShouldBeEmpty();
        (await PageAsync((string)listed["listing_url"]!)).ShouldNotContain("<video");
        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"/wp-json/wp/v2/media/{poster}")).ShouldBe(HttpStatusCode.NotFound);
        (await ProductAsync(Tin)).ShouldBe(before);
        before.ShouldContain("\"of_another_plugin\":\"stays\"");
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_file_that_two_products_use_goes_with_the_second()
    {
        var video = await UploadAsync("both.mp4", "video/mp4");
        await PutAsync(Mug, "both", video, poster: null);
        await PutAsync(Tin, "both", video, poster: null);
        await DeleteAsync(Mug, "both");
        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(HttpStatusCode.OK);
        await DeleteAsync(Tin, "both");
        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("_thumbnail_id")]
    [InlineData("_product_image_gallery")]
    [InlineData("_wc_video_gallery")]
    [InlineData("a category")]
    [InlineData("a text")]
    [InlineData("a short description")]
    [InlineData("a page builder")]
    [InlineData("a widget")]
    public async Task a_file_that_the_merchant_shows_elsewhere_too_stays_when_the_clip_comes_off(string where)
    {
        var (video, poster) = (await UploadAsync("shown.mp4", "video/mp4"), await UploadAsync("shown-poster.jpg", "image/jpeg"));
        var name = ((string)(await PutAsync(Tin, "shown", video, poster))["poster_url"]!).Split('/')[^1];
        await ShowAsync(where switch
        {
            "a category" => ($"/wp-json/test/v1/category-of/{poster}", new { }),
            "a text" => ($"/wp-json/wp/v2/product/{Mug}", new { content = $"<img src=\"/wp-content/uploads/{name}\">" }),
            "a short description" => ($"/wp-json/wp/v2/product/{Mug}", new { excerpt = $"<img src=\"/wp-content/uploads/{name}\">" }),
            "a page builder" => (Meta("_elementor_data"), new { value = $$"""[{"url":"http:\/\/shop.example\/wp-content\/uploads\/{{name}}"}]""" }),
            "a widget" => ("/wp-json/test/v1/option/widget_media_image", new { value = new[] { new { url = $"http://shop.example/wp-content/uploads/{name}" } } }),
            "_wc_video_gallery" => (Meta(where), new { value = $$"""[{"source_type":"attachment","id":{{video}},"position":0}]""" }),
            "_product_image_gallery" => (Meta(where), new { value = $"4711,{poster}" }),
            _ => (Meta(where), new { value = poster }),
        });
        (await DeleteAsync(Tin, "shown")).ShouldBe(true);

        (await VideosAsync(Tin)).ShouldBeEmpty();
        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(where is "_wc_video_gallery" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        if (where is not "_wc_video_gallery")
            (await StatusAsync($"/wp-json/wp/v2/media/{poster}")).ShouldBe(HttpStatusCode.OK);

        foreach (var file in new[] { video, poster })
            (await _service.DeleteAsync($"/wp-json/wp/v2/media/{file}?force=true", Token)).Dispose();
        if (where is "a page builder")
            (await _service.DeleteAsync(Meta("_elementor_data"), Token)).EnsureSuccessStatusCode().Dispose();
        else if (where is "a widget")
            await SetAsync("widget_media_image", Array.Empty<string>());
        else if (where.StartsWith('_'))
            (await _service.DeleteAsync(Meta(where), Token)).EnsureSuccessStatusCode().Dispose();
        else
            await ShowAsync(($"/wp-json/wp/v2/product/{Mug}", new { content = "<p>Stoneware mug, made by hand.</p>", excerpt = "" }));
        wordpress.Complaints.ShouldBeEmpty();

        string Meta(string key) => $"/wp-json/test/v1/meta/{Mug}/{key}";

        async Task ShowAsync((string Path, object Body) shown)
        {
            using var answer = await _service.PutAsJsonAsync(shown.Path, shown.Body, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task a_product_that_is_deleted_for_good_takes_its_files_along()
    {
        var jar = await AddProductAsync("Jar");
        var (video, poster) = (await UploadAsync("jar.mp4", "video/mp4"), await UploadAsync("jar-poster.jpg", "image/jpeg"));
        var shared = await UploadAsync("jar-shared.mp4", "video/mp4");
        await PutAsync(jar, "jar", video, poster);
        await PutAsync(jar, "shared", shared, poster: null);
        await PutAsync(Tin, "shared", shared, poster: null);
        (await _service.DeleteAsync($"/wp-json/wp/v2/product/{jar}", Token)).EnsureSuccessStatusCode().Dispose();
        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(HttpStatusCode.OK, "from the bin it may come back");
        (await _service.DeleteAsync($"/wp-json/wp/v2/product/{jar}?force=true", Token)).EnsureSuccessStatusCode().Dispose();

        (await StatusAsync($"/wp-json/wp/v2/media/{video}")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"/wp-json/wp/v2/media/{poster}")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"/wp-json/wp/v2/media/{shared}")).ShouldBe(HttpStatusCode.OK, "another product shows it");
        await DeleteAsync(Tin, "shared");
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("de_DE")]
    [InlineData("de_DE_formal")]
    [InlineData("de_AT")]
    public async Task a_german_shop_speaks_german(string locale)
    {
        await PutAsync(Tin, "german", await UploadAsync("german.mp4", "video/mp4"), poster: null, ai: true);
        await SetAsync("test_locale", locale);
        var page = await PageAsync((string)(await VideosAsync(Tin))[0]!["listing_url"]!);
        await SetAsync("test_locale", "");
        page.ShouldContain("Mit KI erstellt");
        page.ShouldNotContain("Made with AI");
        await DeleteAsync(Tin, "german");
    }

    [Fact]
    public async Task search_engines_are_told_a_name_as_a_person_reads_it()
    {
        var set = await AddProductAsync("Salt & “Pepper” – it’s a set");
        await PutAsync(set, "name", await UploadAsync("name.mp4", "video/mp4"), poster: null);
        var page = await PageAsync($"/?post_type=product&p={set}");
        var told = page.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0];
        ((string)JsonNode.Parse(told)!["name"]!).ShouldBe("Salt & “Pepper” – it’s a set");
        (await _service.DeleteAsync($"/wp-json/wp/v2/product/{set}?force=true", Token)).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task who_may_not_delete_uploads_is_told_so_before_and_when_it_puts_a_clip_on()
    {
        using var uploader = wordpress.Client("uploader", wordpress.PasswordOfUploader);
        var video = await UploadAsync("uploaders.mp4", "video/mp4", uploader);
        using var put = await uploader.PutAsJsonAsync(Videos(Tin) + "/k", new { media_id = video, width = 720, height = 720, seconds = 5.0 }, Token);
        (put.StatusCode, (string?)(await put.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"]).ShouldBe((HttpStatusCode.Forbidden, "productvideo_keeps_files"));
        (await uploader.GetFromJsonAsync<JsonObject>("/wp-json/productvideo/v1/status", Token))!["deletes_uploads"]!.GetValue<bool>().ShouldBeFalse();
        (await _service.GetFromJsonAsync<JsonObject>("/wp-json/productvideo/v1/status", Token))!["deletes_uploads"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task a_video_that_the_merchant_deleted_is_on_no_listing_and_can_come_back()
    {
        var gone = await UploadAsync("gone.mp4", "video/mp4");
        await PutAsync(Tin, "gone", gone, poster: null);
        using var deleted = await _service.DeleteAsync($"/wp-json/wp/v2/media/{gone}?force=true", Token);
        deleted.IsSuccessStatusCode.ShouldBeTrue();
        (await VideosAsync(Tin)).ShouldBeEmpty();
        (await PutAsync(Tin, "gone", await UploadAsync("gone-again.mp4", "video/mp4"), poster: null))["was_there"]!.GetValue<bool>().ShouldBeFalse();
        await DeleteAsync(Tin, "gone");
    }

    [Fact]
    public async Task what_is_left_of_a_video_that_the_merchant_deleted_goes_with_it()
    {
        var (video, poster) = (await UploadAsync("left.mp4", "video/mp4"), await UploadAsync("left-poster.jpg", "image/jpeg"));
        await PutAsync(Tin, "left", video, poster);
        using var deleted = await _service.DeleteAsync($"/wp-json/wp/v2/media/{video}?force=true", Token);
        (await DeleteAsync(Tin, "left")).ShouldBe(true);
        (await StatusAsync($"/wp-json/wp/v2/media/{poster}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_video_comes_off_a_product_in_the_bin_too()
    {
        await PutAsync(Tin, "binned", await UploadAsync("binned.mp4", "video/mp4"), poster: null);
        using var binned = await _service.DeleteAsync($"/wp-json/wp/v2/product/{Tin}", Token);
        binned.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(Videos(Tin))).ShouldBe(HttpStatusCode.NotFound);
        (await DeleteAsync(Tin, "binned")).ShouldBe(true);
        using var back = await _service.PostAsJsonAsync($"/wp-json/wp/v2/product/{Tin}", new { status = "publish", slug = "tea-tin" }, Token);
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await VideosAsync(Tin)).ShouldBeEmpty();
    }

    [Fact]
    public async Task shoppers_are_told_what_a_model_drew()
    {
        await PutAsync(Tin, "drawn", await UploadAsync("drawn.mp4", "video/mp4"), poster: null, ai: true);
        var page = await PageAsync((string)(await VideosAsync(Tin))[0]!["listing_url"]!);
        page.ShouldContain("Made with AI");
        page.ShouldContain("TrainedAlgorithmicMediaDigitalSource");
        await DeleteAsync(Tin, "drawn");

        await PutAsync(Tin, "filmed", await UploadAsync("filmed.mp4", "video/mp4"), poster: null);
        (await PageAsync((string)(await VideosAsync(Tin))[0]!["listing_url"]!)).ShouldNotContain("Made with AI");
        await DeleteAsync(Tin, "filmed");
    }

    [Fact]
    public async Task in_a_block_theme_a_clip_stands_below_the_gallery_that_draws_itself()
    {
        var before = (string)(await _service.GetFromJsonAsync<JsonObject>($"/wp-json/wp/v2/product/{Tin}?context=edit", Token))!["content"]!["raw"]!;
        await WriteAsync("<!-- wp:woocommerce/product-gallery --><p>All pictures.</p><!-- /wp:woocommerce/product-gallery -->");
        var address = $"/?post_type=product&p={Tin}";
        (await PageAsync(address)).ShouldNotContain("productvideo-below");
        await PutAsync(Tin, "below", await UploadAsync("below.mp4", "video/mp4"), poster: null);
        (await PageAsync(address)).ShouldContain("<p>All pictures.</p><div class=\"productvideo-below\"");
        await DeleteAsync(Tin, "below");
        await WriteAsync(before);

        async Task WriteAsync(string content)
        {
            using var written = await _service.PostAsJsonAsync($"/wp-json/wp/v2/product/{Tin}", new { content }, Token);
            written.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task nobody_has_files_deleted_that_are_not_theirs()
    {
        using var author = wordpress.Client("author", wordpress.PasswordOfAuthor);
        var video = await UploadAsync("merchants.mp4", "video/mp4");
        using var put = await author.PutAsJsonAsync(
            Videos(wordpress.ProductOfAuthor) + "/k", new { media_id = video, width = 720, height = 720, seconds = 5.0 }, Token);
        put.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await author.GetAsync(Videos(Tin), Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await author.GetAsync(Videos(wordpress.ProductOfAuthor), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"media_id":PICTURE,"width":720,"height":720,"seconds":5}""", "productvideo_not_a_video")]
    [InlineData("""{"media_id":999999,"width":720,"height":720,"seconds":5}""", "productvideo_not_a_video")]
    [InlineData("""{"width":720,"height":720,"seconds":5}""", "rest_missing_callback_param")]
    [InlineData("""{"media_id":1,"width":0,"height":720,"seconds":"long"}""", "rest_invalid_param")]
    public async Task what_is_no_video_is_refused_by_its_field(string body, string code)
    {
        var picture = await UploadAsync("picture.jpg", "image/jpeg");
        using var content = new StringContent(body.Replace("PICTURE", $"{picture}", StringComparison.Ordinal), new MediaTypeHeaderValue("application/json"));
        using var answer = await _service.PutAsync(Videos(Tin) + "/refused", content, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"]).ShouldBe(code);
        (await VideosAsync(Tin)).ShouldBeEmpty();
    }

    [Fact]
    public async Task nobody_else_gets_in_and_an_unknown_product_is_told()
    {
        using var nobody = wordpress.Client();
        (await nobody.GetAsync(Videos(Mug), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var reader = wordpress.Client("reader", wordpress.PasswordOfReader);
        (await reader.GetAsync(Videos(Mug), Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var put = await reader.PutAsJsonAsync(Videos(Mug) + "/k", new { media_id = 1, width = 1, height = 1, seconds = 1 }, Token);
        put.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var unknown = await _service.GetAsync(Videos(999_999), Token);
        (unknown.StatusCode, (string?)(await unknown.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"]).ShouldBe((HttpStatusCode.NotFound, "productvideo_unknown_product"));
        (await DeleteAsync(999_999, "k")).ShouldBe(false);
    }

    [Fact]
    public async Task the_real_program_films_a_product_and_its_clip_plays_from_the_listing()
    {
        var data = Checkout.NewFolder();
        try
        {
            var settings = new Dictionary<string, string>
            {
                ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__Url"] = wordpress.Address.AbsoluteUri,
                ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__User"] = WordPress.Merchant,
                ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__ApplicationPassword"] = wordpress.Password,
            };
            var ended = await HostProcess.RunAsync(
                ["generate", "--shop", "woo", "--product", $"{Mug}", "--provider", "local", "--seconds", "5", "--publish", "--wait", "--data", data], settings);
            ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
            ended.Output.ShouldNotContain("can't be reached");
            var clip = await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], Token);
            var shown = (await VideosAsync(Mug)).ShouldHaveSingleItem()!;
            (await _service.GetByteArrayAsync((string)shown["source_url"]!, Token)).ShouldBe(clip);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static string Videos(long product) => $"/wp-json/productvideo/v1/products/{product}/videos";

    private async Task<long> AddProductAsync(string title)
    {
        using var answer = await _service.PostAsJsonAsync("/wp-json/wp/v2/product", new { title, status = "publish" }, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();
    }

    private async Task SetAsync(string option, object value)
    {
        using var answer = await _service.PutAsJsonAsync($"/wp-json/test/v1/option/{option}", new { value }, Token);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>And nothing that listens to a product's changes did.</summary>
    private async Task CachesShouldHaveHeardAsync(long product)
    {
        var heard = (await _service.GetFromJsonAsync<string[]>("/wp-json/test/v1/option/test_heard", Token))!;
        heard.ShouldContain($"clean_post_cache {product}");
        heard.ShouldContain($"litespeed_purge_post {product}");
        heard.ShouldNotContain(word => word.Contains("product ", StringComparison.Ordinal));
    }

    private static byte[] BytesOf(string name) => [.. "\0\0\0\u0018ftypmp42"u8, .. System.Text.Encoding.ASCII.GetBytes(name), .. new byte[500]];

    private async Task<long> UploadAsync(string name, string type, HttpClient? by = null)
    {
        using var content = new ByteArrayContent(type.StartsWith("image/", StringComparison.Ordinal)
            ? await File.ReadAllBytesAsync(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug", "chalk.jpg"), Token) : BytesOf(name));
        content.Headers.ContentType = new(type);
        content.Headers.ContentDisposition = new("attachment") { FileName = $"\"{name}\"" };
        using var answer = await (by ?? _service).PostAsync("/wp-json/wp/v2/media", content, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();
    }

    private async Task<JsonObject> PutAsync(long product, string key, long media, long? poster, bool ai = false)
    {
        using var answer = await _service.PutAsJsonAsync(
            $"{Videos(product)}/{key}", new { media_id = media, poster_id = poster, width = 720, height = 720, seconds = 5.0, alt = "It turns once.", made_with_ai = ai }, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private async Task<JsonArray> VideosAsync(long product) => (await _service.GetFromJsonAsync<JsonArray>(Videos(product), Token))!;

    private async Task<bool> DeleteAsync(long product, string key)
    {
        using var answer = await _service.DeleteAsync($"{Videos(product)}/{key}", Token);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("removed").GetBoolean();
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _service.GetAsync(path, Token);
        return answer.StatusCode;
    }

    private async Task<string> PageAsync(string address)
    {
        using var shopper = wordpress.Client();
        return await shopper.GetStringAsync(address, Token);
    }

    /// <summary>All that other programs are told of it, its date of change included.</summary>
    private Task<string> ProductAsync(long product) => _service.GetStringAsync($"/wp-json/wc/v3/products/{product}", Token);
}
