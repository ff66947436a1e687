using ProductVideo.Blobs;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>Brings prepared pictures, and clips that are to be changed, from the blob store into the form in which a provider takes them.</summary>
internal sealed class PictureCarrier(IBlobStore blobs)
{
    /// <summary>Bytes of a picture at most that goes along in the request of a provider whose list repeats it.</summary>
    internal const int LargestEchoed = 256_000;

    /// <summary>Carries pictures, or clips, in their order. A store that fails is a fault like the provider's own: nothing was sent yet.</summary>
    /// <param name="images">Of the request.</param>
    /// <param name="carry">Brings one over, or says why not.</param>
    /// <returns>All of them, or why there are none.</returns>
    public static async Task<(IReadOnlyList<T> Pictures, ProviderFault? Fault)> EachAsync<TMedium, T>(
        IReadOnlyList<TMedium> images, Func<TMedium, Task<(T Picture, ProviderFault? Fault)>> carry)
    {
        var carried = new List<T>();
        try
        {
            foreach (var image in images)
            {
                var (picture, fault) = await carry(image);
                if (fault is not null)
                    return ([], fault);
                carried.Add(picture);
            }
        }
        catch (BlobStoreException e)
        {
            return ([], new ProviderFault(ProviderFaultCode.Transient, e.Message, e.MerchantText));
        }

        return (carried, null);
    }

    /// <inheritdoc cref="DataUriAsync"/>
    /// <returns>Of all pictures, or why there are none.</returns>
    public Task<(IReadOnlyList<string> Pictures, ProviderFault? Fault)> DataUrisAsync(IReadOnlyList<RequestImage> images, CancellationToken cancellationToken) =>
        EachAsync(images, async image => (await DataUriAsync(image, cancellationToken), (ProviderFault?)null));

    /// <inheritdoc cref="BytesAsync"/>
    /// <returns>Of all pictures, or why there are none.</returns>
    public Task<(IReadOnlyList<byte[]> Pictures, ProviderFault? Fault)> AllBytesAsync(IReadOnlyList<RequestImage> images, CancellationToken cancellationToken) =>
        EachAsync(images, async image => (await BytesAsync(image, cancellationToken), (ProviderFault?)null));

    /// <summary>The picture's bytes.</summary>
    /// <exception cref="BlobStoreException">The store failed, or the picture is gone.</exception>
    public async Task<byte[]> BytesAsync(RequestImage image, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(image.BlobKey, cancellationToken) ?? throw new BlobStoreException(
            "A prepared picture is no longer in our storage. Start the video anew.", $"The blob '{image.BlobKey}' is missing.");

    /// <summary><c>data:image/jpeg;base64,…</c></summary>
    /// <exception cref="BlobStoreException">The store failed, or the picture is gone.</exception>
    public async Task<string> DataUriAsync(RequestImage image, CancellationToken cancellationToken) =>
        $"data:{image.ContentType};base64,{Convert.ToBase64String(await BytesAsync(image, cancellationToken))}";

    /// <summary>The clip from its start; too large to be held whole.</summary>
    /// <exception cref="BlobStoreException">The store failed, or the clip is gone.</exception>
    public async Task<Stream> OpenAsync(RequestClip clip, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(clip.BlobKey, cancellationToken) ?? throw new BlobStoreException(
            "The video that shall be changed is no longer in our storage. Have a new one made.", $"The blob '{clip.BlobKey}' is missing.");

    /// <summary>An address that anybody can read for a while; null where the store gives none.</summary>
    public Task<Uri?> UrlAsync(string blobKey, TimeSpan lifetime, CancellationToken cancellationToken) =>
        blobs.ReadUrlAsync(blobKey, lifetime, cancellationToken);
}
