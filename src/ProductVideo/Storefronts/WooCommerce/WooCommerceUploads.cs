using System.Globalization;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Brings files into the shop's media library, each once: WordPress names an upload after its file, so one whose answer was lost is found
/// again by that name. One that broke off is thrown away.
/// </summary>
internal sealed class WooCommerceUploads(WooCommerceApi api)
{
    /// <returns>The clip and its poster as attachments, described and belonging to the product.</returns>
    public async Task<(long Video, long? Poster)> UploadAsync(long product, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var video = await UploadAsync(clip.Key, "mp4", "video/mp4", clip.OpenClip, clip.Length, cancellationToken);
        long? poster = clip.OpenPoster is { } open ? await UploadAsync($"{clip.Key}-poster", "jpg", "image/jpeg", open, length: null, cancellationToken) : null;
        await api.SendAsync<WooMedia>(
            HttpMethod.Post, Path(video), new { Title = clip.AltText, clip.AltText, Post = product, FeaturedMedia = poster }, cancellationToken);
        return (video, poster);
    }

    /// <summary>Takes away for ever what another attach had brought already.</summary>
    public Task DeleteAsync(long media, CancellationToken cancellationToken) => api.DeleteAsync(Path(media) + "?force=true", gone: "rest_post_invalid_id", cancellationToken);

    private async Task<long> UploadAsync(
        string name, string extension, string contentType, Func<CancellationToken, Task<Stream>> open, long? length, CancellationToken cancellationToken)
    {
        var there = await api.GetAsync<List<WooMedia>>($"wp/v2/media?slug={name}&per_page=1&_fields={WooMedia.Fields}", cancellationToken);
        if (there is [{ } media] && media.MimeType == contentType)
        {
            if (length is null || media.MediaDetails?.Filesize is not { } size || size == length)
                return media.Id;
            await DeleteAsync(media.Id, cancellationToken);
        }

        await using var file = await open(cancellationToken);
        return (await api.UploadAsync<WooMedia>("wp/v2/media", $"{name}.{extension}", contentType, file, length ?? LengthOf(file), cancellationToken)).Id;
    }

    private static long? LengthOf(Stream file) => file.CanSeek ? file.Length : null;

    private static string Path(long media) => string.Create(CultureInfo.InvariantCulture, $"wp/v2/media/{media}");
}
