using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>The newest generation of each product.</summary>
public static class LatestVideos
{
    /// <summary>By product id; products without any are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Generation>> OfAsync(
        VideoGenerations generations, string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        var newest = await generations.ListAsync(new GenerationFilter(shop, products, Take: 1_000), cancellationToken);
        return newest.GroupBy(generation => generation.Product.ProductId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }
}
