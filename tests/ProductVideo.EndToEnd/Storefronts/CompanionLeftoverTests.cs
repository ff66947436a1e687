using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What the companion plugin does on a real WordPress with files that came onto no listing, and with prices.</summary>
public sealed class CompanionLeftoverTests(WordPress wordpress) : IClassFixture<WordPress>, IDisposable
{
    private const long NoProduct = 999_999;

    private readonly HttpClient _service = wordpress.Client(WordPress.Merchant, wordpress.Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Mug => wordpress.Products[0];

    private long Tin => wordpress.Products[1];

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task what_was_uploaded_and_never_put_on_goes_when_it_is_taken_off(bool gone)
    {
        var key = gone ? "of-a-lost-one" : "0815";
        var (video, poster) = (await UploadAsync($"{key}.mp4", "video/mp4"), await UploadAsync($"{key}-poster.jpg", "image/jpeg"));
        // As it is described before it is put on: the video shows its poster.
        (await _service.PostAsJsonAsync($"/wp-json/wp/v2/media/{video}", new { featured_media = poster }, Token)).EnsureSuccessStatusCode().Dispose();
        var other = await UploadAsync($"{key}-other.mp4", "video/mp4");
        (await DeleteAsync(gone ? NoProduct : Tin, key)).ShouldBeFalse("it was on no listing");

        (await StatusAsync(video)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(poster)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(other)).ShouldBe(HttpStatusCode.OK);
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_shown_somewhere_or_came_from_somebody_else_stays()
    {
        var (video, poster) = (await UploadAsync("shown-too.mp4", "video/mp4"), await UploadAsync("shown-too-poster.jpg", "image/jpeg"));
        (await _service.PutAsJsonAsync(Videos(Mug) + "/of-the-mug", new { media_id = video, poster_id = poster, width = 720, height = 720, seconds = 5.0 }, Token)).EnsureSuccessStatusCode().Dispose();
        await DeleteAsync(Tin, "shown-too");
        (await StatusAsync(video)).ShouldBe(HttpStatusCode.OK, "another listing shows it");
        (await StatusAsync(poster)).ShouldBe(HttpStatusCode.OK);

        var thumbnail = await UploadAsync("thumbnail-poster.jpg", "image/jpeg");
        (await _service.PutAsJsonAsync($"/wp-json/test/v1/meta/{Tin}/_product_image_gallery", new { value = $"4711,{thumbnail}" }, Token)).EnsureSuccessStatusCode().Dispose();
        await DeleteAsync(Mug, "thumbnail");
        (await StatusAsync(thumbnail)).ShouldBe(HttpStatusCode.OK, "the merchant shows it");
        (await _service.DeleteAsync($"/wp-json/test/v1/meta/{Tin}/_product_image_gallery", Token)).EnsureSuccessStatusCode().Dispose();

        using var author = wordpress.Client("author", wordpress.PasswordOfAuthor);
        var theirs = await UploadAsync("theirs.mp4", "video/mp4", author);
        await DeleteAsync(Mug, "theirs");
        (await StatusAsync(theirs)).ShouldBe(HttpStatusCode.OK, "somebody else brought it");
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10", 0.19, "11.90")]
    [InlineData("10.00", 0, null)]
    [InlineData("", 0.19, null)]
    public async Task the_price_that_shoppers_see_is_told_where_it_is_another(string price, double tax, string? shown)
    {
        (await _service.PutAsJsonAsync($"/wp-json/test/v1/meta/{Tin}/_price", new { value = price }, Token)).EnsureSuccessStatusCode().Dispose();
        (await _service.PutAsJsonAsync("/wp-json/test/v1/option/test_tax", new { value = tax.ToString(CultureInfo.InvariantCulture) }, Token)).EnsureSuccessStatusCode().Dispose();
        var told = (await _service.GetFromJsonAsync<JsonObject>($"/wp-json/wp/v2/product/{Tin}?_fields=id,productvideo_price", Token))!;
        ((string?)told["productvideo_price"]).ShouldBe(shown);
        told.ContainsKey("productvideo_price").ShouldBeTrue();

        using var anybody = wordpress.Client();
        var open = (await anybody.GetFromJsonAsync<JsonObject>($"/wp-json/wp/v2/product/{Tin}?_fields=id,productvideo_price", Token))!;
        open["productvideo_price"].ShouldBeNull("a shop may show prices only to whom it knows");
    }

    [Fact]
    public async Task variants_are_taxed_as_they_are_and_not_as_their_product()
    {
        foreach (var (meta, value) in new[] { ("_price", "10"), ("_test_variation_tax", "0.07") })
            (await _service.PutAsJsonAsync($"/wp-json/test/v1/meta/{Mug}/{meta}", new { value }, Token)).EnsureSuccessStatusCode().Dispose();
        (await _service.PutAsJsonAsync("/wp-json/test/v1/option/test_tax", new { value = "0.19" }, Token)).EnsureSuccessStatusCode().Dispose();
        var told = (await _service.GetFromJsonAsync<JsonObject>($"/wp-json/wp/v2/product/{Mug}?_fields=id,productvideo_price", Token))!;
        ((string?)told["productvideo_price"]).ShouldBe("10.70");
        wordpress.Complaints.ShouldBeEmpty();
    }

    private async Task<long> UploadAsync(string name, string type, HttpClient? by = null)
    {
        using var content = new ByteArrayContent(type.StartsWith("image/", StringComparison.Ordinal)
            ? await File.ReadAllBytesAsync(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug", "chalk.jpg"), Token) : [.. "\0\0\0\u0018ftypmp42"u8, .. new byte[500]]);
        content.Headers.ContentType = new(type);
        content.Headers.ContentDisposition = new("attachment") { FileName = $"\"{name}\"" };
        using var answer = await (by ?? _service).PostAsync("/wp-json/wp/v2/media", content, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();
    }

    private async Task<bool> DeleteAsync(long product, string key)
    {
        using var answer = await _service.DeleteAsync($"{Videos(product)}/{key}", Token);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("removed").GetBoolean();
    }

    private async Task<HttpStatusCode> StatusAsync(long media)
    {
        using var answer = await _service.GetAsync($"/wp-json/wp/v2/media/{media}", Token);
        return answer.StatusCode;
    }

    private static string Videos(long product) => $"/wp-json/productvideo/v1/products/{product}/videos";
}
