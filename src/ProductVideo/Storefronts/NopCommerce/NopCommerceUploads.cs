using System.Security.Cryptography;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>Brings files into the shop, each once: the shop names a file for the hash of its bytes, so one whose answer was lost is found again by that.</summary>
internal sealed class NopCommerceUploads(NopCommerceApi api)
{
    /// <returns>The clip and its poster, as the shop names them.</returns>
    public async Task<(string Video, string? Poster)> UploadAsync(ClipToAttach clip, CancellationToken cancellationToken)
    {
        var video = await UploadAsync("video", ".mp4", "video/mp4", clip.Sha256, clip.OpenClip, clip.Length, cancellationToken);
        if (clip.OpenPoster is not { } open)
            return (video, null);
        string hash;
        long? length;
        await using (var poster = await open(cancellationToken))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(poster, cancellationToken));
            length = poster.CanSeek ? poster.Length : null;
        }

        return (video, await UploadAsync("poster", ".jpg", "image/jpeg", hash, open, length, cancellationToken));
    }

    private async Task<string> UploadAsync(
        string route, string extension, string contentType, string sha256, Func<CancellationToken, Task<Stream>> open, long? length, CancellationToken cancellationToken)
    {
        var name = sha256 + extension;
        if (await api.FindAsync<NopFile>($"files/{name}", NopCommerceFaults.UnknownFile, cancellationToken) is not null)
            return name;
        await using var file = await open(cancellationToken);
        return (await api.UploadAsync<NopFile>($"files/{route}", contentType, sha256, file, length, cancellationToken)).File ?? name;
    }
}
