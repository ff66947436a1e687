using System.Net;
using System.Net.Http.Json;
using ProductVideo.Generations;
using ProductVideo.Security;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class WebhookApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/webhook-endpoints";

    private static async Task<(Guid Id, string Secret)> AddAsync(HttpClient client, string url = "https://shop.example/hooks")
    {
        var answer = await client.PostAsJsonAsync(Path, new { url, events = new[] { "generation.published" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var json = await ApiFixture.JsonAsync(answer);
        answer.Headers.Location!.OriginalString.ShouldBe($"{Path}/{json.GetProperty("id").GetGuid()}");
        return (json.GetProperty("id").GetGuid(), json.GetProperty("secret").GetString()!);
    }

    [Fact]
    public async Task the_secret_is_shown_once_when_it_is_made_and_once_when_it_is_changed()
    {
        var client = await api.CallerAsync();
        var (id, secret) = await AddAsync(client);
        secret.ShouldStartWith("whsec_");
        (await client.GetStringAsync($"{Path}/{id}")).ShouldNotContain(secret);
        (await client.GetStringAsync(Path)).ShouldNotContain(secret);

        var rotated = (await ApiFixture.JsonAsync(await client.PostAsJsonAsync($"{Path}/{id}/rotate-secret", new { }))).GetProperty("secret").GetString()!;
        rotated.ShouldNotBe(secret);
        (await client.GetStringAsync($"{Path}/{id}")).ShouldNotContain(rotated);
    }

    [Fact]
    public async Task the_same_key_adds_one_webhook_and_answers_its_secret_again()
    {
        var client = await api.CallerAsync();
        var key = Guid.NewGuid().ToString();
        var first = await KeyedAsync(client, key, "https://shop.example/once");
        var again = await KeyedAsync(client, key, "https://shop.example/once");
        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        again.Headers.Location.ShouldBe(first.Headers.Location);
        var made = await ApiFixture.JsonAsync(first);
        (await ApiFixture.JsonAsync(again)).GetRawText().ShouldBe(made.GetRawText());

        var other = await KeyedAsync(client, key, "https://shop.example/another");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.JsonAsync(other)).GetProperty("code").GetString().ShouldBe("idempotency_key_reused");

        await client.DeleteAsync($"{Path}/{made.GetProperty("id").GetGuid()}");
        (await KeyedAsync(client, key, "https://shop.example/once")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "what was deleted does not come back");
    }

    [Fact]
    public async Task the_same_key_at_once_adds_one_webhook()
    {
        var client = await api.CallerAsync();
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => KeyedAsync(client, key, "https://shop.example/at-once")));
        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        answers.Select(answer => answer.Headers.Location).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => answer.StatusCode is HttpStatusCode.Created).ShouldBe(1);
    }

    private static async Task<HttpResponseMessage> KeyedAsync(HttpClient client, string key, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { url }) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    [Fact]
    public async Task it_takes_the_scope_of_its_own()
    {
        var other = await api.CallerAsync(null, Scopes.Read, Scopes.Create, Scopes.Review);
        (await other.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await other.PostAsJsonAsync(Path, new { url = "https://shop.example/" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await api.CallerAsync(null, Scopes.Webhooks)).GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_key_of_one_shop_sees_no_others_webhooks()
    {
        var (id, _) = await AddAsync(await api.CallerAsync());
        var ofOther = await api.CallerAsync("other");
        var (own, _) = await AddAsync(ofOther);
        foreach (var path in new[] { $"{Path}/{id}", $"{Path}/{id}/deliveries" })
            (await ofOther.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { $"{Path}/{id}/test", $"{Path}/{id}/rotate-secret", $"{Path}/{id}/deliveries/evt_1/replay" })
            (await ofOther.PostAsJsonAsync(path, new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ofOther.DeleteAsync($"{Path}/{id}");

        (await ApiFixture.JsonAsync(await ofOther.GetAsync(Path))).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(own);
        (await (await api.CallerAsync()).GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK, "it was not deleted");
    }

    [Fact]
    public async Task a_shop_that_has_as_many_as_it_may_takes_none_from_others()
    {
        var webhooks = api.Get<OutgoingWebhooks>();
        var added = new List<(Guid Id, string? Shop)>();
        for (var number = 0; number < 50; number++)
            added.Add(await OneAsync("many"));
        (await Should.ThrowAsync<RefusedException>(() => OneAsync("many"))).Problem.Code.ShouldBe("too_many_endpoints");

        foreach (var shop in new[] { "few", null })
            added.Add(await OneAsync(shop));
        foreach (var (id, shop) in added)
            await webhooks.DeleteAsync(id, shop, CancellationToken.None);

        async Task<(Guid Id, string? Shop)> OneAsync(string? shop) => ((await webhooks.AddAsync("https://shop.example/hooks", null, shop, CancellationToken.None)).Endpoint.Id, shop);
    }

    [Fact]
    public async Task what_may_not_be_is_refused_with_the_field()
    {
        var client = await api.CallerAsync();
        var refused = await client.PostAsJsonAsync(Path, new { url = "http://10.0.0.1/" });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.JsonAsync(refused)).GetProperty("field").GetString().ShouldBe("url");
        var unknown = await client.PostAsJsonAsync(Path, new { url = "https://shop.example/", events = new[] { "generation.exploded" } });
        (await ApiFixture.JsonAsync(unknown)).GetProperty("field").GetString().ShouldBe("events");
        (await client.GetAsync($"{Path}/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_null_among_the_events_hides_no_unknown_one()
    {
        var client = await api.CallerAsync();
        var (id, _) = await AddAsync(client);
        var events = new[] { null, "generation.exploded" };
        foreach (var answer in new[] { await client.PostAsJsonAsync(Path, new { url = "https://shop.example/", events }), await client.PatchAsJsonAsync($"{Path}/{id}", new { events }) })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe("events");
        }
    }

    [Fact]
    public async Task a_webhook_is_changed_switched_off_and_on_tried_and_deleted()
    {
        var client = await api.CallerAsync();
        var (id, _) = await AddAsync(client);
        var off = await ApiFixture.JsonAsync(await client.PatchAsJsonAsync($"{Path}/{id}", new { enabled = false, events = Array.Empty<string>() }));
        (off.GetProperty("enabled").GetBoolean(), off.GetProperty("disabledBecause").GetString(), off.GetProperty("events").GetArrayLength())
            .ShouldBe((false, "Switched off by test caller.", 0));
        (await client.PostAsJsonAsync($"{Path}/{id}/test", new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        await client.PatchAsJsonAsync($"{Path}/{id}", new { enabled = true });
        var test = await client.PostAsJsonAsync($"{Path}/{id}/test", new { });
        test.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var sent = (await ApiFixture.JsonAsync(test)).GetProperty("event").GetString();
        var delivery = (await ApiFixture.JsonAsync(await client.GetAsync($"{Path}/{id}/deliveries?state=waiting"))).GetProperty("items").EnumerateArray().Single();
        (delivery.GetProperty("eventId").GetString(), delivery.GetProperty("type").GetString(), delivery.GetProperty("state").GetString()).ShouldBe((sent, "webhook.test", "waiting"));

        (await client.PostAsJsonAsync($"{Path}/{id}/deliveries/{sent}/replay", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await client.PostAsJsonAsync($"{Path}/{id}/deliveries/evt_none/replay", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsJsonAsync($"{Path}/{id}/replay", new { })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsJsonAsync($"{Path}/{id}/replay", new { since = "2026-01-01T00:00:00Z" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await client.DeleteAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.DeleteAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("Failed", 200)]
    [InlineData("1", 400)]
    [InlineData("-1", 400)]
    [InlineData("gone", 400)]
    public async Task deliveries_are_asked_for_by_the_words_of_their_states(string state, int status)
    {
        var client = await api.CallerAsync();
        var (id, _) = await AddAsync(client);
        var answer = await client.GetAsync($"{Path}/{id}/deliveries?state={state}");
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        if (status == 400)
            (await ApiFixture.JsonAsync(answer)).GetProperty("detail").GetString().ShouldBe($"There is no state '{state}'. Give one of: waiting, delivered, failed.");
    }

    [Fact]
    public async Task pages_of_deliveries_cover_all_once()
    {
        var client = await api.CallerAsync();
        var (id, _) = await AddAsync(client);
        for (var i = 0; i < 5; i++)
            await client.PostAsJsonAsync($"{Path}/{id}/test", new { });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ApiFixture.JsonAsync(await client.GetAsync($"{Path}/{id}/deliveries?take=2&cursor={cursor}"));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.Distinct().Count().ShouldBe(5);
        seen.Count.ShouldBe(5);
    }
}
