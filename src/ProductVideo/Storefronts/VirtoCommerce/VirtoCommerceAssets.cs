using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>
/// Brings files into the shop's asset storage, each once: a folder for each product, and a name after the clip's key, so that one whose
/// answer was lost is found again. The storage writes over what is there, so one that broke off is mended.
/// </summary>
internal sealed partial class VirtoCommerceAssets(VirtoCommerceApi api, VirtoCommerceOptions options)
{
    public const string Path = "api/assets";

    /// <summary>Ours alone; under the folder that the catalog module keeps its pictures in, which shoppers may read.</summary>
    public const string Folder = "catalog/productvideo";

    public static string ClipName(string key) => key + ".mp4";

    /// <returns>Where clip and poster are, absolute.</returns>
    public async Task<(string Clip, string? Poster)> UploadAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken)
    {
        var there = await LookAsync(productId, cancellationToken);
        var video = await UploadAsync(productId, there, ClipName(clip.Key), "video/mp4", clip.OpenClip, clip.Length, cancellationToken);
        var poster = clip.OpenPoster is { } open
            ? await UploadAsync(productId, there, PosterName(clip.Key), "image/jpeg", open, length: null, cancellationToken) : null;
        return (video, poster);
    }

    /// <summary>Takes the files of that key away; fine where there are none.</summary>
    public async Task DeleteAsync(string productId, string key, CancellationToken cancellationToken)
    {
        var ours = (await LookAsync(productId, cancellationToken)).Where(file => file.Name == ClipName(key) || file.Name == PosterName(key)).Select(file => file.Url).OfType<string>().ToList();
        // A storage on disk answers 500 where a file is gone, so nothing else is named.
        if (ours.Count > 0 && await api.DeleteAsync($"{Path}?{string.Join('&', ours.Select(url => $"urls={Uri.EscapeDataString(url)}"))}", cancellationToken) is { IsSuccess: false } refused)
            throw VirtoCommerceFaults.Of(refused);
    }

    private static string PosterName(string key) => key + "-poster.jpg";

    private static string FolderOf(string productId) => $"{Folder}/{(Plain().IsMatch(productId) ? productId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(productId)))[..32])}";

    private async Task<IReadOnlyList<VirtoFile>> LookAsync(string productId, CancellationToken cancellationToken) =>
        (await api.GetAsync<VirtoFiles>($"{Path}?folderUrl={Uri.EscapeDataString(FolderOf(productId))}", cancellationToken)).Results ?? [];

    private async Task<string> UploadAsync(
        string productId, IReadOnlyList<VirtoFile> there, string name, string contentType, Func<CancellationToken, Task<Stream>> open, long? length, CancellationToken cancellationToken)
    {
        if (there.FirstOrDefault(file => file.Name == name && file.Url is not null && (length is null || file.Size == length)) is { } found)
            return VirtoCommerceMapping.Absolute(found.Url!, options);
        var answers = await api.UploadAsync<List<VirtoFile>>(
            $"{Path}?folderUrl={Uri.EscapeDataString(FolderOf(productId))}",
            async token => new MultipartFormDataContent { FormPart.File("uploadedFile", name, contentType, await open(token)) }, cancellationToken);
        return answers is [{ Url: { } url }, ..] ? VirtoCommerceMapping.Absolute(url, options) : throw VirtoCommerceFaults.NotStored();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();
}
