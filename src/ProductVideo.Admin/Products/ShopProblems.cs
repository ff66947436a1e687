using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder;

namespace ProductVideo.Admin.Products;

/// <summary>What a person must mend in a shop's own data, where the shop can say.</summary>
internal static class ShopProblems
{
    public static async Task<IReadOnlyList<string>> OfAsync(IStorefront shop, CancellationToken cancellationToken) =>
        shop is FolderStorefront folder
            ? [.. (await folder.ProblemsAsync(cancellationToken)).Select(problem => problem.ToString())]
            : [];
}
