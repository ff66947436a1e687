using System.Net;
using System.Net.Http.Json;
using ProductVideo.Accounts;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class AccountEndpointsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task a_stop_is_set_shown_and_ended()
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage, Scopes.SpendingRead);
        var answer = await manager.PutAsJsonAsync("/api/v1/stops", new { scope = "provider:scripted", why = "The invoice is open." });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var stop = (await ApiFixture.JsonAsync(await manager.GetAsync("/api/v1/stops"))).GetProperty("items")[0];
        (stop.GetProperty("scope").GetString(), stop.GetProperty("why").GetString()).ShouldBe(("provider:scripted", "The invoice is open."));

        (await manager.DeleteAsync("/api/v1/stops/provider:scripted")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.Get<SubmitSwitches>().ListAsync(CancellationToken.None)).ShouldBeEmpty();
        (await manager.DeleteAsync("/api/v1/stops/provider:scripted")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"scope":"planet:mars","why":"x"}""", "scope")]
    [InlineData("""{"scope":"provider:Scripted","why":"x"}""", "scope")]
    [InlineData("""{"scope":"shop:tset","why":"x"}""", "scope")]
    [InlineData("""{"scope":"shop:","why":"x"}""", "scope")]
    [InlineData("""{"scope":"all"}""", "why")]
    [InlineData("""{"scope":"all","why":"a\u0000b"}""", "why")]
    public async Task a_stop_without_sense_is_refused_by_its_field(string body, string field)
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage);
        var answer = await manager.PutAsync("/api/v1/stops", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task what_can_be_stopped_is_named_where_a_name_is_wrong()
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage);
        var detail = (await ApiFixture.JsonAsync(await manager.PutAsJsonAsync("/api/v1/stops", new { scope = "provider:Scripted", why = "x" }))).GetProperty("detail").GetString()!;
        foreach (var known in new[] { "all", "provider:scripted", "shop:test", "shop:other" })
            detail.ShouldContain(known);
        (await api.Get<SubmitSwitches>().ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_account_of_nobody_is_not_reopened_and_none_is_made_of_it()
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage);
        var answer = await manager.PostAsJsonAsync("/api/v1/accounts/nobody/reopen", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiFixture.JsonAsync(answer)).GetProperty("code").GetString().ShouldBe("unknown_provider");
        (await api.Get<ProviderAccounts>().StandingsAsync(CancellationToken.None)).ShouldNotContain(row => row.Account == "nobody");
    }

    [Fact]
    public async Task a_key_of_one_shop_may_neither_stop_nor_go_on()
    {
        var own = await api.CallerAsync("test", Scopes.SpendingManage, Scopes.SpendingRead);
        (await own.PutAsJsonAsync("/api/v1/stops", new { why = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.DeleteAsync("/api/v1/stops/all")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.PostAsJsonAsync("/api/v1/accounts/scripted/reopen", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.GetAsync("/api/v1/stops")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task an_account_is_shown_with_its_limits_and_reopened()
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage, Scopes.SpendingRead);
        await api.Get<ProviderAccounts>().LimitAsync("scripted", maxInFlight: 3, startsPerSecond: 0.5, CancellationToken.None);
        (await manager.PostAsJsonAsync("/api/v1/accounts/scripted/reopen", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var account = (await ApiFixture.JsonAsync(await manager.GetAsync("/api/v1/accounts"))).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("account").GetString() == "scripted");
        (account.GetProperty("maxInFlight").GetInt32(), account.GetProperty("state").GetString()).ShouldBe((3, "closed"));
        await api.Get<ProviderAccounts>().LimitAsync("scripted", maxInFlight: null, startsPerSecond: null, CancellationToken.None);
    }

    [Fact]
    public async Task an_account_that_has_no_free_call_says_so()
    {
        var manager = await api.CallerAsync(null, Scopes.SpendingManage);
        var answer = await manager.PostAsJsonAsync("/api/v1/accounts/scripted/test", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ApiFixture.JsonAsync(answer)).GetProperty("code").GetString().ShouldBe("nothing_to_test");
        (await manager.PostAsJsonAsync("/api/v1/accounts/nobody/test", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
