using System.Net;
using ProductVideo.Http;

namespace ProductVideo.Exchange;

/// <summary>Addresses of providers in the settings.</summary>
internal static class ProviderAddress
{
    private static readonly string[] Private = [".internal", ".local", ".lan", ".home.arpa"];

    /// <summary>Without encryption only to this machine: the key travels with every request.</summary>
    public static bool KeepsKeySecret(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Of a server of one's own: this machine, a private address, or a name that only a network of one's own can resolve.</summary>
    public static bool IsInside(Uri address) =>
        address.IsLoopback
        || (IPAddress.TryParse(address.DnsSafeHost, out var ip)
            ? !PublicAddress.IsPublic(ip)
            : !address.Host.Contains('.', StringComparison.Ordinal) || Private.Any(end => address.Host.EndsWith(end, StringComparison.OrdinalIgnoreCase)));
}
