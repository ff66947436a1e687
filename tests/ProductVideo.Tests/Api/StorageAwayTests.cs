using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Blobs;
using ProductVideo.Providers;
using ProductVideo.Tests.BlobStores;
using ProductVideo.Tests.BlobStores.AzureBlobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>A storage that opens a blob and then gives nothing of it.</summary>
public sealed class StorageAwayTests : IAsyncLifetime
{
    private readonly OutageStore _storage = new(new MemoryBlobStore());
    private readonly ApiFixture _api;

    public StorageAwayTests() => _api = new ApiFixture { Add = services => services.AddSingleton<IBlobStore>(_storage) };

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_caller_is_told_to_come_again_while_what_it_asks_for_can_not_be_read()
    {
        _api.Provider.OnStart = _ => new StartOutcome.Accepted(new ProviderOperation("task-1"));
        var client = await _api.CallerAsync();
        var id = (await ApiFixture.JsonAsync(await client.PostAsJsonAsync("/api/v1/generations", ApiFixture.MugOrder))).GetProperty("id").GetGuid();
        string[] addresses = [ProductVideo.Api.ApiPaths.Picture(id, 1), "/api/v1/products/test/mug/images/front.jpg"];
        foreach (var address in addresses)
            (await client.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var broken = new BrokenOffAzure(given: 0);
        _storage.ReadsFrom = broken.Store;
        foreach (var address in addresses)
        {
            var answer = await client.GetAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, address);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Headers.CacheControl.ShouldBeNull("it is not what was asked for");
            (await ApiFixture.JsonAsync(answer)).Text("code").ShouldBe("storage_unavailable");
        }

        _storage.ReadsFrom = null;
        (await client.GetAsync(addresses[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
