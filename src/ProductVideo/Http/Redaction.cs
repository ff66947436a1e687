namespace ProductVideo.Http;

/// <summary>Makes an address fit for logs and error texts: signatures and tokens are in its query, passwords before its host.</summary>
internal static class Redaction
{
    /// <summary>Scheme, host, port and path; a <c>?…</c> tells that there was a query. Of any scheme but the web's only its name.</summary>
    public static string Of(Uri address)
    {
        if (!address.IsAbsoluteUri)
            return "(a relative address)";
        if (address.Scheme is not ("https" or "http"))
            return $"{address.Scheme}:…";
        var open = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return address.Query.Length > 0 ? $"{open}?…" : open;
    }

    /// <inheritdoc cref="Of(Uri)"/>
    public static string Of(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Of(uri) : "(an unreadable address)";
}
