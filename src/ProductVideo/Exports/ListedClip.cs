using System.Runtime.CompilerServices;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Exports;

/// <summary>A clip that is on a listing now.</summary>
/// <param name="Shop">Shop key.</param>
/// <param name="Product">The shop's id of the product.</param>
/// <param name="Title">The product's, when the clip was ordered.</param>
/// <param name="Generation">Which video.</param>
/// <param name="Address">The listing's address, as the shop told; null where it told none.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Provider">Who made it.</param>
/// <param name="Cost">What it cost, or the estimate where that is not known.</param>
/// <param name="PublishedAt">Since when it is there.</param>
internal sealed record ListedClip(
    string Shop, string Product, string Title, Guid Generation, string? Address, decimal Seconds, string Provider, Money Cost, DateTimeOffset PublishedAt)
{
    internal static ListedClip? Of(Generation generation) => generation.State is not GenerationState.Published published ? null : new(
        generation.Product.Shop, generation.Product.ProductId, generation.Order.ProductTitle, generation.Id, published.ListingUrl ?? published.ClipUrl, published.Clip.Seconds,
        generation.Order.Provider, generation.Cost ?? generation.Order.Price.Amount, published.At);
}

/// <summary>Every clip that is on a listing.</summary>
internal sealed class ListedClips(GenerationStore store)
{
    private const int Page = 250;

    /// <summary>The newest order first, as it is read: however many, never all in memory.</summary>
    /// <param name="shop">Of this shop; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async IAsyncEnumerable<ListedClip> StreamAsync(string? shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Generation? last = null;
        while (true)
        {
            var page = await store.ListAsync(new GenerationFilter(shop, State: nameof(GenerationState.Published), Before: last, Take: Page), cancellationToken);
            foreach (var clip in page.Select(ListedClip.Of).OfType<ListedClip>())
                yield return clip;
            if (page.Count < Page)
                yield break;
            last = page[^1];
        }
    }
}
