using System.Net;
using System.Net.Http.Json;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class SpendingEndpointsTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_cap_is_set_seen_changed_and_lifted()
    {
        var client = await _api.CallerAsync();
        var put = await client.PutAsJsonAsync("/api/v1/budgets", new { scope = "shop", subject = "test", period = "month", amount = 10, currency = "USD" });
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        await client.PutAsJsonAsync("/api/v1/budgets", new { scope = "shop", subject = "test", period = "month", amount = 12.5, currency = "USD", timeZone = "Europe/Berlin" });

        var items = (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/budgets"))).GetProperty("items").EnumerateArray().ToList();
        var cap = items.ShouldHaveSingleItem();
        cap.GetProperty("left").GetProperty("amount").GetDecimal().ShouldBe(12.5m);
        (cap.GetProperty("scope").GetString(), cap.GetProperty("period").GetString(), cap.GetProperty("timeZone").GetString()).ShouldBe(("shop", "month", "Europe/Berlin"));

        var address = "/api/v1/budgets/" + cap.GetProperty("id").GetString();
        (await client.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"subject":"test","period":"day","amount":1,"currency":"USD"}""", 400, "scope")]
    [InlineData("""{"scope":7,"period":"day","amount":1,"currency":"USD"}""", 400, "scope")]
    [InlineData("""{"scope":0,"period":"day","amount":1,"currency":"USD"}""", 400, "scope")]
    [InlineData("""{"scope":"0","period":"day","amount":1,"currency":"USD"}""", 400, "scope")]
    [InlineData("""{"scope":"shop, provider","subject":"test","period":"day","amount":1,"currency":"USD"}""", 400, "scope")]
    [InlineData("""{"scope":"everything","period":"day, month","amount":1,"currency":"USD"}""", 400, "period")]
    [InlineData("""{"scope":"everything","period":0,"amount":1,"currency":"USD"}""", 400, "period")]
    [InlineData("""{"scope":"everything","period":"0","amount":1,"currency":"USD"}""", 400, "period")]
    [InlineData("""{"scope":"everything","period":"week","amount":1,"currency":"USD"}""", 400, "period")]
    [InlineData("""{"scope":"everything","period":"day","currency":"USD"}""", 400, "amount")]
    [InlineData("""{"scope":"everything","period":"day","amount":-1,"currency":"USD"}""", 422, "amount")]
    [InlineData("""{"scope":"everything","period":"day","amount":10000000000,"currency":"USD"}""", 422, "amount")]
    [InlineData("""{"scope":"everything","period":"day","amount":1,"currency":"usd"}""", 422, "currency")]
    [InlineData("""{"scope":"everything","period":"day","amount":1,"currency":"USD","timeZone":"W. Europe Standard Time"}""", 422, "timeZone")]
    [InlineData("""{"scope":"everything","subject":"test","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"shop","subject":"tset","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"provider","subject":"nobody/eu","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"provider","subject":"scripted/eu","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"apiKey","subject":"my key","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"backfill","subject":"nightly","period":"day","amount":1,"currency":"USD"}""", 422, "subject")]
    [InlineData("""{"scope":"backfill","subject":"01234567-89ab-7def-8123-456789abcdef","period":"ever","amount":1,"currency":"USD"}""", 422, "subject")]
    public async Task a_wrong_cap_is_refused_by_its_field(string body, int status, string field)
    {
        var client = await _api.CallerAsync();
        var answer = await client.PutAsync("/api/v1/budgets", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task an_order_without_room_is_answered_402_and_replays_hold_nothing_more()
    {
        var client = await _api.CallerAsync();
        await client.PutAsJsonAsync("/api/v1/budgets", new { scope = "everything", period = "ever", amount = 1, currency = "USD" });
        for (var i = 0; i < 2; i++)
            (await OrderAsync(client, wish: null, key: "once")).IsSuccessStatusCode.ShouldBeTrue();

        var refused = await OrderAsync(client, "another", key: "other");
        refused.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        var problem = await ApiFixture.JsonAsync(refused);
        problem.GetProperty("code").GetString().ShouldBe("budget_exceeded");
        problem.GetProperty("detail").GetString()!.ShouldContain("only 0.30 USD is left");
        (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/spend"))).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task the_ledger_says_which_key_asked_and_a_cap_on_that_key_counts_it()
    {
        var client = await _api.CallerAsync();
        var key = client.DefaultRequestHeaders.Authorization!.Parameter![..9];
        await client.PutAsJsonAsync("/api/v1/budgets", new { scope = "apiKey", subject = key, period = "day", amount = 0.5, currency = "USD" });
        (await OrderAsync(client)).StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        (await OrderAsync(await _api.CallerAsync())).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var entry = (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/spend"))).GetProperty("items")[0];
        entry.GetProperty("apiKey").GetString()!.ShouldStartWith("pv_");
        (entry.GetProperty("kind").GetString(), entry.GetProperty("amount").GetProperty("amount").GetDecimal()).ShouldBe(("hold", 0.70m));
    }

    [Fact]
    public async Task a_key_of_one_shop_sees_its_own_money_and_changes_no_cap()
    {
        var all = await _api.CallerAsync();
        await all.PutAsJsonAsync("/api/v1/budgets", new { scope = "shop", subject = "test", period = "day", amount = 10, currency = "USD" });
        await all.PutAsJsonAsync("/api/v1/budgets", new { scope = "shop", subject = "other", period = "day", amount = 10, currency = "USD" });
        await OrderAsync(all);
        var own = await _api.CallerAsync("other");

        (await ApiFixture.JsonAsync(await own.GetAsync("/api/v1/budgets"))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("subject").GetString().ShouldBe("other");
        (await ApiFixture.JsonAsync(await own.GetAsync("/api/v1/spend"))).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await own.GetAsync("/api/v1/spend.csv")).Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        (await own.GetAsync("/api/v1/spend?shop=test")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await own.PutAsJsonAsync("/api/v1/budgets", new { scope = "shop", subject = "other", period = "day", amount = 1000, currency = "USD" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.DeleteAsync("/api/v1/budgets/" + Guid.NewGuid())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task seeing_and_setting_take_scopes_of_their_own()
    {
        var reader = await _api.CallerAsync(null, Scopes.SpendingRead);
        (await reader.GetAsync("/api/v1/budgets")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PutAsJsonAsync("/api/v1/budgets", new { scope = "everything", period = "day", amount = 1, currency = "USD" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var creator = await _api.CallerAsync(null, Scopes.Read, Scopes.Create);
        (await creator.GetAsync("/api/v1/spend.csv")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task the_ledger_is_a_file_and_its_days_are_checked()
    {
        var client = await _api.CallerAsync();
        await OrderAsync(client);
        var csv = await client.GetAsync("/api/v1/spend.csv?from=2020-01-01");
        csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await csv.Content.ReadAsStringAsync()).ShouldContain(",hold,0.70,USD,");
        (await (await client.GetAsync("/api/v1/spend.csv?to=2020-01-01")).Content.ReadAsStringAsync()).ShouldNotContain("hold");
        (await client.GetAsync("/api/v1/spend?from=yesterday")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("2026-02-01", 200)]
    [InlineData("2026-02-01T08:00", 200)]
    [InlineData("2026-02-01T08:00:00Z", 200)]
    [InlineData("2026-02-01T08:00:00.5%2B02:00", 200)]
    [InlineData("01/02/2026", 400)]
    [InlineData("8:00", 400)]
    [InlineData("2026-02-30", 400)]
    [InlineData("", 400)]
    public async Task a_time_that_may_be_read_as_another_is_refused(string time, int status)
    {
        var client = await _api.CallerAsync();
        foreach (var field in new[] { "from", "to" })
        {
            var answer = await client.GetAsync($"/api/v1/spend?{field}={time}");
            ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        }
    }

    private static Task<HttpResponseMessage> OrderAsync(HttpClient client, string? wish = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/generations")
        {
            Content = JsonContent.Create(new { shop = "test", product = "mug", provider = "scripted", aspect = "1:1", seconds = 5, wish }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }
}
