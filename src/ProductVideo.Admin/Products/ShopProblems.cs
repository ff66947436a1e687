using ProductVideo.Catalog;

namespace ProductVideo.Admin.Products;

/// <summary>What a person must mend in a shop's own data, where the shop can say.</summary>
internal static class ShopProblems
{
    public static async Task<IReadOnlyList<string>> OfAsync(IStorefront shop, CancellationToken cancellationToken) =>
        shop is IReportProblems reporter
            ? [.. (await reporter.ReportAsync(cancellationToken)).Select(problem => problem.Text)]
            : [];
}
