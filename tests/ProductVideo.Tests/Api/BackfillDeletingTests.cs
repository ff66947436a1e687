using System.Net;
using ProductVideo.Backfills;
using ProductVideo.Security;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class BackfillDeletingTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_dry_run_is_deleted_and_is_then_as_if_it_had_never_been()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        (await DeleteAsync(client, path)).ShouldBe(HttpStatusCode.NoContent);

        foreach (var read in new[] { path, path + "/items", path + "/events" })
            (await GetAsync(client, read, 404)).Text("code").ShouldBe("unknown_backfill");
        (await PostAsync(client, path + "/start", Usd(5), 404)).Text("detail").ShouldBe("There is no such backfill. It may have been deleted, or belong to another shop.");
        (await GetAsync(client, Address)).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await DeleteAsync(client, path)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task one_that_ordered_is_refused_and_says_why()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        await PostAsync(client, path + "/start", Usd(5));
        (await SendAsync(client, HttpMethod.Delete, path, body: null, 409)).Text("code").ShouldBe("not_in_this_state");
        await WorkAsync(_api);
        var refused = await SendAsync(client, HttpMethod.Delete, path, body: null, 409);
        (refused.Text("code"), refused.Text("detail")).ShouldBe((Deleting.HasOrdered, "This backfill ordered videos, so it is kept: it tells what they cost and what became of them. Cancel it if it shall order nothing more."));
        await GetAsync(client, path);
    }

    [Fact]
    public async Task who_may_not_make_one_deletes_none()
    {
        var client = await _api.CallerAsync();
        var path = await QuotedAsync(_api, client);
        (await DeleteAsync(await _api.CallerAsync(null, Scopes.Read), path)).ShouldBe(HttpStatusCode.Forbidden);
        (await DeleteAsync(await _api.CallerAsync("other"), path)).ShouldBe(HttpStatusCode.NotFound);
        (await DeleteAsync(await _api.CallerAsync("other"), path.Replace("/test/", "/other/", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.NotFound);
        await GetAsync(client, path);
    }

    [Fact]
    public async Task a_request_that_is_sent_again_does_not_bring_it_back()
    {
        var client = await _api.CallerAsync();
        var made = await PostAsync(client, Address, Wanted(), 201, "k-1");
        await DeleteAsync(client, $"{Address}/{made.Text("id")}");
        (await PostAsync(client, Address, Wanted(), 409, "k-1")).Text("code").ShouldBe("backfill_deleted");
        await PostAsync(client, Address, Wanted(), 201, "k-2");
    }

    [Fact]
    public async Task its_events_end_and_are_no_error()
    {
        var client = await _api.CallerAsync();
        var path = $"{Address}/{(await PostAsync(client, Address, Wanted(), 201)).Text("id")}";
        using var answer = await client.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await events.ReadLineAsync()).ShouldBe("event: backfill");
        (await DeleteAsync(client, path)).ShouldBe(HttpStatusCode.NoContent);
        (await events.ReadToEndAsync()).ShouldContain("\"draft\"");
    }

    private static async Task<HttpStatusCode> DeleteAsync(HttpClient client, string path)
    {
        using var answer = await client.DeleteAsync(path);
        return answer.StatusCode;
    }
}
