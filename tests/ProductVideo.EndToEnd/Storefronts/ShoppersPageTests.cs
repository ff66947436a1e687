using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>A product's page of a WooCommerce shop in a real Chromium: the theme draws it as WooCommerce's templates do.</summary>
public sealed class ShoppersPageTests(WordPress wordpress, Chromium chromium) : IClassFixture<WordPress>, IAsyncLifetime
{
    private readonly HttpClient _service = wordpress.Client(WordPress.Merchant, wordpress.Password);
    private Chromium.Visit? _visit;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Mug => wordpress.Products[0];

    private string Video => $"/wp-json/productvideo/v1/products/{Mug}/videos/page";

    public async ValueTask InitializeAsync()
    {
        _visit = await chromium.VisitAsync();
        await SetAsync("test_woocommerce_pages", "yes");
        await SetAsync("test_gallery", "");
        using var content = new ByteArrayContent([.. "\0\0\0\u0018ftypmp42"u8, .. new byte[500]]);
        content.Headers.ContentType = new("video/mp4");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "\"page.mp4\"" };
        using var uploaded = await _service.PostAsync("/wp-json/wp/v2/media", content, Token);
        var media = (await uploaded.Content.ReadFromJsonAsync<JsonObject>(Token))!["id"]!.GetValue<long>();
        using var put = await _service.PutAsJsonAsync(Video, new { media_id = media, width = 720, height = 720, seconds = 5.0, alt = "It turns once." }, Token);
        put.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await WriteAsync("<p>Stoneware mug, made by hand.</p>");
        (await _service.DeleteAsync(Video, Token)).Dispose();
        _service.Dispose();
        if (_visit is not null)
            await _visit.DisposeAsync();
    }

    [Fact]
    public async Task in_a_gallery_without_a_slider_a_clip_is_as_wide_as_the_gallery()
    {
        var page = await OpenAsync();
        (await WidthAsync(page, ".productvideo")).ShouldBe(await WidthAsync(page, ".woocommerce-product-gallery__wrapper"));
        (await page.Locator("video").CountAsync()).ShouldBe(1, "in the gallery, and not below it as well");
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task where_the_theme_draws_a_gallery_of_its_own_a_clip_stands_below_it()
    {
        await SetAsync("test_gallery", "own");
        var page = await OpenAsync();
        (await page.Locator(".images video").CountAsync()).ShouldBe(0);
        (await page.Locator(".productvideo-below video").CountAsync()).ShouldBe(1);
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_merchant_puts_a_clip_where_it_should_stand_by_a_shortcode()
    {
        await SetAsync("test_gallery", "own");
        await WriteAsync("<section>[productvideo]</section>");
        var page = await OpenAsync();
        (await page.Locator("section video").CountAsync()).ShouldBe(1);
        (await page.Locator("video").CountAsync()).ShouldBe(1);
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_slider_is_not_turned_by_who_winds_the_clip_and_stops_the_clip_that_it_turns_away()
    {
        var page = await OpenAsync();
        // As FlexSlider listens, and marks its slides.
        await page.EvaluateAsync(
            """
            () => {
                window.heard = [];
                document.addEventListener('keyup', () => heard.push('key'));
                document.querySelector('.woocommerce-product-gallery').addEventListener('touchstart', () => heard.push('touch'));
                const player = document.querySelector('.productvideo-player');
                player.pause = () => heard.push('paused');
                window.touch = height => {
                    const edge = player.getBoundingClientRect();
                    const touches = [new Touch({ identifier: 1, target: player, clientX: edge.left + 5, clientY: edge.bottom - height })];
                    player.dispatchEvent(new TouchEvent('touchstart', { touches, bubbles: true }));
                };
            }
            """);
        await page.FocusAsync(".productvideo-player");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.EvaluateAsync("touch(20)");
        (await HeardAsync()).ShouldBeEmpty();
        await page.EvaluateAsync("touch(200)");
        (await HeardAsync()).ShouldBe(["touch"], "a finger on the picture still turns the gallery");

        await page.EvaluateAsync("document.querySelector('.productvideo').classList.add('flex-active-slide')");
        await page.EvaluateAsync("document.querySelector('.productvideo').classList.add('of-the-theme')");
        (await HeardAsync()).ShouldBe(["touch"]);
        await page.EvaluateAsync("document.querySelector('.productvideo').classList.remove('flex-active-slide')");
        (await HeardAsync()).ShouldBe(["touch", "paused"]);

        Task<string[]> HeardAsync() => page.EvaluateAsync<string[]>("heard");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await _visit!.NewPageAsync();
        await page.GotoAsync($"{wordpress.Address}product/stoneware-mug/");
        return page;
    }

    private static Task<double> WidthAsync(IPage page, string selector) => page.Locator(selector).EvaluateAsync<double>("element => element.getBoundingClientRect().width");

    private async Task SetAsync(string option, string value)
    {
        using var answer = await _service.PutAsJsonAsync($"/wp-json/test/v1/option/{option}", new { value }, Token);
        answer.EnsureSuccessStatusCode();
    }

    private async Task WriteAsync(string content)
    {
        using var answer = await _service.PostAsJsonAsync($"/wp-json/wp/v2/product/{Mug}", new { content }, Token);
        answer.EnsureSuccessStatusCode();
    }
}
