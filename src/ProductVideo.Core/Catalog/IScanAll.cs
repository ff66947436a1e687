namespace ProductVideo.Catalog;

/// <summary>A storefront that can give all its products in one go, which is easier on the shop than page after page.</summary>
public interface IScanAll
{
    /// <summary>
    /// Every product once, complete as <see cref="IStorefront.ReadAsync"/> gives it but for what variants show, in no order that means
    /// anything. May take minutes before the first comes: it is for scans in the background.
    /// </summary>
    /// <exception cref="StorefrontException">The shop refuses, failed or can't be reached; what was given until then stands.</exception>
    IAsyncEnumerable<ListedProduct> ScanAsync(CancellationToken cancellationToken);
}
