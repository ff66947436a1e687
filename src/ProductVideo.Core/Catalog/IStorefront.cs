namespace ProductVideo.Catalog;

/// <summary>A shop: where products are read and where finished clips are attached. One instance serves one configured shop.</summary>
/// <remarks>
/// Methods throw <see cref="StorefrontException"/> and nothing else for what can go wrong at the shop. No shop has idempotent media
/// writes, so <see cref="AttachAsync"/> looks before it writes: the same key twice leaves one video.
/// </remarks>
public interface IStorefront
{
    /// <summary>The key under which this shop is configured; unique in the installation.</summary>
    string Shop { get; }

    /// <summary>The name that merchants see.</summary>
    string DisplayName { get; }

    StorefrontCapabilities Capabilities { get; }

    /// <summary>The product as listed now, or null if the shop has no such product.</summary>
    Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken);

    /// <summary>A page of products in a stable order, for the grid and for scans.</summary>
    /// <param name="query">What to list; <see cref="ProductQuery.Cursor"/> continues an earlier page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the clip into the product's gallery. Looks first: if media with <paramref name="clip"/>'s <see cref="ClipToAttach.Key"/> is
    /// there already, returns it without writing; if it is there twice, for another process wrote meanwhile, one of them stays. Remembers
    /// what was there before.
    /// </summary>
    /// <exception cref="StorefrontException">The product is gone, the shop refuses, or it can't be reached.</exception>
    Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken);

    /// <summary>Takes the clip off the listing and restores what was there before. Fine to call twice, and for media long gone.</summary>
    Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken);
}

/// <summary>A storefront that keeps pictures itself instead of at an address: a folder, an uploaded archive.</summary>
public interface IHoldImages
{
    /// <summary>Opens the bytes of <paramref name="image"/>.</summary>
    /// <exception cref="StorefrontException">The picture is missing or lies outside the shop.</exception>
    Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken);
}

/// <summary>What a shop can do with a clip.</summary>
public sealed record StorefrontCapabilities
{
    /// <summary>The most bytes of a clip; null for no known limit.</summary>
    public long? MaxClipBytes { get; init; }

    /// <summary>Videos a week that the shop lets apps create; null for no limit.</summary>
    public int? WeeklyQuota { get; init; }

    /// <summary>Whether its list can be narrowed by <see cref="ProductQuery.ChangedSince"/>.</summary>
    public bool ListsChanges { get; init; }

    /// <summary>Which facts its list of products tells beside what a video is made from; a catalogue can be narrowed by no others.</summary>
    public ListedFacts Tells { get; init; }
}

/// <summary>Facts of a product that shops tell or don't.</summary>
[Flags]
public enum ListedFacts
{
    None = 0,

    /// <summary><see cref="ListedProduct.Collections"/>.</summary>
    Collections = 1,

    /// <summary><see cref="ListedProduct.Stock"/>.</summary>
    Stock = 2,

    /// <summary><see cref="ListedProduct.Sold"/>.</summary>
    Sold = 4,
}

/// <summary>What to list. All parts narrow the result.</summary>
/// <param name="Search">Words that title, vendor, type or id contain; null for all.</param>
/// <param name="Take">Products a page, 1 to 250.</param>
/// <param name="Cursor">From an earlier page; opaque.</param>
/// <param name="ChangedSince">
/// Only what the shop says was written then or later, which may be a sale or our own clip; what is gone is not among them. Null for all; only where
/// <see cref="StorefrontCapabilities.ListsChanges"/> says so.
/// </param>
public sealed record ProductQuery(string? Search = null, int Take = 50, string? Cursor = null, DateTimeOffset? ChangedSince = null);

/// <param name="Products">In the shop's stable order.</param>
/// <param name="NextCursor">Continues the list; null at its end.</param>
public sealed record ProductPage(IReadOnlyList<ListedProduct> Products, string? NextCursor);

/// <summary>A finished, checked clip on its way to a listing.</summary>
/// <param name="Key">Deterministic, unique to this clip and product; at most 64 characters of <c>[a-z0-9-]</c>. It is also the base of the file's name in the shop.</param>
/// <param name="Length">Bytes of the clip.</param>
/// <param name="Sha256">Lower-case hex of the clip.</param>
/// <param name="Duration">Its length.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="AltText">What the clip shows, in the listing's language.</param>
/// <param name="OpenClip">Opens the MP4 from its start; may be called more than once.</param>
/// <param name="OpenPoster">Opens the JPEG poster; null where there is none.</param>
public sealed record ClipToAttach(
    string Key, long Length, string Sha256, TimeSpan Duration, int Width, int Height, string AltText,
    Func<CancellationToken, Task<Stream>> OpenClip, Func<CancellationToken, Task<Stream>>? OpenPoster)
{
    /// <summary>Whether a model drew it: then shoppers are told so where they see it. False for a film of the product's own photographs.</summary>
    public bool MadeWithAi { get; init; }
}

/// <summary>The clip as it stands on the listing.</summary>
/// <param name="MediaId">The shop's id of the media.</param>
/// <param name="ListingUrl">Where shoppers see it; absolute, or relative to this installation; null if not known.</param>
/// <param name="WasThere">True if the clip had been attached before and nothing was written.</param>
public sealed record AttachedMedia(string MediaId, string? ListingUrl, bool WasThere)
{
    /// <summary>Where the file itself is served to everybody; absolute, or relative to this installation; null where the shop does not say, or not yet.</summary>
    public string? ClipUrl { get; init; }
}

/// <summary>What can go wrong at a shop.</summary>
public enum StorefrontFault
{
    /// <summary>The product does not exist (any more).</summary>
    ProductNotFound,

    /// <summary>The shop's data is wrong; a person must mend it.</summary>
    InvalidData,

    /// <summary>The shop refused our credentials: the whole shop pauses.</summary>
    Unauthorised,

    /// <summary>Too many calls, or the shop's video quota is used up: wait.</summary>
    RateLimited,

    /// <summary>The shop refused the clip; the same clip will be refused again.</summary>
    ClipRefused,

    /// <summary>The shop can't be reached or failed: try again later.</summary>
    Unavailable,
}

/// <summary>A shop's refusal or failure, with a text for the merchant and one for the operator.</summary>
public sealed class StorefrontException : Exception
{
    public StorefrontException(StorefrontFault fault, string merchantText, string operatorText, Exception? inner = null)
        : base(operatorText, inner)
    {
        Fault = fault;
        MerchantText = merchantText;
    }

    public StorefrontFault Fault { get; }

    /// <summary>What to tell the merchant: what happened and the way out.</summary>
    public string MerchantText { get; }

    /// <summary>When the shop said to come back, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
