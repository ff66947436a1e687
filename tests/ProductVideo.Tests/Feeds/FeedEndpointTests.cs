using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Feeds;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Tests.Api;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Feeds;

public sealed class FeedEndpointTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset _at = Some.Noon;

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    /// <summary>A clip of eight seconds that is on a listing.</summary>
    private async Task<Guid> PublishAsync(string product, string? clipUrl, string shop = "test", decimal seconds = 8, GenerationState? instead = null)
    {
        _at += TimeSpan.FromMinutes(1);
        var state = instead ?? new GenerationState.Published(Some.Clip with { Seconds = seconds }, "pv-1", "media-1", "/shop/mug", _at, clipUrl);
        var generation = Some.Generation(state) with { Product = new ProductRef(shop, product), DueAt = null, CreatedAt = _at, UpdatedAt = _at };
        await using var db = await _api.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        db.Generations.Add(GenerationRows.ToRow(generation));
        await db.SaveChangesAsync(Token);
        return generation.Id;
    }

    private async Task<string> AddressAsync(string file, string shop = "test") => (await _api.Get<ProductFeeds>().OfAsync(shop, new Uri("http://localhost/"), Token))
        .Channels.SelectMany(channel => channel.Addresses).Single(address => address.EndsWith("/" + file, StringComparison.Ordinal));

    private async Task<string[]> LinesAsync(string file = "google.tsv") =>
        (await _api.Stranger().GetStringAsync(await AddressAsync(file), Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task a_feed_holds_what_is_published_now_in_this_shop_and_nothing_else()
    {
        await PublishAsync("mug", "https://cdn.example/mug-1.mp4");
        await PublishAsync("vase", "https://cdn.example/vase.mp4", shop: "other");
        await PublishAsync("bowl", "/shop/test/bowl.mp4");
        await PublishAsync("mug", "https://cdn.example/mug-2.mp4");
        await PublishAsync("plate", clipUrl: null, instead: new GenerationState.Withdrawn(Some.Clip, "merchant", Some.Noon));
        await PublishAsync("jug", clipUrl: null, instead: new GenerationState.Withdrawing(Some.Clip, "pv-1", "merchant", Some.Noon));

        (await LinesAsync()).ShouldBe(["id\tvideo_link", "bowl\thttp://localhost/shop/test/bowl.mp4", "mug\thttps://cdn.example/mug-2.mp4,https://cdn.example/mug-1.mp4"]);
        (await LinesAsync("meta.csv"))[0].Trim().ShouldBe("id,video[0].url,video[1].url");
        (await LinesAsync("google.xml")).Count(line => line.Contains("<g:video_link>", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("google.tsv", "text/tab-separated-values")]
    [InlineData("google.xml", "application/xml")]
    [InlineData("meta.csv", "text/csv")]
    public async Task it_is_served_as_what_it_is_and_to_whoever_has_the_address(string file, string type)
    {
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        using var answer = await _api.Stranger().GetAsync(await AddressAsync(file), Token);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex"]);
        using var head = await _api.Stranger().SendAsync(new HttpRequestMessage(HttpMethod.Head, await AddressAsync(file)), Token);
        (head.StatusCode, head.Headers.ETag).ShouldBe((HttpStatusCode.OK, answer.Headers.ETag));
    }

    [Fact]
    public async Task whoever_has_not_the_address_finds_nothing()
    {
        var (own, others) = (await AddressAsync("google.tsv"), await AddressAsync("google.tsv", "other"));
        var token = own.Split('/')[^2];
        token.Length.ShouldBeGreaterThanOrEqualTo(43, "256 bits");
        foreach (var address in new[]
        {
            others.Replace(others.Split('/')[^2], token, StringComparison.Ordinal), own.Replace(token, token[..^1], StringComparison.Ordinal), own.Replace("google.tsv", "google.csv", StringComparison.Ordinal),
            $"http://localhost/feeds/nowhere/{token}/google.tsv", $"http://localhost/feeds/..%2Ftest/{token}/google.tsv", $"http://localhost/feeds/Test/{token}/google.tsv",
        })
        {
            (await _api.Stranger().GetAsync(address, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        }
    }

    [Fact]
    public async Task an_address_stays_until_another_is_made()
    {
        var old = await AddressAsync("meta.csv");
        (await AddressAsync("meta.csv")).ShouldBe(old);
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddressAsync("meta.csv", "other")))).Distinct().Count().ShouldBe(1, "several ask at once for the first time");

        await _api.Get<ProductFeeds>().RenewAsync("test", Token);

        (await _api.Stranger().GetAsync(old, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _api.Stranger().GetAsync(await AddressAsync("meta.csv"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_has_not_changed_is_not_sent_again()
    {
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        var address = await AddressAsync("google.tsv");
        using var first = await _api.Stranger().GetAsync(address, Token);
        (await AgainAsync(address, first.Headers.ETag!)).ShouldBe(HttpStatusCode.NotModified);
        first.Content.Headers.LastModified.ShouldBe(_at);

        await PublishAsync("bowl", "https://cdn.example/bowl.mp4");
        (await AgainAsync(address, first.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);

        using var second = await _api.Stranger().GetAsync(address, Token);
        await WithdrawAsync("mug");
        (await AgainAsync(address, second.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);
        (await LinesAsync()).ShouldNotContain(line => line.StartsWith("mug", StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> AgainAsync(string address, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);
        using var answer = await _api.Stranger().SendAsync(request, Token);
        return answer.StatusCode;
    }

    private async Task WithdrawAsync(string product)
    {
        await using var db = await _api.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        await db.Generations.Where(row => row.ProductId == product)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, nameof(GenerationState.Withdrawn)), Token);
    }

    [Fact]
    public async Task what_the_shop_lists_no_more_is_left_out_and_counted_until_it_is_back()
    {
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        await PublishAsync("bowl", "https://cdn.example/bowl-1.mp4");
        await PublishAsync("bowl", "https://cdn.example/bowl-2.mp4");
        var address = await AddressAsync("google.tsv");
        using var before = await _api.Stranger().GetAsync(address, Token);

        await TurnAsync("bowl", WatchState.Gone);

        (await AgainAsync(address, before.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);
        (await LinesAsync())[1..].ShouldBe(["mug\thttps://cdn.example/mug.mp4"]);
        (await LinesAsync("meta.csv"))[0].Trim().ShouldBe("id,video[0].url", "none of its clips asks for a column");
        foreach (var channel in (await _api.Get<ProductFeeds>().OfAsync("test", new Uri("http://localhost/"), Token)).Channels)
        {
            channel.Listed.ShouldBe(1);
            channel.LeftOut.Select(gap => (gap.Gap, gap.Count)).ShouldBe([(FeedGap.ProductGone, 1)]);
        }

        using var without = await _api.Stranger().GetAsync(address, Token);
        without.Content.Headers.LastModified.ShouldBe(_at);
        await TurnAsync("bowl", WatchState.Current);

        (await AgainAsync(address, without.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);
        using var after = await _api.Stranger().GetAsync(address, Token);
        after.Content.Headers.LastModified.ShouldBe(_at, "who asks by time alone hears of it too");
        (await LinesAsync()).Length.ShouldBe(3);
    }

    /// <summary>A look at the shop found the product so.</summary>
    private async Task TurnAsync(string product, WatchState state)
    {
        _at += TimeSpan.FromMinutes(1);
        await using var db = await _api.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        await db.WatchedProducts.Where(row => row.ProductId == product).ExecuteDeleteAsync(Token);
        db.WatchedProducts.Add(new WatchedProductRow { Shop = "test", ProductId = product, State = state.ToString(), StateAt = _at, Reasons = "", CreatedAt = Some.Noon });
        await db.SaveChangesAsync(Token);
    }

    [Fact]
    public async Task more_than_one_page_of_clips_are_all_there_once()
    {
        var products = Enumerable.Range(1, 230).Select(i => $"p{i:000}").ToList();
        foreach (var product in products)
            await PublishAsync(product, $"https://cdn.example/{product}.mp4");
        foreach (var _ in Enumerable.Range(0, 12))
            await PublishAsync("p199", "https://cdn.example/p199.mp4");

        var lines = (await LinesAsync())[1..];
        lines.Select(line => line.Split('\t')[0]).ShouldBe(products);
        lines[198].Count(c => c == ',').ShouldBe(9, "ten of one product");
    }

    [Fact]
    public async Task clips_that_this_installation_serves_have_its_public_address()
    {
        await PublishAsync("mug", "/shop/test/mug.mp4");
        _api.Get<ProductVideoOptions>().PublicAddress = new Uri("https://video.example/pv");
        var feeds = await _api.Get<ProductFeeds>().OfAsync("test", new Uri("http://localhost/"), Token);
        var address = new Uri(feeds.Channels[0].Addresses[0]);
        address.AbsoluteUri.ShouldStartWith("https://video.example/pv/feeds/test/");
        (await _api.Stranger().GetStringAsync(address.AbsolutePath["/pv".Length..], Token)).ShouldContain("mug\thttps://video.example/pv/shop/test/mug.mp4");
    }

    [Fact]
    public async Task where_items_are_variants_each_has_its_products_clip()
    {
        _api.Get<IOptions<FeedOptions>>().Value.Shops["test"] = new ShopFeedOptions { GoogleId = "shopify", Country = "DE", MetaId = "{sku}" };
        var nothing = new Dictionary<string, string>();
        _api.Shop.Products["mug"] = _api.Shop.Products["mug"] with { Variants = [new("901", nothing, null, null) { Sku = "MUG-S" }, new("902", nothing, null, null), new("903", nothing, null, null) { Sku = "MUG-S" }] };
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        await PublishAsync("gone", "https://cdn.example/gone.mp4");

        (await LinesAsync())[1..].ShouldBe(["shopify_DE_mug_901\thttps://cdn.example/mug.mp4", "shopify_DE_mug_902\thttps://cdn.example/mug.mp4", "shopify_DE_mug_903\thttps://cdn.example/mug.mp4"]);
        (await LinesAsync("meta.csv"))[1..].ShouldBe(["MUG-S,https://cdn.example/mug.mp4\r"]);
        var meta = (await _api.Get<ProductFeeds>().OfAsync("test", new Uri("http://localhost/"), Token)).Channels[1];
        meta.LeftOut.Select(gap => (gap.Gap, gap.Count)).ShouldBe([(FeedGap.NoId, 1), (FeedGap.ProductGone, 1)]);
        using var answer = await _api.Stranger().GetAsync(await AddressAsync("google.tsv"), Token);
        answer.Headers.ETag.ShouldBeNull("the shop's variants change without us");
    }

    [Theory]
    [InlineData("google.tsv")]
    [InlineData("google.xml")]
    [InlineData("meta.csv")]
    public async Task a_feed_whose_shop_is_out_of_reach_never_looks_whole(string file)
    {
        _api.Get<IOptions<FeedOptions>>().Value.Shops["test"] = new ShopFeedOptions { GoogleId = "{variant}", MetaId = "{variant}" };
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        var address = await AddressAsync(file);
        _api.Shop.ReadFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop can't be reached.", "down"));
        await Should.ThrowAsync<Exception>(() => _api.Stranger().GetStringAsync(address, Token));
        (await LinesAsync(file)).ShouldContain(line => line.Contains("mug.mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_shop_that_is_busy_for_a_moment_is_waited_for_and_one_that_is_for_long_is_not()
    {
        _api.Get<IOptions<FeedOptions>>().Value.Shops["test"] = new ShopFeedOptions { GoogleId = "{variant}", MetaId = "{variant}" };
        foreach (var product in new[] { "mug", "gone-1", "gone-2", "gone-3" })
            await PublishAsync(product, $"https://cdn.example/{product}.mp4");
        foreach (var _ in Enumerable.Range(0, 3))
            _api.Shop.ReadFaults.Enqueue(Busy(TimeSpan.FromMilliseconds(1)));
        (await LinesAsync())[1..].ShouldBe(["mug\thttps://cdn.example/mug.mp4"]);
        _api.Shop.ReadFaults.ShouldBeEmpty();

        _api.Shop.ReadFaults.Enqueue(Busy(TimeSpan.FromMinutes(5)));
        await Should.ThrowAsync<Exception>(() => LinesAsync());

        static StorefrontException Busy(TimeSpan wait) => new(StorefrontFault.RateLimited, "The shop asks to wait.", "429") { RetryAfter = wait };
    }

    [Fact]
    public async Task a_shop_is_asked_for_the_variants_of_two_products_at_a_time()
    {
        _api.Get<IOptions<FeedOptions>>().Value.Shops["test"] = new ShopFeedOptions { GoogleId = "{variant}", MetaId = "{variant}" };
        foreach (var i in Enumerable.Range(1, 8))
            await PublishAsync($"gone-{i}", "https://cdn.example/clip.mp4");
        _api.Shop.ReadTakes = TimeSpan.FromMilliseconds(50);
        await LinesAsync();
        _api.Shop.MostReadsAtOnce.ShouldBe(2);
    }

    [Fact]
    public async Task what_is_left_out_is_told_to_whoever_may_read()
    {
        await PublishAsync("mug", "https://cdn.example/mug.mp4");
        await PublishAsync("bowl", clipUrl: null);
        await PublishAsync("jug", "https://cdn.example/jug.mp4", seconds: 5);
        await PublishAsync("=1+1", "https://cdn.example/x.mp4");

        using var answer = await (await _api.CallerAsync(null, Scopes.Read)).GetAsync("/api/v1/shops/test/feeds", Token);
        var channels = (await ApiFixture.JsonAsync(answer)).GetProperty("channels").EnumerateArray().ToList();
        channels.Select(channel => (channel.GetProperty("channel").GetString(), channel.GetProperty("listed").GetInt32())).ShouldBe([("google", 1), ("meta", 2)]);
        channels[0].GetProperty("leftOut").EnumerateArray().Select(gap => (gap.GetProperty("gap").GetString(), gap.GetProperty("count").GetInt32()))
            .ShouldBe([("noAddress", 1), ("tooShort", 1), ("badId", 1)]);
        channels[0].GetProperty("leftOut").EnumerateArray().ShouldAllBe(gap => gap.GetProperty("text").GetString()!.Length > 20);
        channels[0].GetProperty("addresses").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task a_key_of_another_shop_or_without_the_scope_is_told_nothing()
    {
        (await (await _api.CallerAsync("other")).GetAsync("/api/v1/shops/test/feeds", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await _api.CallerAsync(null, Scopes.Create)).GetAsync("/api/v1/shops/test/feeds", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await _api.CallerAsync()).GetAsync("/api/v1/shops/nowhere/feeds", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
