using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class ChangeEndpointsTests : IAsyncLifetime
{
    private const string Policy = "/api/v1/shops/test/changes";
    private const string Regenerations = "/api/v1/shops/test/products/mug/regenerations";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_policy_is_read_set_and_kept()
    {
        var client = await _api.CallerAsync();
        var before = await ApiFixture.JsonAsync(await client.GetAsync(Policy));
        (before.GetProperty("onChange").GetString(), before.GetProperty("withdrawRemovedPictures").GetBoolean()).ShouldBe(("tell", false));

        var put = await client.PutAsJsonAsync(Policy, new { onChange = "remake", withdrawRemovedPictures = true });
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());

        var after = await ApiFixture.JsonAsync(await client.GetAsync(Policy));
        (after.GetProperty("onChange").GetString(), after.GetProperty("withdrawRemovedPictures").GetBoolean()).ShouldBe(("remake", true));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"onChange":"often"}""")]
    [InlineData("""{"onChange":7}""")]
    [InlineData("""{"onChange":0}""")]
    [InlineData("""{"onChange":"0"}""")]
    [InlineData("""{"onChange":"tell, remake"}""")]
    public async Task a_wrong_policy_is_refused_by_its_field(string body)
    {
        var client = await _api.CallerAsync();
        var answer = await client.PutAsync(Policy, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ApiFixture.JsonAsync(answer)).GetProperty("field").GetString().ShouldBe("onChange");
    }

    [Fact]
    public async Task only_who_may_manage_spending_sets_what_is_spent_and_only_for_its_own_shop()
    {
        var reader = await _api.CallerAsync(scopes: [Scopes.SpendingRead]);
        (await reader.PutAsJsonAsync(Policy, new { onChange = "remake" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var other = await _api.CallerAsync("other");
        (await other.GetAsync(Policy)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PutAsJsonAsync(Policy, new { onChange = "remake" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsJsonAsync(Regenerations, new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await _api.CallerAsync()).PutAsJsonAsync("/api/v1/shops/nowhere/changes", new { onChange = "tell" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await _api.CallerAsync(scopes: [Scopes.Read])).PostAsJsonAsync(Regenerations, new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_video_is_made_anew_only_if_something_changed_and_once_a_key()
    {
        var client = await _api.CallerAsync();
        (await PostAsync(client, "k-0")).Changed.ShouldBeFalse("there is no video yet");
        await PublishAsync(client);
        var same = await PostAsync(client, "k-1");
        (same.Status, same.Changed, same.Video).ShouldBe((HttpStatusCode.OK, false, null));
        same.Text.ShouldContain("Nothing that the video shows or says has changed");

        _api.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        var made = await PostAsync(client, "k-2");
        (made.Status, made.Changed).ShouldBe((HttpStatusCode.Accepted, true));
        made.Reasons.ShouldBe(["text"]);
        var again = await PostAsync(client, "k-2");
        (again.Status, again.Video).ShouldBe((HttpStatusCode.OK, made.Video));
        var beside = await PostAsync(client, "k-3");
        (beside.Status, beside.Video).ShouldBe((HttpStatusCode.OK, made.Video), "one is under way");

        _api.Shop.Edit("mug", mug => mug with { Title = "Glass bowl" });
        (await PostAsync(client, "k-2")).Video.ShouldBe(made.Video);
    }

    [Fact]
    public async Task a_product_that_is_not_there_is_refused()
    {
        var client = await _api.CallerAsync();
        (await client.PostAsJsonAsync("/api/v1/shops/test/products/nothing/regenerations", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_product_tells_how_its_video_stands_to_the_listing()
    {
        var client = await _api.CallerAsync();
        (await ChangeAsync(client)).ValueKind.ShouldBe(JsonValueKind.Null);
        var video = await PublishAsync(client);
        _api.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        _api.Get<ChangesOptions>().Quiet = TimeSpan.Zero;
        await _api.Get<WatchedProducts>().HintAsync(new ProductRef("test", "mug"), CancellationToken.None);
        (await _api.Get<ProductLook>().LookNextAsync(CancellationToken.None)).ShouldBeTrue();

        var change = await ChangeAsync(client);
        (change.GetProperty("state").GetString(), change.GetProperty("reasons")[0].GetString(), change.GetProperty("video").GetGuid()).ShouldBe(("stale", "text", video));
        var listed = await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/products?shop=test"));
        listed.GetProperty("items")[0].GetProperty("change").GetProperty("text").GetString()!.ShouldContain("other text");
    }

    private static async Task<JsonElement> ChangeAsync(HttpClient client) =>
        (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/products/test/mug"))).GetProperty("change");

    private static async Task<(HttpStatusCode Status, bool Changed, string[] Reasons, string Text, Guid? Video)> PostAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Regenerations) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        var json = await ApiFixture.JsonAsync(answer);
        return (
            answer.StatusCode, json.GetProperty("changed").GetBoolean(), [.. json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)],
            json.GetProperty("text").GetString()!, json.GetProperty("generation") is { ValueKind: JsonValueKind.Object } video ? video.GetProperty("id").GetGuid() : null);
    }

    /// <summary>An order like any other, and a row as it would be once its clip is on the listing.</summary>
    private async Task<Guid> PublishAsync(HttpClient client)
    {
        var ordered = (await ApiFixture.JsonAsync(await client.PostAsJsonAsync("/api/v1/generations", new { shop = "test", product = "mug", provider = "local" }))).GetProperty("id").GetGuid();
        var (videos, store) = (_api.Get<VideoGenerations>(), _api.Get<GenerationStore>());
        await videos.CancelAsync(ordered, "tester", CancellationToken.None);
        await _api.Get<Advance>().RunAsync(ordered, CancellationToken.None);
        var cancelled = await videos.GetAsync(ordered, CancellationToken.None);
        var published = cancelled with
        {
            Id = Guid.CreateVersion7(), Version = 0, DueAt = null, State = new GenerationState.Published(Some.Clip, "key", "media", ListingUrl: null, DateTimeOffset.UtcNow),
        };
        return (await store.AddAsync(published, idempotency: null, CancellationToken.None)).Id;
    }
}
