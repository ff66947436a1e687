using ProductVideo.Catalog;

namespace ProductVideo.Connecting;

/// <summary>Stands in for a shop that can't be spoken to until somebody has written something again; everything of it waits meanwhile.</summary>
internal sealed class UnreadableShop(string shop, string merchantText, string operatorText) : IStorefront, ICheckAccess
{
    public string Shop => shop;

    public string DisplayName => shop;

    public StorefrontCapabilities Capabilities { get; } = new();

    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => throw Closed();

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken) => throw Closed();

    public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) => throw Closed();

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => throw Closed();

    public Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken) => throw Closed();

    private StorefrontException Closed() => new(StorefrontFault.Unauthorised, merchantText, operatorText);
}
