using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>The newest generation of each product.</summary>
internal static class LatestVideos
{
    /// <summary>By product id; products without any are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Generation>> OfAsync(
        VideoGenerations generations, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        var newest = await generations.LatestAsync(shop, products, cancellationToken);
        return newest.ToDictionary(generation => generation.Product.ProductId, StringComparer.Ordinal);
    }
}
