using System.Net;
using System.Net.Http.Json;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class DoubtApiTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<(HttpClient Client, string Path)> InDoubtAsync()
    {
        _api.Provider.Correlation = CorrelationClass.Nothing;
        _api.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "The connection broke."));
        var client = await _api.CallerAsync();
        var id = (await ApiFixture.JsonAsync(await client.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder))).GetProperty("id").GetGuid();
        await _api.Get<Advance>().RunAsync(id, CancellationToken.None);
        return (client, $"/api/v1/generations/{id}");
    }

    private static readonly object Nothing = new { };

    [Fact]
    public async Task looking_tells_what_the_provider_shows_and_changes_nothing()
    {
        var (client, path) = await InDoubtAsync();
        _api.Provider.OnFind = _ => new FindOutcome.Found(new ProviderOperation("task-9"));

        var seen = await ApiFixture.JsonAsync(await client.PostAsJsonAsync(path + "/look", Nothing));
        seen.GetProperty("certain").GetBoolean().ShouldBeTrue();
        seen.GetProperty("tasks")[0].GetProperty("task").GetString().ShouldBe("task-9");
        (await ApiFixture.JsonAsync(await client.GetAsync(path))).GetProperty("state").GetString().ShouldBe("InDoubt");
    }

    [Fact]
    public async Task a_finder_that_throws_is_told_and_is_no_server_error()
    {
        var (client, path) = await InDoubtAsync();
        _api.Provider.OnFind = _ => throw new InvalidOperationException("broken adapter");

        var seen = await ApiFixture.JsonAsync(await client.PostAsJsonAsync(path + "/look", Nothing));
        seen.GetProperty("text").GetString().ShouldBe("The provider could not be asked: It did not answer as it should. Try again later.");
        seen.GetProperty("certain").GetBoolean().ShouldBeFalse();
        seen.GetProperty("tasks").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task a_task_is_adopted_once()
    {
        var (client, path) = await InDoubtAsync();
        var adopted = await client.PostAsJsonAsync(path + "/adopt", new { task = "task-9" });
        (await ApiFixture.JsonAsync(adopted)).GetProperty("state").GetString().ShouldBe("Rendering");
        (await client.PostAsJsonAsync(path + "/adopt", new { task = "task-9" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await client.PostAsJsonAsync(path + "/look", Nothing)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task an_adoption_of_nothing_is_refused()
    {
        var (client, path) = await InDoubtAsync();
        (await client.PostAsJsonAsync(path + "/adopt", Nothing)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task giving_up_ends_it()
    {
        var (client, path) = await InDoubtAsync();
        var ended = await ApiFixture.JsonAsync(await client.PostAsJsonAsync(path + "/give-up", Nothing));
        ended.GetProperty("state").GetString().ShouldBe("Failed");
        ended.GetProperty("problem").GetProperty("code").GetString().ShouldBe("given_up");
    }

    [Fact]
    public async Task a_key_that_may_not_review_decides_no_doubt()
    {
        var (client, path) = await InDoubtAsync();
        var other = await _api.CallerAsync(shop: null, "videos:read", "videos:create");
        foreach (var way in new[] { "look", "adopt", "give-up", "retry" })
            (await other.PostAsJsonAsync($"{path}/{way}", Nothing)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, way);
        (await ApiFixture.JsonAsync(await other.GetAsync(path))).GetProperty("state").GetString().ShouldBe("InDoubt");
        (await ApiFixture.JsonAsync(await client.GetAsync("/api/v1/generations"))).GetProperty("items").GetArrayLength().ShouldBe(1);

        (await client.PostAsJsonAsync(path + "/retry", Nothing)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
