using System.Globalization;

namespace ProductVideo.Http;

/// <summary>Which addresses a policy allows by their text alone. Pure; where a name leads is found out by <see cref="GuardedConnection"/>.</summary>
internal static class DownloadRules
{
    private const int LongestAddress = 8_000;

    /// <summary>Reads an address that a stranger wrote.</summary>
    /// <exception cref="DownloadException">It is none, or more than an address.</exception>
    public static Uri Parse(string address)
    {
        if (address.Length > LongestAddress)
            throw DownloadFault.InvalidAddress("it is too long");
        if (address.Any(c => char.IsControl(c) || c is ' ' or '\\'))
            throw DownloadFault.InvalidAddress("it holds blanks, control characters or backslashes");
        return WebAddress.TryRead(address, out var uri) ? uri : throw DownloadFault.InvalidAddress("it can't be read");
    }

    /// <summary>Checks scheme, user, host and port.</summary>
    /// <exception cref="DownloadException">The policy doesn't allow it.</exception>
    public static void Check(Uri address, DownloadPolicy policy)
    {
        if (address.Scheme is not ("https" or "http") || address.IdnHost.Length == 0)
            throw DownloadFault.SchemeNotAllowed(address, policy.AllowHttp);
        if (address.UserInfo.Length > 0)
            throw DownloadFault.InvalidAddress("it holds a user name");
        if (IsLoopbackAllowed(address, policy) || IsInsideAllowed(address, policy))
            return;
        if (address.Scheme == "http" && !policy.AllowHttp)
            throw DownloadFault.SchemeNotAllowed(address, policy.AllowHttp);
        if (!address.IsDefaultPort)
            throw DownloadFault.PortNotAllowed(address);
        if (policy.AllowedHosts is { } hosts && !hosts.Any(h => IsUnder(address.IdnHost, h)))
            throw DownloadFault.HostNotAllowed(address);
    }

    /// <summary>Whether the address names one of the shops on this machine.</summary>
    public static bool IsLoopbackAllowed(Uri address, DownloadPolicy policy) => policy.LoopbackAllowed.Contains(Place(address), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the address names one of the shops in the operator's own network.</summary>
    public static bool IsInsideAllowed(Uri address, DownloadPolicy policy) => policy.InsideAllowed.Contains(Place(address), StringComparer.OrdinalIgnoreCase);

    /// <summary><c>host:port</c>, the port also where it is the scheme's own.</summary>
    public static string Place(Uri address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    /// <summary>Compares whole labels, so that <c>evil-example.com</c> is not under <c>example.com</c>.</summary>
    private static bool IsUnder(string host, string allowed)
    {
        var (name, suffix) = (host.TrimEnd('.'), allowed.Trim('.'));
        return suffix.Length > 0 && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            && (name.Length == suffix.Length || name[^(suffix.Length + 1)] == '.');
    }
}
