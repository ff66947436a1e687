using ProductVideo.Backfills;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class RegenerationEndpointsTests : IAsyncLifetime
{
    private const string One = "/api/v1/shops/test/products/mug/generations";
    private const string Many = "/api/v1/shops/test/products/generations";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/shops/test/products/mug/generations", null)]
    [InlineData("/api/v1/products/mug/generations?shop=test", null)]
    [InlineData("/api/v1/products/mug/generations", "test")]
    public async Task a_product_without_a_video_gets_its_first_one_with_the_wishes_and_no_second_one(string path, string? shop)
    {
        var client = await _api.CallerAsync();
        var wishes = new { provider = "scripted", aspect = "1:1", seconds = 5, shop };
        var first = await PostAsync(client, path, wishes, 202, "k-1");
        first.GetProperty("changed").GetBoolean().ShouldBeTrue();
        first.Text("text").ShouldContain("first one");
        var video = first.GetProperty("generation");
        (video.Text("provider"), video.GetProperty("price").GetProperty("amount").GetDecimal()).ShouldBe(("scripted", 0.70m));

        (await PostAsync(client, path, wishes, 200, "k-1")).GetProperty("generation").Text("id").ShouldBe(video.Text("id"));
        (await PostAsync(client, path, wishes)).Text("text").ShouldContain("Nothing that the video shows or says has changed");
        (await PostAsync(client, path, new { provider = "scripted", aspect = "16:9", seconds = 5, shop }, 422, "k-1")).Text("code").ShouldBe("idempotency_key_reused");

        _api.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        var beside = await PostAsync(client, path, new { shop });
        (beside.GetProperty("reasons")[0].GetString(), beside.GetProperty("generation").Text("id")).ShouldBe(("text", video.Text("id")), "one is under way");
    }

    [Fact]
    public async Task a_key_that_was_answered_with_the_video_under_way_orders_none_when_that_has_ended()
    {
        var client = await _api.CallerAsync();
        var first = (await PostAsync(client, One, new { provider = "scripted" }, 202)).GetProperty("generation").Text("id");
        _api.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        (await PostAsync(client, One, new { provider = "scripted" }, key: "k-2")).GetProperty("generation").Text("id").ShouldBe(first);
        await PostAsync(client, $"/api/v1/generations/{first}/cancel");
        await _api.Get<Advance>().RunAsync(Guid.Parse(first), CancellationToken.None);

        (await PostAsync(client, One, new { provider = "scripted" }, key: "k-2")).GetProperty("generation").Text("id").ShouldBe(first);
        (await PostAsync(client, One, new { provider = "scripted" }, 202, key: "k-3")).GetProperty("generation").Text("id").ShouldNotBe(first);
    }

    [Fact]
    public async Task the_shop_comes_from_the_key_where_it_is_one_shops()
    {
        var client = await _api.CallerAsync("test");
        (await PostAsync(client, "/api/v1/products/mug/generations", new { provider = "scripted" }, 202)).GetProperty("generation").Text("shop").ShouldBe("test");
        await PostAsync(client, "/api/v1/products/vase/generations?shop=other", status: 404);
        await PostAsync(client, "/api/v1/products/vase/generations", new { shop = "other" }, 404);
        (await PostAsync(client, One, new { shop = "other" }, 400)).Text("field").ShouldBe("shop");
        (await PostAsync(await _api.CallerAsync(), "/api/v1/products/mug/generations", status: 400)).Text("field").ShouldBe("shop");
        (await PostAsync(client, "/api/v1/products/nothing/generations", status: 404)).Text("code").ShouldBe("unknown_product");
        await PostAsync(await _api.CallerAsync(null, Scopes.Read), One, status: 403);
        (await PostAsync(await _api.CallerAsync(null, Scopes.Create), One, new { autoApprove = true }, 403)).Text("field").ShouldBe("autoApprove");
        (await PostAsync(client, One, new { seconds = 1000 }, 400)).Text("field").ShouldBe("seconds");
    }

    [Fact]
    public async Task many_products_start_by_themselves_if_they_cost_no_more_than_was_agreed_to()
    {
        Fill(_api, 2);
        var client = await _api.CallerAsync();
        var wanted = new { products = new[] { "mug", "p-000", "gone" }, prices = new[] { new { amount = 1.40m, currency = "USD" } }, recipe = Recipe };
        var made = await PostAsync(client, Many, wanted, 202, "k-1");
        made.Text("state").ShouldBe("quoting");
        var path = $"{Address}/{made.Text("id")}";
        await WorkAsync(_api);

        var running = await GetAsync(client, path);
        (running.Text("state"), running.Text("agreedBy")).ShouldBe(("running", "test caller"));
        running.GetProperty("quote").Text("text").ShouldBe("2 videos of 2 products for 1.40 USD; 1 product is skipped.");
        running.GetProperty("quote").GetProperty("skipped")[0].Text("reason").ShouldBe("notInShop");
        running.GetProperty("progress").GetProperty("held")[0].GetProperty("amount").GetDecimal().ShouldBe(1.40m);
        var videos = (await GetAsync(client, "/api/v1/generations")).GetProperty("items");
        videos.EnumerateArray().Select(video => video.Text("product")).ShouldBe(["mug", "p-000"], ignoreOrder: true);

        (await PostAsync(client, Many, wanted, 200, "k-1")).Text("id").ShouldBe(made.Text("id"));
        (await PostAsync(client, Many, new { wanted.products, prices = new[] { new { amount = 2m, currency = "USD" } }, recipe = Recipe }, 422, "k-1")).Text("code").ShouldBe("idempotency_key_reused");
    }

    [Theory]
    [InlineData(139, "USD")]
    [InlineData(10_000, "EUR")]
    public async Task many_products_that_cost_more_wait_for_a_person(int cents, string currency)
    {
        Fill(_api, 1);
        var client = await _api.CallerAsync();
        var made = await PostAsync(client, Many, new { products = new[] { "mug", "p-000" }, prices = new[] { new { amount = cents / 100m, currency } }, recipe = Recipe }, 202);
        await WorkAsync(_api);
        var path = $"{Address}/{made.Text("id")}";
        var waiting = await GetAsync(client, path);
        (waiting.Text("state"), waiting.GetProperty("problem").Text("code")).ShouldBe(("quoted", "backfill_too_dear"));
        (await GetAsync(client, "/api/v1/generations")).GetProperty("items").GetArrayLength().ShouldBe(0);

        // Another dry run is no start; a person's word is.
        await PostAsync(client, path + "/quote", status: 202);
        await WorkAsync(_api);
        (await GetAsync(client, path)).Text("state").ShouldBe("quoted");
        (await PostAsync(client, path + "/start", Usd(1.40m))).Text("state").ShouldBe("running");
    }

    [Fact]
    public async Task many_products_are_refused_by_the_field_that_is_wrong()
    {
        var client = await _api.CallerAsync();
        var usd = new[] { new { amount = 1m, currency = "USD" } };
        (await PostAsync(client, Many, new { prices = usd }, 400)).Text("field").ShouldBe("products");
        (await PostAsync(client, Many, new { products = Enumerable.Range(0, 10_001).Select(i => $"p-{i}"), prices = usd }, 400)).Text("field").ShouldBe("products");
        (await PostAsync(client, Many, new { products = new[] { "mug" } }, 400)).Text("field").ShouldBe("prices");
        (await PostAsync(client, Many, new { products = new[] { "mug" }, prices = new[] { new { amount = -1m, currency = "USD" } } }, 400)).Text("field").ShouldBe("prices[0]");
        (await PostAsync(client, Many, new { products = new[] { "mug" }, prices = usd, recipe = new { template = "nothing" } }, 422)).Text("field").ShouldBe("recipe.template");
        await PostAsync(await _api.CallerAsync(null, Scopes.Read), Many, new { products = new[] { "mug" }, prices = usd }, 403);
        await PostAsync(await _api.CallerAsync("other"), Many, new { products = new[] { "mug" }, prices = usd }, 404);
        await PostAsync(client, "/api/v1/shops/nowhere/products/generations", new { products = new[] { "mug" }, prices = usd }, 404);
    }

    [Fact]
    public async Task a_key_that_was_answered_with_nothing_to_make_orders_none_when_something_has_changed()
    {
        var client = await _api.CallerAsync();
        await PostAsync(client, One, new { provider = "scripted" }, 202);
        (await PostAsync(client, One, new { provider = "scripted" }, key: "k-1")).Text("text").ShouldContain("Nothing that the video shows or says has changed");
        _api.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

        var again = await PostAsync(client, One, new { provider = "scripted" }, key: "k-1");
        again.Text("text").ShouldContain("Send a new key");
        (again.GetProperty("changed").GetBoolean(), again.TryGetProperty("generation", out var video) && video.ValueKind is not System.Text.Json.JsonValueKind.Null).ShouldBe((false, false));
        (await PostAsync(client, One, new { provider = "scripted" }, key: "k-2")).GetProperty("reasons")[0].GetString().ShouldBe("text");
        (await PostAsync(client, One, new { provider = "other" }, 422, key: "k-1")).Text("code").ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task many_products_are_called_after_their_number_however_often_each_was_named()
    {
        Fill(_api, 1);
        var client = await _api.CallerAsync();
        var wanted = new { products = new[] { "mug", "p-000", "mug", "gid://shopify/Product/p-000" }, prices = Array.Empty<object>(), recipe = Recipe };
        (await PostAsync(client, Many, wanted, 202)).Text("name").ShouldBe("2 products, asked for by a program");
    }
}
