using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class LabelEndpointsTests : IAsyncLifetime
{
    private const string Label = "/api/v1/shops/test/label";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_label_is_off_until_it_is_switched_on_and_each_shop_has_its_own()
    {
        var client = await _api.CallerAsync();
        var before = await ApiFixture.JsonAsync(await client.GetAsync(Label));
        (before.GetProperty("isDrawn").GetBoolean(), before.GetProperty("changedBy").ValueKind, before.GetProperty("changedAt").ValueKind)
            .ShouldBe((false, JsonValueKind.Null, JsonValueKind.Null));

        foreach (var isDrawn in (bool[])[true, false, true])
        {
            var put = await client.PutAsJsonAsync(Label, new { isDrawn });
            put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
            (await ApiFixture.JsonAsync(put)).GetProperty("isDrawn").GetBoolean().ShouldBe(isDrawn);
            var after = await ApiFixture.JsonAsync(await client.GetAsync(Label));
            (after.GetProperty("isDrawn").GetBoolean(), after.GetProperty("changedBy").GetString()).ShouldBe((isDrawn, "test caller"));
            after.GetProperty("changedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        }

        (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/shops/other/label"))).GetProperty("isDrawn").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"isDrawn":null}""")]
    [InlineData("""{"isDrawn":"yes"}""")]
    [InlineData("""{"isDrawn":1}""")]
    public async Task what_is_no_choice_is_refused_by_its_field(string body)
    {
        var client = await _api.CallerAsync();
        var answer = await client.PutAsync(Label, new StringContent(body, Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe("isDrawn");
    }

    [Fact]
    public async Task only_who_may_manage_shops_sets_it_and_only_for_its_own()
    {
        var reader = await _api.CallerAsync(scopes: [Scopes.Read]);
        (await reader.GetAsync(Label)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PutAsJsonAsync(Label, new { isDrawn = true })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await _api.CallerAsync(scopes: [Scopes.ShopsManage])).GetAsync(Label)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _api.Stranger().GetAsync(Label)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var other = await _api.CallerAsync("other");
        (await other.GetAsync(Label)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PutAsJsonAsync(Label, new { isDrawn = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var client = await _api.CallerAsync();
        (await client.GetAsync("/api/v1/shops/nowhere/label")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PutAsJsonAsync("/api/v1/shops/nowhere/label", new { isDrawn = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ApiFixture.JsonAsync(await client.GetAsync(Label))).GetProperty("isDrawn").GetBoolean().ShouldBeFalse();
    }
}
