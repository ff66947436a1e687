namespace ProductVideo.Exchange;

/// <summary>Addresses of providers in the settings.</summary>
internal static class ProviderAddress
{
    /// <summary>Without encryption only to this machine: the key travels with every request.</summary>
    public static bool KeepsKeySecret(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
