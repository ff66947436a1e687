using System.Net;
using System.Net.Http.Json;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class SentPicturesApiTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task the_pictures_that_were_sent_are_served_from_1_on_and_a_missing_one_is_told()
    {
        _api.Provider.OnStart = _ => new StartOutcome.Accepted(new ProviderOperation("task-1"));
        var client = await _api.CallerAsync();
        var id = (await ApiFixture.JsonAsync(await client.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder))).GetProperty("id").GetGuid();

        using var picture = await client.GetAsync(ApiPathOf(id, 1));
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        (await picture.Content.ReadAsByteArrayAsync()).AsSpan(0, 2).SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8]).ShouldBeTrue();
        var none = await client.GetAsync(ApiPathOf(id, 99));
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ApiFixture.JsonAsync(none)).GetProperty("code").GetString().ShouldBe("no_picture");
        (await client.GetAsync(ApiPathOf(id, 0))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string ApiPathOf(Guid id, int number) => ProductVideo.Api.ApiPaths.Picture(id, number);
}
