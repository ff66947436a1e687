using Azure;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.AzureBlobs;
using ProductVideo.Tests.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.BlobStores.AzureBlobs;

/// <summary>A service that fails in ways that an emulator never does.</summary>
public sealed class AzureBlobFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_service_that_takes_connections_and_never_answers_is_the_stores_failure()
    {
        await using var server = new FakeServer((_, _, stop) => FakeServer.FallSilentAsync(stop));
        using var store = Impatient(server);
        var e = await Should.ThrowAsync<BlobStoreException>(() => store.FindAsync("a.mp4", Token));
        e.MerchantText.ShouldBe("The storage for pictures and clips does not answer. Nothing was changed; please try again later.");
        await Should.ThrowAsync<BlobStoreException>(() => store.PutAsync("a.mp4", new MemoryStream([1]), "video/mp4", PutMode.Replace, Token));
        await Should.ThrowAsync<BlobStoreException>(async () => await store.ListAsync("", Token).CountAsync(Token));
    }

    [Fact]
    public async Task a_blob_whose_bytes_stop_coming_is_the_stores_failure()
    {
        await using var server = new FakeServer(async (asked, stream, stop) =>
        {
            await FakeServer.SendAsync(stream, asked.Path.Contains("restype=container", StringComparison.Ordinal)
                ? "201 Created\r\nContent-Length: 0" : FakeServer.Ok("video/mp4", 1000, "\r\nETag: \"1\""), [], stop);
            await FakeServer.FallSilentAsync(stop);
        });
        using var store = Impatient(server);
        await Should.ThrowAsync<BlobStoreException>(async () =>
        {
            await using var blob = (await store.OpenAsync("a.mp4", Token)).ShouldNotBeNull();
            await blob.ReadExactlyAsync(new byte[10], Token);
        });
    }

    [Fact]
    public async Task who_calls_it_off_is_told_nothing_of_a_failure()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = new FakeServer(async (_, _, stop) =>
        {
            await cancelled.CancelAsync();
            await FakeServer.FallSilentAsync(stop);
        });
        using var store = new AzureBlobStore(BrokenOffAzure.At(server.Port));
        await Should.ThrowAsync<OperationCanceledException>(() => store.FindAsync("a.mp4", cancelled.Token));
    }

    [Fact]
    public async Task what_a_source_throws_is_its_own_also_where_it_looks_like_the_services()
    {
        await using var server = FakeServer.Saying("201 Created\r\nContent-Length: 0");
        using var store = new AzureBlobStore(BrokenOffAzure.At(server.Port));
        foreach (var own in new Exception[] { new TaskCanceledException("a download's time-out"), new RequestFailedException("another service"), new IOException("another disk") })
            (await Record.ExceptionAsync(() => store.PutAsync("a.mp4", new Throwing(own), "video/mp4", PutMode.Replace, Token))).ShouldBeSameAs(own);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(AzureBlobStore.BlockBytes, 87)]
    public void a_block_gets_the_time_that_a_line_of_1_mbit_needs_for_it_and_its_neighbour(int bytes, int seconds) =>
        ((int)new SlowLine(TimeSpan.FromSeconds(20)).PatienceFor(bytes).TotalSeconds).ShouldBe(seconds);

    private static AzureBlobStore Impatient(FakeServer server) => new(BrokenOffAzure.At(server.Port), clock: null, settings =>
    {
        settings.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(50);
        (settings.Retry.MaxRetries, settings.Retry.Delay) = (1, TimeSpan.FromMilliseconds(1));
    });

    private sealed class Throwing(Exception own) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw own;
    }
}
