using ProductVideo.BlobStores.AzureBlobs;
using ProductVideo.Tests.Http;

namespace ProductVideo.Tests.BlobStores.AzureBlobs;

/// <summary>The store in Azure before a service that begins to give every blob, and hangs up.</summary>
internal sealed class BrokenOffAzure : IAsyncDisposable
{
    private const string Marks = "\r\nETag: \"1\"\r\nLast-Modified: Sun, 22 Nov 2026 12:00:00 GMT";
    private readonly FakeServer _server;

    /// <param name="given">How many of a blob's 1,000 bytes come with each answer.</param>
    public BrokenOffAzure(int given)
    {
        _server = new FakeServer((asked, stream, stop) => asked.Path.Contains("restype=container", StringComparison.Ordinal)
            ? FakeServer.SendAsync(stream, $"201 Created\r\nContent-Length: 0{Marks}", [], stop)
            : FakeServer.SendAsync(stream, FakeServer.Ok("image/jpeg", 1000, Marks), new byte[given], stop));
        Store = new AzureBlobStore(At(_server.Port));
    }

    public AzureBlobStore Store { get; }

    /// <summary>An account whose service listens on this machine.</summary>
    public static AzureBlobOptions At(int port) => new()
    {
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=productvideo;AccountKey={Convert.ToBase64String(new byte[64])};BlobEndpoint=http://127.0.0.1:{port}/productvideo;",
    };

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await _server.DisposeAsync();
    }
}
