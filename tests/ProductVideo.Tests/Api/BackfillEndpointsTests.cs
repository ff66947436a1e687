using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Backfills;
using ProductVideo.Security;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class BackfillEndpointsTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task writing_one_down_answers_201_and_finds_out_nothing()
    {
        var client = await _api.CallerAsync();
        var answer = await client.PostAsJsonAsync(Address, Wanted());
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = await ApiFixture.JsonAsync(answer);
        (made.Text("state"), made.Text("createdBy"), made.GetProperty("quote").ValueKind).ShouldBe(("draft", "test caller", JsonValueKind.Null));
        made.GetProperty("scope").GetProperty("withoutVideo").GetBoolean().ShouldBeTrue();

        var read = await GetAsync(client, answer.Headers.Location!.ToString());
        read.Text("id").ShouldBe(made.Text("id"));
        read.GetProperty("progress").GetProperty("total").GetInt32().ShouldBe(0);
        await WorkAsync(_api);
        (await GetAsync(client, answer.Headers.Location!.ToString())).Text("state").ShouldBe("draft");
    }

    [Fact]
    public async Task everything_that_can_be_wanted_comes_back_as_it_was_sent()
    {
        var client = await _api.CallerAsync();
        var wanted = new
        {
            name = "evening run",
            scope = new { tags = new[] { "sale" }, productTypes = new[] { "Mug" }, vendors = new[] { "Varnmoor" }, minPrice = 10, maxPrice = 50.5, changedSince = "2026-11-01T00:00:00Z", changed = true, restyled = true, withoutVideo = false, tryAgain = true },
            recipe = new { template = "turntable", providers = new[] { new { provider = "scripted", model = "model-1" } }, aspects = new[] { "1:1", "16:9" }, seconds = 5, wish = "a darker floor" },
            caps = new { money = new { amount = 25, currency = "EUR" }, videos = 100, videosPerWeek = 20 },
            autoApprove = true,
            schedule = new { cron = "0 2 * * *", timeZone = "Europe/Berlin", blackouts = new[] { new { from = "08:00", to = "20:00" } } },
            priority = "low",
        };
        var made = await PostAsync(client, Address, wanted, 201);
        var sent = JsonSerializer.SerializeToElement(wanted);
        foreach (var part in sent.EnumerateObject())
            Holds(made.GetProperty(part.Name), part.Value).ShouldBeTrue($"{part.Name}: {made.GetProperty(part.Name)}");
        (await GetAsync(client, $"{Address}/{made.Text("id")}")).GetProperty("runs").GetArrayLength().ShouldBe(0);

        // What came back can be sent again.
        string[] fields = ["name", "scope", "recipe", "caps", "autoApprove", "schedule", "priority"];
        var body = fields.ToDictionary(field => field, field => made.GetProperty(field), StringComparer.Ordinal);
        await SendAsync(client, HttpMethod.Put, $"{Address}/{made.Text("id")}", body, 200);

        static bool Holds(JsonElement has, JsonElement wants) => wants.ValueKind switch
        {
            JsonValueKind.Object => wants.EnumerateObject().All(field => Holds(has.GetProperty(field.Name), field.Value)),
            JsonValueKind.Array => has.GetArrayLength() == wants.GetArrayLength() && has.EnumerateArray().Zip(wants.EnumerateArray()).All(pair => Holds(pair.First, pair.Second)),
            JsonValueKind.Number => has.GetDecimal() == wants.GetDecimal(),
            JsonValueKind.String when has.TryGetDateTimeOffset(out var time) => time == wants.GetDateTimeOffset(),
            _ => has.ToString() == wants.ToString(),
        };
    }

    [Fact]
    public async Task the_same_key_and_body_give_the_same_backfill_and_another_body_is_refused()
    {
        var client = await _api.CallerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(new { name = "twenty at once", products = new[] { "mug", "vase" } }) };
            request.Headers.Add("Idempotency-Key", "k-1");
            using var answer = await client.SendAsync(request);
            return (answer.StatusCode, (await ApiFixture.JsonAsync(answer)).Text("id"));
        }));
        answers.Select(answer => answer.Item2).Distinct().Count().ShouldBe(1);
        answers.Count(answer => answer.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        (await PostAsync(client, Address, new { name = "twenty at once", products = new[] { "vase", "mug" } }, 200, "k-1")).Text("id").ShouldBe(answers[0].Item2);
        (await GetAsync(client, Address)).GetProperty("items").GetArrayLength().ShouldBe(1);

        foreach (var other in new object[] { new { name = "another", products = new[] { "mug", "vase" } }, new { name = "twenty at once", products = new[] { "mug" } }, new { name = "twenty at once" } })
            (await PostAsync(client, Address, other, 422, "k-1")).Text("code").ShouldBe("idempotency_key_reused");
        // A change later does not make the first request another one.
        await SendAsync(client, HttpMethod.Put, $"{Address}/{answers[0].Item2}", new { name = "renamed" }, 200);
        (await PostAsync(client, Address, new { name = "twenty at once", products = new[] { "mug", "vase" } }, 200, "k-1")).Text("name").ShouldBe("renamed");
        // The key is one caller's.
        (await PostAsync(await _api.CallerAsync(), Address, new { name = "another" }, 201, "k-1")).Text("id").ShouldNotBe(answers[0].Item2);
    }

    [Fact]
    public async Task ten_thousand_products_fit_into_a_body_and_five_megabytes_do_not()
    {
        var client = await _api.CallerAsync();
        var products = Enumerable.Range(0, 10_000).Select(i => $"gid://shop/Product/{i:000000000000}").ToList();
        (await PostAsync(client, Address, new { name = "many", products }, 201)).GetProperty("onlyNamed").GetBoolean().ShouldBeTrue();
        (await PostAsync(client, Address, new { name = "many", products = new[] { new string('x', 5_000_000) } }, 413)).Text("field").ShouldBe("body");
    }

    [Fact]
    public async Task a_key_of_another_shop_sees_and_moves_nothing()
    {
        var path = $"{Address}/{(await PostAsync(await _api.CallerAsync(), Address, Wanted(), 201)).Text("id")}";
        var other = await _api.CallerAsync("other");
        foreach (var read in new[] { Address, path, path + "/items", path + "/events", path.Replace("/test/", "/other/", StringComparison.Ordinal), path.Replace("/test/", "/other/", StringComparison.Ordinal) + "/items" })
            await GetAsync(other, read, 404);
        foreach (var command in new[] { "quote", "start", "pause", "resume", "cancel" })
        {
            await PostAsync(other, $"{path}/{command}", status: 404);
            await PostAsync(other, $"{path}/{command}".Replace("/test/", "/other/", StringComparison.Ordinal), status: 404);
        }

        await PostAsync(other, Address, Wanted(), 404);
        await SendAsync(other, HttpMethod.Put, path, Wanted(), 404);
        var nobody = await _api.CallerAsync();
        (await GetAsync(nobody, $"{Address}/{Guid.NewGuid()}", 404)).Text("code").ShouldBe("unknown_backfill");
        await GetAsync(nobody, "/api/v1/shops/nowhere/backfills", 404);
        await PostAsync(nobody, "/api/v1/shops/nowhere/backfills", Wanted(), 404);
    }

    [Fact]
    public async Task a_key_that_may_only_read_or_not_approve_starts_nothing_beyond_that()
    {
        var full = await _api.CallerAsync();
        var path = await QuotedAsync(_api, full, Wanted(autoApprove: true));
        var reader = await _api.CallerAsync(null, Scopes.Read);
        await GetAsync(reader, path);
        await PostAsync(reader, Address, Wanted(), 403);
        foreach (var command in new[] { "quote", "start", "pause", "resume", "cancel" })
            await PostAsync(reader, $"{path}/{command}", status: 403);

        var creator = await _api.CallerAsync(null, Scopes.Create);
        (await PostAsync(creator, Address, Wanted(autoApprove: true), 403)).Text("field").ShouldBe("autoApprove");
        await SendAsync(creator, HttpMethod.Put, path, Wanted(autoApprove: true), 403);
        (await PostAsync(creator, path + "/start", Usd(5), 403)).Text("code").ShouldBe("may_not_approve");
        (await GetAsync(full, path)).Text("state").ShouldBe("quoted");
    }

    [Fact]
    public async Task a_list_goes_on_where_its_page_ended()
    {
        var client = await _api.CallerAsync();
        for (var i = 0; i < 5; i++)
            await PostAsync(client, Address, Wanted($"number {i}"), 201);
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(client, $"{Address}?take=2&cursor={cursor}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("name")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        names.ShouldBe(["number 4", "number 3", "number 2", "number 1", "number 0"]);
        await GetAsync(client, Address + "?take=0", 400);
        await GetAsync(client, Address + "?cursor=zzz", 400);
        await GetAsync(client, $"{Address}?cursor={Guid.NewGuid()}", 404);
    }

    [Fact]
    public async Task the_description_tells_every_endpoint()
    {
        var document = await GetAsync(await _api.CallerAsync(), "/api/v1/openapi/productvideo.json");
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var path in new[]
                 {
                     "backfills", "backfills/{id}", "backfills/{id}/quote", "backfills/{id}/items", "backfills/{id}/start", "backfills/{id}/pause", "backfills/{id}/resume", "backfills/{id}/cancel",
                     "backfills/{id}/events", "catalogue", "catalogue/lacking", "catalogue/scan", "products/generations", "products/{product}/generations",
                 })
        {
            paths.ShouldContain("/api/v1/shops/{shop}/" + path);
        }

        paths.ShouldContain("/api/v1/products/{product}/generations");
    }
}
