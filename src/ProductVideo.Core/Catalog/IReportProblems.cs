namespace ProductVideo.Catalog;

/// <summary>A storefront that knows what in its own data a person must mend.</summary>
public interface IReportProblems
{
    /// <summary>In the order in which a person would mend them; empty if all is well.</summary>
    /// <exception cref="StorefrontException">The shop can't be read at all.</exception>
    Task<IReadOnlyList<ShopProblem>> ReportAsync(CancellationToken cancellationToken);
}

/// <param name="ProductId">The product that is held back by it; null where it concerns no single product.</param>
/// <param name="Text">Where it is, what is wrong and the way out, for the merchant.</param>
public sealed record ShopProblem(string? ProductId, string Text);
