using Microsoft.AspNetCore.Http;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>What the pages allow a browser to do: load from here, run our one script, nothing inline.</summary>
internal static class ListingHeaders
{
    public static void Set(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = Policy([]);
    }

    /// <param name="views">Products whose pictures may lie at other hosts.</param>
    public static string Policy(IEnumerable<ProductView> views)
    {
        var hosts = views.SelectMany(v => v.Media).Where(m => m.Image is { IsRemote: true })
            .Select(m => new Uri(m.Url)).Select(u => $"{u.Scheme}://{u.IdnHost}{(u.IsDefaultPort ? "" : FormattableString.Invariant($":{u.Port}"))}")
            .Distinct(StringComparer.Ordinal).Take(50);
        return $"default-src 'none'; img-src {string.Join(' ', hosts.Prepend("'self'"))}; media-src 'self'; style-src 'self'; script-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    }
}
