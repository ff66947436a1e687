using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers;

/// <summary>What every remote adapter is built of, with a clock that stands still and a picture in a folder.</summary>
internal sealed class RemoteParts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pv-remote-");
    private readonly SubmitHttpClient _submits;
    private readonly SafeDownload _downloads = new(new SafeDownloadOptions());

    public RemoteParts()
    {
        Blobs = new FileBlobStore(new FileBlobOptions { Root = _folder.FullName });
        _submits = new SubmitHttpClient(new SubmitOptions(), Clock);
        Exchange = new ProviderExchange(new Clients(), _submits, _downloads, Clock);
        Carrier = new PictureCarrier(Blobs);
    }

    public FakeTimeProvider Clock { get; } = new(Some.Noon);

    public IBlobStore Blobs { get; }

    public ProviderExchange Exchange { get; }

    public PictureCarrier Carrier { get; }

    /// <summary>One prepared picture, which is in the blob store.</summary>
    public async Task<RequestImage> PictureAsync(ImageRole role, string key = "prepared/1.jpg")
    {
        using var bytes = new MemoryStream([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        await Blobs.PutAsync(key, bytes, "image/jpeg", PutMode.IfAbsent, CancellationToken.None);
        return new RequestImage(role, key, "image/jpeg", 1080, 1080);
    }

    public void Dispose()
    {
        _submits.Dispose();
        _downloads.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class Clients : IHttpClientFactory
    {
        // As the program makes them: an answer that points elsewhere is told, not followed.
        public HttpClient CreateClient(string name) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }
}
