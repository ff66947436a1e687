using System.Text;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class BackfillRefusalsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":"x","products":[]}""", "products")]
    [InlineData("""{"name":"x","products":[""]}""", "products")]
    [InlineData("""{"name":"x","products":[null]}""", "products")]
    [InlineData("""{"name":"x","products":["a\u0000b"]}""", "products[0]")]
    [InlineData("""{"name":"x","scope":{"withoutVideo":false}}""", "scope.withoutVideo")]
    [InlineData("""{"name":"x","scope":{"tags":[null]}}""", "scope.tags")]
    [InlineData("""{"name":"x","scope":{"tags":[""]}}""", "scope.tags")]
    [InlineData("""{"name":"x","scope":{"minPrice":5,"maxPrice":4}}""", "scope.minPrice")]
    [InlineData("""{"name":"x","scope":{"collections":["Kitchen"]}}""", "scope.collections")]
    [InlineData("""{"name":"x","scope":{"bestSellers":0}}""", "scope.bestSellers")]
    [InlineData("""{"name":"x","scope":{"onlyNamed":true}}""", "scope.onlyNamed")]
    [InlineData("""{"name":"x","recipe":{"template":"nothing"}}""", "recipe.template")]
    [InlineData("""{"name":"x","recipe":{"aspects":["banana"]}}""", "recipe.aspects")]
    [InlineData("""{"name":"x","recipe":{"seconds":0}}""", "recipe.seconds")]
    [InlineData("""{"name":"x","recipe":{"providers":[{}]}}""", "recipe.providers[0].provider")]
    [InlineData("""{"name":"x","recipe":{"providers":[null]}}""", "recipe.providers[0].provider")]
    [InlineData("""{"name":"x","recipe":{"providers":[{"provider":"nobody"}]}}""", "recipe.providers[0].provider")]
    [InlineData("""{"name":"x","recipe":{"providers":[{"provider":"scripted"},{"provider":"scripted","model":"none"}]}}""", "recipe.providers[1].model")]
    [InlineData("""{"name":"x","caps":{"money":{"amount":-1,"currency":"USD"}}}""", "caps.money")]
    [InlineData("""{"name":"x","caps":{"money":{"amount":5,"currency":"usd"}}}""", "caps.money")]
    [InlineData("""{"name":"x","caps":{"money":{"amount":5}}}""", "caps.money")]
    [InlineData("""{"name":"x","caps":{"videos":0}}""", "caps.videos")]
    [InlineData("""{"name":"x","caps":{"videosPerWeek":0}}""", "caps.videosPerWeek")]
    [InlineData("""{"name":"x","schedule":{"cron":"often"}}""", "schedule.cron")]
    [InlineData("""{"name":"x","products":["mug"],"schedule":{"cron":"0 2 * * *"}}""", "schedule.cron")]
    [InlineData("""{"name":"x","schedule":{"timeZone":"Moon/Base"}}""", "schedule.timeZone")]
    [InlineData("""{"name":"x","schedule":{"blackouts":[{"from":"25:00","to":"26:00"}]}}""", "schedule.blackouts")]
    [InlineData("""{"name":"x","schedule":{"blackouts":[null]}}""", "schedule.blackouts")]
    [InlineData("""{"name":"x","priority":7}""", "priority")]
    [InlineData("""{"name":"x","priority":0}""", "priority")]
    [InlineData("""{"name":"x","priority":"high, normal"}""", "priority")]
    [InlineData("""{"name":"x","surprise":1}""", "surprise")]
    [InlineData("""[]""", "body")]
    public async Task a_wrong_wish_names_the_field_and_writes_nothing(string body, string field)
    {
        var client = await api.CallerAsync();
        var before = await CountAsync(client);
        using var answer = await client.PostAsync(Address, new StringContent(body, Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBeOneOf(400, 422);
        var problem = await ApiFixture.JsonAsync(answer);
        problem.Text("field").ShouldBe(field, problem.ToString());
        problem.Text("detail").ShouldNotBeNullOrWhiteSpace();
        problem.Text("operatorText").ShouldNotBeNullOrWhiteSpace();
        problem.Text("code").ShouldNotBeNullOrWhiteSpace();
        (await CountAsync(client)).ShouldBe(before);
    }

    [Theory]
    [InlineData("""{}""", 400, "prices", null)]
    [InlineData("""{"prices":[{"amount":1}]}""", 400, "prices[0]", null)]
    [InlineData("""{"prices":[null]}""", 400, "prices[0]", null)]
    [InlineData("""{"prices":[{"amount":1,"currency":"USD"},{"amount":2,"currency":"USD"}]}""", 400, "prices", null)]
    [InlineData("""{"prices":[]}""", 409, "prices", "price_not_agreed")]
    [InlineData("""{"prices":[{"amount":0.69,"currency":"USD"}]}""", 409, "prices", "price_not_agreed")]
    [InlineData("""{"prices":[{"amount":1000,"currency":"EUR"}]}""", 409, "prices", "price_not_agreed")]
    public async Task nothing_starts_unless_its_price_is_agreed_to(string body, int status, string field, string? code)
    {
        var client = await api.CallerAsync();
        var path = await QuotedAsync(api, client);
        using var answer = await client.PostAsync(path + "/start", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBe(status);
        var problem = await ApiFixture.JsonAsync(answer);
        problem.Text("field").ShouldBe(field);
        if (code is not null)
        {
            problem.Text("code").ShouldBe(code);
            (problem.GetProperty("prices")[0].GetProperty("amount").GetDecimal(), problem.GetProperty("prices")[0].Text("currency")).ShouldBe((0.70m, "USD"));
        }

        await WorkAsync(api);
        (await GetAsync(client, path)).Text("state").ShouldBe("quoted");
        (await GetAsync(client, "/api/v1/generations")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<int> CountAsync(HttpClient client) => (await GetAsync(client, Address + "?take=250")).GetProperty("items").GetArrayLength();
}
