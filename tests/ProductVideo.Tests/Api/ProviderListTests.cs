using System.Net;
using System.Net.Http.Json;
using System.Text;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class ProviderListTests : IAsyncLifetime
{
    private const string Address = "/api/v1/shops/test/providers";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_list_is_set_seen_counts_and_is_taken_away()
    {
        var client = await _api.CallerAsync();
        (await client.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var put = await client.PutAsync(Address, Json("""
            {"mayPayTwice": true, "choices": [
              {"provider": "scripted", "model": "model-1", "only": {"productTypes": ["Ring"], "minPrice": 50, "maxSeconds": 10, "aspects": ["9:16"], "origins": ["backfill"]}},
              {"provider": "local"}]}
            """));
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());

        var list = await ApiFixture.JsonAsync(await client.GetAsync(Address));
        list.GetProperty("mayPayTwice").GetBoolean().ShouldBeTrue();
        var only = list.GetProperty("choices")[0].GetProperty("only");
        (only.GetProperty("productTypes")[0].GetString(), only.GetProperty("minPrice").GetDecimal(), only.GetProperty("origins")[0].GetString())
            .ShouldBe(("Ring", 50m, "backfill"));
        var created = await ApiFixture.JsonAsync(await client.PostAsJsonAsync("/api/v1/generations", new { shop = "test", product = "mug" }));
        created.GetProperty("provider").GetString().ShouldBe("local");

        (await client.DeleteAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", 400, "choices")]
    [InlineData("""{"choices":[]}""", 422, "choices")]
    [InlineData("""{"choices":[{}]}""", 400, "choices[0].provider")]
    [InlineData("""{"choices":[null]}""", 400, "choices[0].provider")]
    [InlineData("""{"choices":[{"provider":"local","only":{"aspects":[null]}}]}""", 400, "choices[0].only.aspects")]
    [InlineData("""{"choices":[{"provider":"local","only":{"productTypes":[null]}}]}""", 400, "choices[0].only.productTypes")]
    [InlineData("""{"choices":[{"provider":"local"},{"provider":"nobody"}]}""", 422, "choices[1].provider")]
    [InlineData("""{"choices":[{"provider":"scripted","model":"model-9"}]}""", 422, "choices[0].model")]
    [InlineData("""{"choices":[{"provider":"scripted","resolution":"8K"}]}""", 422, "choices[0].resolution")]
    [InlineData("""{"choices":[{"provider":"local","only":{"minPrice":9,"maxPrice":1}}]}""", 422, "choices[0].only.minPrice")]
    [InlineData("""{"choices":[{"provider":"local","only":{"maxSeconds":-1}}]}""", 422, "choices[0].only.minSeconds")]
    [InlineData("""{"choices":[{"provider":"local","only":{"aspects":["wide"]}}]}""", 422, "choices[0].only.aspects")]
    [InlineData("""{"choices":[{"provider":"local","only":{"productTypes":[" "]}}]}""", 422, "choices[0].only.productTypes")]
    [InlineData("""{"choices":[{"provider":"local","only":{"origins":[17]}}]}""", 400, "choices[0].only.origins[0]")]
    [InlineData("""{"choices":[{"provider":"local","only":{"origins":["click","api, backfill"]}}]}""", 400, "choices[0].only.origins[1]")]
    public async Task a_wrong_list_is_refused_by_its_field_and_changes_nothing(string body, int status, string field)
    {
        var client = await _api.CallerAsync();
        var answer = await client.PutAsync(Address, Json(body));
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe(field);
        (await client.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_key_sees_the_list_of_its_own_shop_and_sets_it_only_where_it_may_manage_spending()
    {
        var reader = await _api.CallerAsync(scopes: [Scopes.SpendingRead]);
        (await reader.PutAsync(Address, Json("""{"choices":[{"provider":"local"}]}"""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var other = await _api.CallerAsync("other");
        (await other.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await _api.CallerAsync()).PutAsync("/api/v1/shops/nowhere/providers", Json("""{"choices":[{"provider":"local"}]}"""))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
