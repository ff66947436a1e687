using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Dom;
using ProductVideo.Storefronts.Folder;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Listing;

public sealed class ListingPageTests : IAsyncLifetime
{
    private const string Attack = """"><img src=x onerror=alert(1)><script>alert(2)</script></script>{{7*7}}'"`"""";
    private readonly ShopFolder _folder = new();
    private ListingServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ListingServer.StartAsync(_folder);

    [Fact]
    public async Task the_grid_shows_published_products_only()
    {
        var page = await _server.PageAsync("/shop/sample");
        page.QuerySelectorAll(".card .name").Select(n => n.TextContent).ShouldBe(["Stoneware mug", "Tea tin"]);
        page.QuerySelectorAll(".badge").ShouldBeEmpty();
        page.QuerySelector(".home")!.TextContent.Trim().ShouldBe("Tonwerk");
    }

    [Theory]
    [InlineData("https://é-.example/a.jpg")]
    [InlineData("https://-é.example/a.jpg")]
    public async Task an_address_of_a_picture_that_no_name_server_can_take_holds_back_its_product_alone(string src)
    {
        _folder.Write("products/odd.json", $$"""{ "handle": "odd", "title": "Odd", "images": [{ "src": "{{src}}" }] }""");
        (await _server.PageAsync("/shop/sample")).QuerySelectorAll(".card .name").Select(n => n.TextContent).ShouldBe(["Stoneware mug", "Tea tin"]);
        (await _server.Client.GetAsync("/shop/sample/products/odd", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_grid_marks_products_with_a_clip_and_can_be_searched()
    {
        await _server.Storefront.AttachAsync("tea-tin", ShopFolder.Clip(), Token);
        var page = await _server.PageAsync("/shop/sample?q=tea");
        page.QuerySelectorAll(".card").ShouldHaveSingleItem().QuerySelector(".badge")!.TextContent.ShouldBe("Video");
        page.QuerySelector("input[type=search]")!.GetAttribute("value").ShouldBe("tea");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task shoppers_and_search_engines_are_told_what_a_model_drew_and_of_nothing_else(bool ai)
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip() with { MadeWithAi = ai }, Token);
        var page = await Mug();
        page.QuerySelectorAll(".slide.clip .made-with-ai").Select(said => said.TextContent).ShouldBe(ai ? ["Made with AI"] : []);
        page.QuerySelector("script[type='application/ld+json']")!.TextContent.Contains("TrainedAlgorithmicMediaDigitalSource", StringComparison.Ordinal).ShouldBe(ai);
    }

    [Fact]
    public async Task a_big_shop_is_paged_to_its_end()
    {
        for (var i = 0; i < 60; i++)
            _folder.Write(FormattableString.Invariant($"products/p{i}.json"), FormattableString.Invariant($$"""{ "handle": "p{{i}}", "title": "P" }"""));
        var seen = new List<string?>();
        for (var url = "/shop/sample"; url is not null;)
        {
            var page = await _server.PageAsync(url);
            seen.AddRange(page.QuerySelectorAll(".card").Select(c => c.GetAttribute("href")));
            url = page.QuerySelector(".more a")?.GetAttribute("href");
        }

        seen.Count.ShouldBe(62);
        seen.ShouldBeUnique();
    }

    [Theory]
    [InlineData("12.5", "KWD", "KWD 12.500")]
    [InlineData("49.5", "AUD", "AUD 49.50")]
    [InlineData("15000", "XAF", "XAF 15,000")]
    public async Task a_price_stands_on_the_page_as_in_the_film(string amount, string currency, string price)
    {
        _folder.Write("products/pen.json", $$"""{ "handle": "pen", "title": "Pen", "variants": [{ "price": {{amount}}, "currency": "{{currency}}" }] }""");
        (await _server.PageAsync("/shop/sample/products/pen")).QuerySelector(".about .now")!.TextContent.ShouldBe(price);
    }

    [Fact]
    public async Task a_product_page_says_all_about_the_product()
    {
        var page = await Mug();
        page.QuerySelector("h1")!.TextContent.ShouldBe("Stoneware mug");
        page.QuerySelector(".about .vendor")!.TextContent.ShouldBe("Tonwerk");
        page.QuerySelector(".about .now")!.TextContent.ShouldBe("€24.00");
        page.QuerySelector(".about .was")!.TextContent.ShouldContain("€30.00");
        page.QuerySelector(".description")!.InnerHtml.ShouldBe("<p>Thrown by hand, 300 ml.</p>");
        page.QuerySelectorAll(".versions label").Select(l => l.TextContent.Trim()).ShouldBe(["Sage", "Chalk"]);
        page.QuerySelectorAll(".versions input")[1].GetAttribute("data-shows").ShouldBe("media-2");
        page.QuerySelector(".details dd")!.TextContent.ShouldBe("Stoneware");
    }

    [Fact]
    public async Task the_clip_stands_second_muted_inline_with_its_poster_and_loads_nothing_by_itself()
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip(), Token);
        var page = await Mug();
        var slides = page.QuerySelectorAll(".stage .slide");
        slides.Length.ShouldBe(3);
        var video = slides[1].QuerySelector("video")!;
        foreach (var attribute in new[] { "muted", "playsinline", "loop", "controls" })
            video.HasAttribute(attribute).ShouldBeTrue(attribute);
        video.HasAttribute("autoplay").ShouldBeFalse();
        video.GetAttribute("preload").ShouldBe("none");
        (video.GetAttribute("width"), video.GetAttribute("height")).ShouldBe(("1080", "1350"));
        (await _server.Client.GetByteArrayAsync(video.GetAttribute("poster"), Token)).ShouldBe([0xFF, 0xD8, 0xFF]);
        video.GetAttribute("aria-label").ShouldBe("The mug turns once.");
        slides[1].QuerySelector("button.motion")!.GetAttribute("data-pause").ShouldBe("Pause video");
    }

    [Fact]
    public async Task thumbnails_are_links_with_a_name_that_lead_to_their_slides()
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip(), Token);
        var page = await Mug();
        var thumbs = page.QuerySelectorAll(".thumbs a");
        thumbs.Select(t => t.GetAttribute("aria-label")).ShouldBe(["Picture 1/3: The mug from the front", "Video 2/3: The mug turns once.", "Picture 3/3"]);
        thumbs.ShouldAllBe(t => page.QuerySelector(t.GetAttribute("href")!) != null);
        page.QuerySelectorAll("img").ShouldAllBe(i => i.HasAttribute("alt"));
    }

    [Fact]
    public async Task a_clip_without_a_poster_shows_the_main_picture_first()
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip(withPoster: false), Token);
        var page = await Mug();
        page.QuerySelector("video")!.GetAttribute("poster").ShouldBe(page.QuerySelector(".slide img")!.GetAttribute("src"));
    }

    [Fact]
    public async Task search_engines_get_the_product_and_its_video()
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip(), Token);
        using var data = JsonDocument.Parse((await Mug()).QuerySelector("script[type='application/ld+json']")!.TextContent);
        var graph = data.RootElement.GetProperty("@graph");
        graph[0].GetProperty("@type").GetString().ShouldBe("Product");
        graph[0].GetProperty("offers").GetProperty("price").GetString().ShouldBe("24.00");
        graph[1].GetProperty("@type").GetString().ShouldBe("VideoObject");
        graph[1].GetProperty("duration").GetString().ShouldBe("PT8.5S");
        graph[1].GetProperty("contentUrl").GetString().ShouldBe("http://localhost/shop/sample/products/stoneware-mug/videos/mug-5f2c.mp4");
        graph[1].GetProperty("thumbnailUrl").GetString().ShouldEndWith("/videos/mug-5f2c.jpg");
        DateTimeOffset.Parse(graph[1].GetProperty("uploadDate").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(_folder.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task hostile_text_in_every_field_stays_text()
    {
        _folder.Write("products/evil.json", JsonSerializer.Serialize(new
        {
            handle = "evil", title = Attack, bodyHtml = Attack, vendor = Attack, productType = Attack, tags = new[] { Attack },
            variants = new[] { new { sku = Attack, price = 1, options = new Dictionary<string, string> { [Attack] = Attack } } },
            images = new[] { new { src = "images/tin.png", alt = Attack } }, attributes = new Dictionary<string, string> { [Attack] = Attack },
        }));
        _folder.Write("shop.json", JsonSerializer.Serialize(new { name = Attack, currency = "EUR" }));
        await using var server = await ListingServer.StartAsync(_folder);
        await server.Storefront.AttachAsync("evil", ShopFolder.Clip() with { AltText = Attack }, Token);

        foreach (var url in new[] { "/shop/sample/products/evil", "/shop/sample", "/shop/sample?q=" + Uri.EscapeDataString(Attack) })
        {
            var page = await server.PageAsync(url);
            page.QuerySelectorAll("[onerror]").ShouldBeEmpty();
            page.QuerySelectorAll("script").ShouldAllBe(s => s.HasAttribute("src") || s.GetAttribute("type") == "application/ld+json");
            page.QuerySelectorAll("script").Length.ShouldBe(url.EndsWith("evil", StringComparison.Ordinal) ? 2 : 1);
            page.QuerySelectorAll("[style], style").ShouldBeEmpty();
            page.QuerySelectorAll("img").ShouldAllBe(i => i.GetAttribute("src")!.StartsWith("/shop/sample/"));
        }

        var product = await server.PageAsync("/shop/sample/products/evil");
        product.QuerySelector("h1")!.TextContent.ShouldBe(Attack);
        using var data = JsonDocument.Parse(product.QuerySelector("script[type='application/ld+json']")!.TextContent);
        data.RootElement.GetProperty("@graph")[0].GetProperty("name").GetString().ShouldBe(Attack);
    }

    [Fact]
    public async Task every_answer_forbids_what_the_page_does_not_need()
    {
        foreach (var url in new[] { "/shop/sample", "/shop/sample/products/stoneware-mug", "/shop/sample/products/none", "/shop/sample/assets/shop.js" })
        {
            using var response = await _server.Client.GetAsync(url, Token);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldStartWith("default-src 'none'");
            policy.ShouldNotContain("unsafe");
        }
    }

    [Fact]
    public async Task pictures_of_other_hosts_are_allowed_by_name_only()
    {
        _folder.Write("products/pen.json", """{ "handle": "pen", "title": "Pen", "images": [{ "src": "https://cdn.invalid:8443/a;script-src *.webp" }] }""");
        using var response = await _server.Client.GetAsync("/shop/sample/products/pen", Token);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("img-src 'self' https://cdn.invalid:8443;");
    }

    [Fact]
    public async Task arabic_runs_from_right_to_left()
    {
        _folder.Write("products/mug.json", """{ "handle": "kub", "title": "كوب خزفي", "locale": "ar", "variants": [{ "price": 30 }] }""");
        var html = (await _server.PageAsync("/shop/sample/products/kub")).DocumentElement;
        html.GetAttribute("dir").ShouldBe("rtl");
        html.GetAttribute("lang").ShouldBe("ar");
        html.QuerySelector("h1")!.TextContent.ShouldBe("كوب خزفي");
    }

    [Fact]
    public async Task a_clip_is_served_in_ranges_with_a_tag()
    {
        var clip = ShopFolder.Clip();
        await _server.Storefront.AttachAsync("stoneware-mug", clip, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/shop/sample/products/stoneware-mug/videos/mug-5f2c.mp4");
        request.Headers.Range = new RangeHeaderValue(2, 5);
        using var part = await _server.Client.SendAsync(request, Token);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsStringAsync(Token)).ShouldBe("clip");
        part.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        part.Headers.ETag!.Tag.ShouldBe($"\"{clip.Sha256}\"");
    }

    [Theory]
    [InlineData("/shop/sample/assets/shop.css", "text/css")]
    [InlineData("/shop/sample/assets/shop.js", "text/javascript")]
    [InlineData("/shop/sample/assets/brand.css", "text/css")]
    public async Task assets_are_answered_with_304_when_known(string url, string type)
    {
        using var first = await _server.Client.GetAsync(url, Token);
        first.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _server.Client.SendAsync(request, Token);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/shop/sample/products/none")]
    [InlineData("/shop/sample/products/sketch")]
    [InlineData("/shop/sample/products/..%2f..%2fshop.json")]
    [InlineData("/shop/sample/products/stoneware-mug/images/..%2f..%2fproducts.csv")]
    [InlineData("/shop/sample/products/stoneware-mug/images/products.csv")]
    [InlineData("/shop/sample/products/stoneware-mug/videos/none.mp4")]
    [InlineData("/shop/sample/products/stoneware-mug/videos/..%2f..%2fx.mp4")]
    [InlineData("/shop/sample/products/..%2f/videos/x.mp4")]
    [InlineData("/shop/sample/products/sketch/videos/mug-5f2c.mp4")]
    [InlineData("/shop/sample/assets/logo")]
    [InlineData("/shop/sample/assets/..%2f..%2fshop.json")]
    [InlineData("/shop/sample?after=not-ours")]
    [InlineData("/shop/other")]
    public async Task what_is_not_public_is_not_found(string url)
    {
        await _server.Storefront.AttachAsync("sketch", ShopFolder.Clip(), Token);
        using var response = await _server.Client.GetAsync(url, Token);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", HttpStatusCode.OK)]
    public async Task pages_can_only_be_read(string method, HttpStatusCode expected)
    {
        using var response = await _server.Client.SendAsync(new(new(method), "/shop/sample/products/stoneware-mug"), Token);
        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task a_damaged_record_of_clips_never_hides_the_product()
    {
        await _server.Storefront.AttachAsync("stoneware-mug", ShopFolder.Clip(), Token);
        await File.WriteAllTextAsync(Path.Combine(_folder.StatePath, "stoneware-mug", "gallery.json"), "{", Token);
        (await Mug()).QuerySelectorAll(".slide").Length.ShouldBe(2);
    }

    [Fact]
    public async Task a_folder_that_vanished_is_a_page_that_says_try_later()
    {
        Directory.Delete(_folder.Path, recursive: true);
        using var response = await _server.Client.GetAsync("/shop/sample", Token);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Directory.CreateDirectory(_folder.Path);
    }

    [Fact]
    public async Task the_shop_may_live_elsewhere()
    {
        await using var server = await ListingServer.StartAsync(_folder, "/lager/{shop}/de");
        (await server.Storefront.ReadAsync("tea-tin", Token))!.ListingUrl.ShouldBe("/lager/sample/de/products/tea-tin");
        (await server.PageAsync("/lager/sample/de/products/tea-tin")).QuerySelector("h1")!.TextContent.ShouldBe("Tea tin");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<IDocument> Mug() => _server.PageAsync("/shop/sample/products/stoneware-mug");
}
