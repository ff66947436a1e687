namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>Where WordPress sends webhooks to: to the web's usual ports, and to nothing on its own machine.</summary>
internal static class WooCommerceDelivery
{
    private static readonly int[] Ports = [80, 443, 8080];

    /// <returns>Why no call would arrive, and the way out, for the merchant; null where nothing is in the way.</returns>
    public static string? Obstacle(Uri deliveryAddress, Uri shop) =>
        // A shop on this machine is one that is tried out, with WordPress told otherwise.
        shop.IsLoopback ? null
        : deliveryAddress.IsLoopback ? $"The shop can't reach {deliveryAddress.Authority}, which is this machine's own name for itself. Give ProductVideo a public address; until then changes are found by looking from time to time."
        : Ports.Contains(deliveryAddress.Port) ? null
        : $"WordPress sends webhooks to the ports 80, 443 and 8080 alone, not to {deliveryAddress.Authority}. Put ProductVideo behind https on the usual port; until then changes are found by looking from time to time.";
}
