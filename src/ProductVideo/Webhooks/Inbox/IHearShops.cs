using ProductVideo.Catalog;
using ProductVideo.Data;

namespace ProductVideo.Webhooks.Inbox;

/// <summary>Somebody who wants to know what shops tell. Registered as many times as there are listeners.</summary>
internal interface IHearShops
{
    /// <summary>
    /// Writes what follows from the news through <paramref name="db"/>, in whose open transaction the delivery ends: it is heard once, or
    /// not at all and then again.
    /// </summary>
    /// <exception cref="Exception">Whatever it throws undoes all; the delivery is tried again later.</exception>
    Task HearAsync(ProductVideoDb db, string shop, ShopNews news, CancellationToken cancellationToken);
}
