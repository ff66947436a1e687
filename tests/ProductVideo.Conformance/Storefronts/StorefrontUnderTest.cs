using ProductVideo.Catalog;
using ProductVideo.Webhooks;

namespace ProductVideo.Conformance.Storefronts;

/// <summary>A running shop with its storefront, and the hands of the two people who also touch it: its merchant and its shoppers.</summary>
public abstract class StorefrontUnderTest : IAsyncDisposable
{
    public abstract IStorefront Storefront { get; }

    /// <summary>A published product with at least two pictures and no clip.</summary>
    public abstract ExpectedProduct Known { get; }

    /// <summary>Ids of all products that the shop lists: at least three.</summary>
    public abstract IReadOnlyList<string> AllProductIds { get; }

    /// <summary>An id in the shop's own form that names no product.</summary>
    public abstract string UnknownProductId { get; }

    /// <summary>Keys of held pictures that must never be opened; empty where the shop holds none.</summary>
    public virtual IReadOnlyList<string> HostileImageKeys => [];

    /// <summary>The gallery as a shopper gets it, in order: from the shop's public side, not through the storefront.</summary>
    public abstract Task<IReadOnlyList<PublicMedia>> PublicMediaAsync(string productId);

    /// <summary>The title as a shopper reads it.</summary>
    public abstract Task<string> PublicTitleAsync(string productId);

    /// <summary>The merchant changes the title, by other means than the storefront.</summary>
    public abstract Task EditTitleAsync(string productId, string title);

    /// <summary>The merchant puts another picture in the place of the first.</summary>
    public abstract Task ReplaceFirstImageAsync(string productId);

    /// <summary>A shopper buys one piece: the shop's own figures move, and nothing else of the product.</summary>
    public abstract Task SellOneAsync(string productId);

    /// <summary>The merchant puts the product into one more collection or category, the last of those it is in.</summary>
    public abstract Task AddToCollectionAsync(string productId, string name);

    /// <summary>Calls as this shop really signs and sends them when that product was changed; one at least where the storefront hears webhooks.</summary>
    public virtual IReadOnlyList<WebhookCall> CallsAbout(string productId) => [];

    /// <summary>The same shop with a password or token that it does not take; null where there is none to get wrong.</summary>
    public virtual IStorefront? WithWrongSecret => null;

    /// <summary>A clip that the shop takes. Override where it looks into the bytes.</summary>
    /// <param name="key">The attach key.</param>
    public virtual (ClipToAttach Clip, byte[] Bytes) Clip(string key)
    {
        var bytes = new byte[200_000];
        new Random(key.Length).NextBytes(bytes);
        System.Text.Encoding.UTF8.GetBytes(key).CopyTo(bytes, 0);
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return (new(
            key, bytes.Length, sha256, TimeSpan.FromSeconds(8), 1080, 1080, "The mug turns once.",
            _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)),
            _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xD9], writable: false))), bytes);
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>What <see cref="IStorefront.ReadAsync"/> must give for a known product.</summary>
/// <param name="Id">The shop's id.</param>
/// <param name="Title">As written.</param>
/// <param name="DescriptionHolds">A piece of the description.</param>
/// <param name="Vendor">As written; null where the shop has no such thing.</param>
/// <param name="Images">How many pictures.</param>
/// <param name="Variants">How many variants.</param>
/// <param name="FirstImage">The bytes of the first picture where the storefront holds pictures itself.</param>
public sealed record ExpectedProduct(
    string Id, string Title, string DescriptionHolds, string? Vendor, int Images, int Variants, byte[]? FirstImage)
{
    /// <summary>What its page is called, where that is not its id; null where the shop made it up itself, or does not tell.</summary>
    public string? Handle { get; init; }

    /// <summary>Two names at least, in the shop's order; none where the storefront does not tell.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>Null where the storefront does not tell.</summary>
    public int? Stock { get; init; }

    /// <summary>Null where the storefront does not tell.</summary>
    public long? Sold { get; init; }
}

/// <summary>One thing in a public gallery.</summary>
/// <param name="IsVideo">A clip rather than a picture.</param>
/// <param name="Address">What tells it from the others.</param>
/// <param name="Bytes">Of a clip that the shop hosts; null for pictures, and where a shop serves its own rendition.</param>
public sealed record PublicMedia(bool IsVideo, string Address, byte[]? Bytes);
