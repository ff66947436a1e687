using System.Net;
using ProductVideo.Http;

namespace ProductVideo.Admin.Connecting;

/// <summary>Whether others can reach an address of this server, as far as the address itself tells.</summary>
internal static class Reach
{
    private static readonly string[] Inside = [".local", ".localhost", ".internal", ".lan", ".home.arpa"];

    /// <summary>False for one that leads to this machine or stays within a network, and for one that is not encrypted.</summary>
    public static bool IsPublic(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback
        && (IPAddress.TryParse(address.DnsSafeHost, out var literal)
            ? PublicAddress.IsPublic(literal)
            : address.Host.Contains('.', StringComparison.Ordinal) && !Inside.Any(ending => address.Host.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
}
