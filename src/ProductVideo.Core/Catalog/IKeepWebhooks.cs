namespace ProductVideo.Catalog;

/// <summary>A shop whose webhooks ProductVideo makes by itself, and makes good where the shop switched them off.</summary>
public interface IKeepWebhooks
{
    /// <summary>
    /// Sees that every webhook that is needed goes to the address. Looks before it writes: called often, also after an answer that was lost,
    /// it leaves one of each. To be called when a shop is connected, and from time to time.
    /// </summary>
    /// <param name="deliveryAddress">Where the shop's calls are heard; absolute.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One of each topic that is needed.</returns>
    /// <exception cref="StorefrontException">The shop can't be reached, or lets us in not at all.</exception>
    Task<IReadOnlyList<KeptWebhook>> KeepAsync(Uri deliveryAddress, CancellationToken cancellationToken);
}

/// <summary>How a webhook stands after it was looked after.</summary>
/// <param name="Topic">As the shop calls it, for example <c>product.updated</c>.</param>
/// <param name="Upkeep">What was done.</param>
/// <param name="WayOut">What the merchant does about one that is lacking; null for all others.</param>
public sealed record KeptWebhook(string Topic, WebhookUpkeep Upkeep, string? WayOut = null);

/// <summary>What was done for a webhook.</summary>
public enum WebhookUpkeep
{
    /// <summary>It was there and works.</summary>
    WasThere,

    /// <summary>It was missing.</summary>
    Made,

    /// <summary>It was switched off by the shop, or had another secret.</summary>
    Mended,

    /// <summary>There is none that works, and only the merchant can change that.</summary>
    Lacking,
}
