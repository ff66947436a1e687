using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Http;

/// <summary>Tells addresses on the public internet from all others. Pure.</summary>
/// <remarks>From the special-purpose address registries of IANA, and two of cloud providers.</remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // Azure's own agent, in every virtual machine.
            "168.63.129.16/32",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");

    /// <summary>Protocol assignments with Teredo, documentation twice, and 6to4.</summary>
    private static readonly IPNetwork[] NotPublic6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16" }.Select(n => IPNetwork.Parse(n))];

    /// <summary>What a network of one's own hands out. What belongs to one cable only is not among it: there clouds tell a machine its passwords.</summary>
    private static readonly IPNetwork[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7" }.Select(n => IPNetwork.Parse(n))];

    /// <summary>The address as it is dialled: an IPv4 address in IPv6's clothes is an IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Whether anybody on the internet could reach the same place by it.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic4.Any(n => n.Contains(plain)),
            AddressFamily.InterNetworkV6 => Unicast6.Contains(plain) && !NotPublic6.Any(n => n.Contains(plain)),
            _ => false,
        };
    }

    /// <summary>Whether it belongs to a network of somebody's own.</summary>
    public static bool IsPrivate(IPAddress address) => Array.Exists(Private, network => network.Contains(Plain(address)));
}
