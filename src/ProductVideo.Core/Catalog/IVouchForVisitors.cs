namespace ProductVideo.Catalog;

/// <summary>A storefront that can tell by a token that a caller stands in the shop's own admin, so that a button there needs no key of ours.</summary>
public interface IVouchForVisitors
{
    /// <summary>Origins of the admin's pages, for example <c>https://admin.example</c>; empty while the merchant has not let visitors in.</summary>
    IReadOnlyList<string> Origins { get; }

    /// <summary>Checks the token's signature before anything in it is believed.</summary>
    /// <param name="token">As the caller sent it; anything at all.</param>
    /// <param name="now">By our clock.</param>
    /// <returns>null where the token is not this shop's or has ended, and while visitors are not let in.</returns>
    ShopVisitor? Vouch(string token, DateTimeOffset now);
}

/// <param name="Id">The shop's id of the member of staff; opaque.</param>
public sealed record ShopVisitor(string Id);
