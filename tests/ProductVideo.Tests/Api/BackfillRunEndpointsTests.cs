using System.Text.Json;
using ProductVideo.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class BackfillRunEndpointsTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_dry_run_tells_what_would_be_made_and_why_not_the_others_and_spends_nothing()
    {
        Fill(_api, 2);
        _api.Shop.Edit("p-001", product => product with { IsPublished = false });
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);

        var quote = (await GetAsync(client, path)).GetProperty("quote");
        quote.Text("text").ShouldBe("2 videos of 2 products for 1.40 USD; 1 product is skipped.");
        quote.GetProperty("prices")[0].GetProperty("amount").GetDecimal().ShouldBe(1.40m);
        (quote.GetProperty("skipped")[0].Text("reason"), quote.GetProperty("skipped")[0].Text("text")).ShouldBe(("notPublished", BackfillWords.Of(SkipReason.NotPublished)));
        (quote.GetProperty("shares")[0].Text("provider"), quote.GetProperty("shares")[0].GetProperty("videos").GetInt32()).ShouldBe(("scripted", 2));
        _api.Provider.Submits.ShouldBeEmpty();
        (await GetAsync(client, "/api/v1/generations")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task every_product_of_a_dry_run_is_listed_page_by_page_with_its_reason()
    {
        Fill(_api, 7);
        _api.Shop.Edit("p-003", product => product with { IsPublished = false });
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client, new { name = "two of each", recipe = new { providers = new[] { new { provider = "scripted" } }, aspects = new[] { "16:9", "1:1" }, seconds = 5 } });
        var items = new List<(string Product, string? Aspect, string State)>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(client, $"{path}/items?take=4&cursor={cursor}");
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => (item.Text("product"), item.GetProperty("aspect").GetString(), item.Text("state"))));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        items.Count.ShouldBe(15, "two ratios of seven products, and one line for the draft");
        items.Distinct().Count().ShouldBe(15);

        var skipped = (await GetAsync(client, path + "/items?state=skipped&reason=notPublished")).GetProperty("items");
        skipped.GetArrayLength().ShouldBe(1);
        (skipped[0].Text("product"), skipped[0].Text("title"), skipped[0].Text("text")).ShouldBe(("p-003", "Stoneware mug", "It is not published in the shop."));
        var waiting = (await GetAsync(client, path + "/items?state=Waiting&take=1")).GetProperty("items")[0];
        (waiting.Text("provider"), waiting.GetProperty("price").GetProperty("amount").GetDecimal(), waiting.GetProperty("seconds").GetDecimal()).ShouldBe(("scripted", 0.70m, 5m));
        (await GetAsync(client, path + "/items?state=lost", 400)).Text("detail").ShouldContain("underWay");
        (await GetAsync(client, path + "/items?reason=1", 400)).Text("field").ShouldBe("reason");
        foreach (var wrong in new[] { "zzz", "e30", "bnVsbA", "%00", CursorWithNull })
            (await GetAsync(client, $"{path}/items?cursor={wrong}", 400)).Text("field").ShouldBe("cursor");
    }

    /// <summary>A place whose ratio is U+0000.</summary>
    private const string CursorWithNull = "eyJSYW5rIjowLCJQcm9kdWN0IjoicCIsIkFzcGVjdCI6Ilx1MDAwMCJ9";

    [Fact]
    public async Task a_started_one_orders_and_tells_how_far_it_is_by_number_and_money()
    {
        Fill(_api, 2);
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        var started = await PostAsync(client, path + "/start", Usd(2.10m));
        (started.Text("state"), started.Text("agreedBy"), started.GetProperty("agreed")[0].GetProperty("amount").GetDecimal()).ShouldBe(("running", "test caller", 2.10m));
        (await PostAsync(client, path + "/start", Usd(2.11m), 409)).Text("code").ShouldBe("not_in_this_state");
        await _api.Get<BackfillWork>().MoveNextAsync(CancellationToken.None);

        var progress = (await GetAsync(client, path)).GetProperty("progress");
        (progress.GetProperty("total").GetInt32(), progress.GetProperty("atRest").GetInt32()).ShouldBe((3, 0));
        (progress.GetProperty("counts")[0].Text("state"), progress.GetProperty("counts")[0].GetProperty("count").GetInt32()).ShouldBe(("underWay", 3));
        progress.GetProperty("held")[0].GetProperty("amount").GetDecimal().ShouldBe(2.10m);
        var item = (await GetAsync(client, path + "/items?state=underWay")).GetProperty("items")[0];
        (await GetAsync(client, $"/api/v1/generations/{item.Text("generation")}")).Text("product").ShouldBe(item.Text("product"));
    }

    [Fact]
    public async Task it_is_paused_resumed_and_cancelled_and_what_does_not_follow_is_a_conflict()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        foreach (var early in new[] { "pause", "resume" })
            (await PostAsync(client, $"{path}/{early}", status: 409)).Text("code").ShouldBe("not_in_this_state");
        await PostAsync(client, path + "/start", Usd(1));
        var paused = await PostAsync(client, path + "/pause");
        (paused.Text("state"), paused.Text("stoppedBy")).ShouldBe(("paused", "test caller"));
        await _api.Get<BackfillWork>().MoveNextAsync(CancellationToken.None);
        (await GetAsync(client, "/api/v1/generations")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await PostAsync(client, path + "/resume")).Text("state").ShouldBe("running");
        (await PostAsync(client, path + "/cancel")).Text("state").ShouldBe("cancelled");
        (await PostAsync(client, path + "/pause", status: 409)).Text("code").ShouldBe("not_in_this_state");
        (await PostAsync(client, path + "/quote", status: 409)).Text("code").ShouldBe("not_in_this_state");
        await SendAsync(client, HttpMethod.Put, path, Wanted(), 409);
        (await GetAsync(client, path + "/items?reason=cancelled")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task whoever_lost_an_answer_asks_again_and_gets_it_as_it_is()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        await PostAsync(client, path + "/start", Usd(2));
        (await PostAsync(await _api.CallerAsync(), path + "/start", new { prices = new[] { new { amount = 2.00m, currency = "USD" } } })).Text("state").ShouldBe("running");
        foreach (var other in new object[] { Usd(3), new { prices = Array.Empty<object>() }, new { prices = new[] { new { amount = 2, currency = "EUR" } } } })
            (await PostAsync(client, path + "/start", other, 409)).Text("code").ShouldBe("not_in_this_state");
        (await PostAsync(client, path + "/resume")).Text("state").ShouldBe("running");
        foreach (var (command, state) in new[] { ("pause", "paused"), ("resume", "running"), ("cancel", "cancelled") })
        {
            var first = await PostAsync(client, $"{path}/{command}");
            var again = await PostAsync(await _api.CallerAsync(), $"{path}/{command}");
            (again.Text("state"), again.GetProperty("stoppedBy").ToString()).ShouldBe((state, first.GetProperty("stoppedBy").ToString()));
        }

        await PostAsync(client, path + "/start", Usd(2), 409);
    }

    [Fact]
    public async Task one_that_is_done_was_started_all_the_same_and_ends_no_other_way()
    {
        var client = await _api.CallerAsync();
        var path = $"{Address}/{(await PostAsync(client, Address, new { name = "none", recipe = Recipe, products = new[] { "nonesuch" } }, 201)).Text("id")}";
        await PostAsync(client, path + "/quote", status: 202);
        await WorkAsync(_api);
        await PostAsync(client, path + "/start", new { prices = Array.Empty<object>() });
        await WorkAsync(_api);
        (await PostAsync(client, path + "/start", new { prices = Array.Empty<object>() })).Text("state").ShouldBe("done");
        (await PostAsync(client, path + "/cancel", status: 409)).Text("detail").ShouldContain("ended already");
    }

    [Fact]
    public async Task what_paused_by_itself_is_not_what_somebody_paused()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        var id = Guid.Parse((await PostAsync(client, path + "/start", Usd(2))).Text("id"));
        await _api.Get<BackfillStore>().FollowAsync(
            id, running => BackfillMachine.Pause(running, by: null, new("backfill_same_failure", "Mend it.", "mend it"), DateTimeOffset.UtcNow), together: null, CancellationToken.None);
        (await PostAsync(client, path + "/pause", status: 409)).Text("code").ShouldBe("not_in_this_state");
    }

    [Fact]
    public async Task a_dry_run_that_goes_on_is_not_begun_anew_by_a_second_word()
    {
        var client = await _api.CallerAsync();
        var path = $"{Address}/{(await PostAsync(client, Address, Wanted(), 201)).Text("id")}";
        var first = await PostAsync(client, path + "/quote", status: 202);
        var version = (await _api.Get<BackfillDesk>().GetAsync(Guid.Parse(first.Text("id")), CancellationToken.None)).Version;
        (await PostAsync(client, path + "/quote", status: 202)).Text("state").ShouldBe("quoting");
        (await _api.Get<BackfillDesk>().GetAsync(Guid.Parse(first.Text("id")), CancellationToken.None)).Version.ShouldBe(version);

        // What waits for something is tried at once, and what would start by itself is only priced.
        await _api.Get<BackfillWork>().MoveNextAsync(CancellationToken.None);
        (await PostAsync(client, path + "/quote", status: 202)).GetProperty("problem").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task a_change_before_the_start_needs_another_dry_run()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        var changed = await SendAsync(client, HttpMethod.Put, path, new { name = "longer", recipe = new { providers = new[] { new { provider = "scripted" } }, aspects = new[] { "1:1" }, seconds = 10 } }, 200);
        (changed.Text("state"), changed.Text("name"), changed.GetProperty("quote").ValueKind).ShouldBe(("draft", "longer", JsonValueKind.Null));
        await PostAsync(client, path + "/start", Usd(5), 409);
        await PostAsync(client, path + "/quote", status: 202);
        await WorkAsync(_api);
        (await GetAsync(client, path)).GetProperty("quote").GetProperty("prices")[0].GetProperty("amount").GetDecimal().ShouldBe(1.40m);
        (await SendAsync(client, HttpMethod.Put, path, new { name = "others", products = new[] { "mug" } }, 200)).GetProperty("onlyNamed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task what_costs_nothing_starts_with_no_price()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client, new { name = "free", recipe = new { providers = new[] { new { provider = "local" } } } });
        (await GetAsync(client, path)).GetProperty("quote").GetProperty("prices").GetArrayLength().ShouldBe(0);
        (await PostAsync(client, path + "/start", new { prices = Array.Empty<object>() })).Text("state").ShouldBe("running");
    }

    [Fact]
    public async Task a_schedule_waits_for_its_time_and_tells_its_runs()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client, new { name = "every night", recipe = Recipe, schedule = new { cron = "0 2 * * *" } });
        var started = await PostAsync(client, path + "/start", Usd(5));
        (started.Text("state"), started.GetProperty("nextRun").GetDateTimeOffset().Hour).ShouldBe(("scheduled", 2));
        (await PostAsync(client, path + "/start", Usd(5))).Text("state").ShouldBe("scheduled");
        var parent = await _api.Get<BackfillDesk>().GetAsync(Guid.Parse(started.Text("id")), CancellationToken.None);
        await _api.Get<BackfillStore>().AddAsync(
            parent with { Id = Guid.NewGuid(), RunOf = parent.Id, State = BackfillState.Quoted, DueAt = null, Plan = parent.Plan with { Schedule = new BackfillSchedule() } }, follow: null, CancellationToken.None);
        var told = await GetAsync(client, path);
        told.GetProperty("progress").ValueKind.ShouldBe(JsonValueKind.Null, "its own dry run makes nothing");
        var run = told.GetProperty("runs")[0];
        (run.Text("state"), run.Text("quote")).ShouldBe(("quoted", "1 video of 1 product for 0.70 USD; no products are skipped."));
    }

    [Fact]
    public async Task caps_that_somebody_put_on_it_hold_beside_what_was_agreed_to()
    {
        Fill(_api, 2);
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        await CapAsync(client, path, "ever", 0.70m);
        await CapAsync(client, path, "month", 100m);
        await PostAsync(client, path + "/start", Usd(2.10m));
        (await CapsAsync(client)).ShouldBe([("ever", 0.70m, false), ("ever", 2.10m, true), ("month", 100m, false)], ignoreOrder: true);

        await WorkAsync(_api);
        var progress = (await GetAsync(client, path)).GetProperty("progress");
        progress.GetProperty("held")[0].GetProperty("amount").GetDecimal().ShouldBe(0.70m);
        (await GetAsync(client, path + "/items?reason=overBudget")).GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task what_was_agreed_to_is_neither_raised_nor_lifted_and_ends_with_it()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        await PostAsync(client, path + "/start", Usd(1.50m));
        var own = (await GetAsync(client, "/api/v1/budgets")).GetProperty("items")[0];
        (await SendAsync(client, HttpMethod.Delete, "/api/v1/budgets/" + own.Text("id"), body: null, 409)).Text("code").ShouldBe("budget_agreed_to");
        (await CapAsync(client, path, "ever", 1.50m, 409)).Text("detail").ShouldContain("1.50 USD is what was agreed to");
        await CapAsync(client, path, "ever", 1.49m);
        (await CapsAsync(client)).ShouldBe([("ever", 1.50m, true), ("ever", 1.49m, false)], ignoreOrder: true);

        await PostAsync(client, path + "/cancel");
        await WorkAsync(_api);
        (await CapsAsync(client)).ShouldBe([("ever", 1.49m, false)]);
    }

    [Fact]
    public async Task a_schedule_takes_no_cap_of_its_own_for_it_orders_nothing_itself()
    {
        var client = await _api.CallerAsync();
        var path = $"{Address}/{(await PostAsync(client, Address, new { name = "every night", recipe = Recipe, schedule = new { cron = "0 2 * * *" } }, 201)).Text("id")}";
        var refused = await CapAsync(client, path, "month", 5m, 422);
        (refused.Text("field"), refused.Text("detail").Contains("schedule", StringComparison.Ordinal)).ShouldBe(("subject", true));
    }

    private static Task<JsonElement> CapAsync(HttpClient client, string path, string period, decimal amount, int status = 200) => SendAsync(
        client, HttpMethod.Put, "/api/v1/budgets", new { scope = "backfill", subject = path[(path.LastIndexOf('/') + 1)..], period, amount, currency = "USD" }, status);

    private static async Task<IReadOnlyList<(string Period, decimal Cap, bool OfRun)>> CapsAsync(HttpClient client) =>
        [.. (await GetAsync(client, "/api/v1/budgets")).GetProperty("items").EnumerateArray()
            .Select(cap => (cap.Text("period"), cap.GetProperty("cap").GetProperty("amount").GetDecimal(), cap.GetProperty("ofRun").GetBoolean()))];

    [Fact]
    public async Task events_tell_changes_until_it_is_over()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        using var stream = await client.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await EventAsync(reader)).Text("state").ShouldBe("quoted");

        await PostAsync(client, path + "/start", Usd(1));
        (await EventAsync(reader)).Text("state").ShouldBe("running");
        await _api.Get<BackfillWork>().MoveNextAsync(CancellationToken.None);
        var ordered = await EventAsync(reader);
        ordered.GetProperty("progress").GetProperty("counts")[0].Text("state").ShouldBe("underWay");
        await PostAsync(client, path + "/cancel");
        (await EventAsync(reader)).Text("state").ShouldBe("cancelled");
        (await reader.ReadToEndAsync()).ShouldNotContain("data:");
    }

    [Fact]
    public async Task events_end_with_the_host()
    {
        var client = await _api.CallerAsync();
        var path = $"{Address}/{(await PostAsync(client, Address, Wanted(), 201)).Text("id")}";
        using var stream = await client.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await EventAsync(reader)).Text("state").ShouldBe("draft");
        var stopped = _api.App.StopAsync();
        (await reader.ReadToEndAsync()).ShouldNotContain("data:");
        await stopped;
    }

    private static async Task<JsonElement> EventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return JsonDocument.Parse(line["data:".Length..]).RootElement.Clone();
        }

        throw new EndOfStreamException("The events ended.");
    }
}
