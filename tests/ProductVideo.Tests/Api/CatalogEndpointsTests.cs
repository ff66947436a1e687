using ProductVideo.Changes;
using ProductVideo.Security;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class CatalogEndpointsTests : IAsyncLifetime
{
    private const string Catalog = "/api/v1/shops/test/catalogue";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task it_tells_how_many_products_lack_a_video_and_by_which_words_they_are_known()
    {
        var client = await _api.CallerAsync();
        (await GetAsync(client, Catalog)).GetProperty("scannedAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        Fill(_api, 3);
        _api.Shop.Edit("p-000", product => product with { Tags = ["Sale"], Vendor = "Varnmoor", ProductType = "Mug" });
        await WorkAsync(_api);

        var standing = await GetAsync(client, Catalog);
        (standing.GetProperty("products").GetInt32(), standing.GetProperty("withoutVideo").GetInt32(), standing.GetProperty("outdated").GetInt32()).ShouldBe((4, 4, 0));
        standing.GetProperty("words").GetProperty("tags")[0].GetString().ShouldBe("Sale");
        (await GetAsync(await _api.CallerAsync("other"), Catalog, 404)).Text("code").ShouldBe("unknown_shop");
        await GetAsync(client, "/api/v1/shops/nowhere/catalogue", 404);
    }

    [Fact]
    public async Task what_lacks_a_video_is_listed_page_by_page_and_says_why()
    {
        Fill(_api, 4);
        _api.Shop.Add("p-bare");
        await WorkAsync(_api);
        var client = await _api.CallerAsync(null, Scopes.Read);
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(client, $"{Catalog}/lacking?take=2&cursor={cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("product")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        ids.ShouldBe(["mug", "p-000", "p-001", "p-002", "p-003", "p-bare"]);

        var items = (await GetAsync(client, Catalog + "/lacking")).GetProperty("items");
        (items[0].GetProperty("lacks")[0].GetString(), items[0].Text("text")).ShouldBe(("video", "The product has no video."));
        items[5].Text("text").ShouldBe("The product has no video, and no picture to make one from.");
        await GetAsync(client, Catalog + "/lacking?take=1000", 400);
        await GetAsync(await _api.CallerAsync("other"), Catalog + "/lacking", 404);
    }

    [Fact]
    public async Task it_is_gone_through_again_when_somebody_asks()
    {
        await WorkAsync(_api);
        Fill(_api, 1);
        (await _api.Get<CatalogScan>().ScanNextAsync(CancellationToken.None)).ShouldBeFalse("the next scan is in some hours");
        var client = await _api.CallerAsync();
        await PostAsync(client, Catalog + "/scan", status: 202);
        await PostAsync(client, Catalog + "/scan", status: 202);
        await WorkAsync(_api);
        (await GetAsync(client, Catalog)).GetProperty("products").GetInt32().ShouldBe(2);

        await PostAsync(await _api.CallerAsync("other"), Catalog + "/scan", status: 404);
        await PostAsync(await _api.CallerAsync(null, Scopes.Read), Catalog + "/scan", status: 403);
        await PostAsync(client, "/api/v1/shops/nowhere/catalogue/scan", status: 404);
    }
}
