using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>The rows of a product's videos. The shop would make the same one twice, so they are looked at before a write, and after it.</summary>
internal sealed class VirtoCommerceVideos(VirtoCommerceApi api)
{
    public const string Path = "api/catalog/videos";
    private const int Most = 100;

    /// <summary>All of a product's, the merchant's too.</summary>
    public async Task<IReadOnlyList<VirtoVideo>> OfAsync(string productId, CancellationToken cancellationToken)
    {
        var all = new List<VirtoVideo>();
        int got;
        do
        {
            var page = await api.PostAsync<VirtoVideos>(
                Path + "/search", new { OwnerIds = new[] { productId }, VirtoCommerceMapping.OwnerType, Skip = all.Count, Take = Most }, cancellationToken);
            got = page.Results?.Count ?? 0;
            all.AddRange(page.Results ?? []);
        }
        while (got == Most);

        return all;
    }

    /// <returns>The row that shows the clip now, and whether it is another than the one made here.</returns>
    public async Task<(VirtoVideo Video, bool WasThere)> AddAsync(VirtoVideo row, string key, CancellationToken cancellationToken)
    {
        var made = (await api.PostAsync<List<VirtoVideo>>(Path, new[] { row }, cancellationToken)).FirstOrDefault();
        var kept = await SettleAsync(await OfAsync(row.OwnerId!, cancellationToken), key, cancellationToken)
            ?? throw new StorefrontException(
                StorefrontFault.Unavailable, "Somebody took the video off again while it was being put on. We try again by ourselves.", "The row that POST api/catalog/videos made is not found.");
        return (kept, kept.Id != made?.Id);
    }

    /// <summary>
    /// Where two processes put the same clip on at once, both made a row. Both keep the oldest and take the others away, whoever of them
    /// looks last.
    /// </summary>
    /// <returns>The one that is kept; null where there is none.</returns>
    public async Task<VirtoVideo?> SettleAsync(IReadOnlyList<VirtoVideo> all, string key, CancellationToken cancellationToken)
    {
        var ours = all.Where(video => VirtoCommerceMapping.Shows(video, key)).OrderBy(video => video.CreatedDate).ThenBy(video => video.Id, StringComparer.Ordinal).ToList();
        await DeleteAsync([.. ours.Skip(1)], cancellationToken);
        return ours.FirstOrDefault();
    }

    /// <summary>Makes those of ours that an earlier version made playable.</summary>
    public async Task MendAsync(IReadOnlyList<VirtoVideo> all, CancellationToken cancellationToken)
    {
        var mended = all.Select(VirtoCommerceMapping.Mended).OfType<VirtoVideo>().ToList();
        if (mended.Count > 0)
            await api.PostAsync<List<VirtoVideo>>(Path, mended, cancellationToken);
    }

    /// <summary>Fine where they are gone already.</summary>
    public async Task DeleteAsync(IReadOnlyList<VirtoVideo> videos, CancellationToken cancellationToken)
    {
        if (videos.Count == 0)
            return;
        var answer = await api.DeleteAsync($"{Path}?{string.Join('&', videos.Select(video => $"ids={Uri.EscapeDataString(video.Id!)}"))}", cancellationToken);
        if (!answer.IsSuccess)
            throw VirtoCommerceFaults.Of(answer);
    }
}
