using ProductVideo.Blobs;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>Brings prepared pictures from the blob store into the form in which a provider takes them.</summary>
public sealed class PictureCarrier(IBlobStore blobs)
{
    /// <summary>The picture's bytes.</summary>
    /// <exception cref="BlobStoreException">The store failed, or the picture is gone.</exception>
    public async Task<byte[]> BytesAsync(RequestImage image, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(image.BlobKey, cancellationToken) ?? throw new BlobStoreException(
            "A prepared picture is no longer in our storage. Start the video anew.", $"The blob '{image.BlobKey}' is missing.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary><c>data:image/jpeg;base64,…</c></summary>
    /// <exception cref="BlobStoreException">The store failed, or the picture is gone.</exception>
    public async Task<string> DataUriAsync(RequestImage image, CancellationToken cancellationToken) =>
        $"data:{image.ContentType};base64,{Convert.ToBase64String(await BytesAsync(image, cancellationToken))}";

    /// <summary>An address that anybody can read for a while; null where the store gives none.</summary>
    public Task<Uri?> UrlAsync(RequestImage image, TimeSpan lifetime, CancellationToken cancellationToken) =>
        blobs.ReadUrlAsync(image.BlobKey, lifetime, cancellationToken);
}
