using ProductVideo.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class BackfillChangingTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task the_body_of_a_new_one_changes_the_same_one_and_its_price_is_found_anew()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        var changed = await SendAsync(client, HttpMethod.Put, path, new { name = "two of it", recipe = Recipe, products = new[] { "mug", "vase" } }, 200);
        (changed.Text("name"), changed.Text("state"), changed.GetProperty("onlyNamed").GetBoolean()).ShouldBe(("two of it", "draft", true));
        changed.GetProperty("quote").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await PostAsync(client, path + "/start", Usd(5), 409)).Text("code").ShouldBe("not_in_this_state");

        // What is read and sent back keeps the list.
        changed = await SendAsync(client, HttpMethod.Put, path, Wanted("renamed"), 200);
        changed.GetProperty("onlyNamed").GetBoolean().ShouldBeTrue();
        (await _api.Get<BackfillDesk>().NamesAsync(Guid.Parse(changed.Text("id")), CancellationToken.None)).ShouldBe(["mug", "vase"]);
    }

    [Fact]
    public async Task a_start_that_says_which_price_it_saw_is_refused_once_that_is_another()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        var seen = (await GetAsync(client, path)).Text("quotedAt");
        await SendAsync(client, HttpMethod.Put, path, Wanted("changed"), 200);
        await PostAsync(client, path + "/quote", status: 202);
        await WorkAsync(_api);

        object Start(string quotedAt) => new { prices = new[] { new { amount = 5, currency = "USD" } }, quotedAt };
        var refused = await PostAsync(client, path + "/start", Start(seen), 409);
        (refused.Text("code"), refused.Text("field"), refused.GetProperty("prices")[0].GetProperty("amount").GetDecimal()).ShouldBe((Agreed.NotAgreed, "quotedAt", 0.70m));
        (await PostAsync(client, path + "/start", Start((await GetAsync(client, path)).Text("quotedAt")))).Text("state").ShouldBe("running");
        (await SendAsync(client, HttpMethod.Put, path, Wanted("too late"), 409)).Text("detail").ShouldContain("Make a new one like it");
    }
}
