using System.Net;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>Which addresses may be told. Pure; where a name leads is looked at anew at every sending.</summary>
internal static class EndpointAddress
{
    private const int Longest = 2_000;

    public static DownloadPolicy Policy(WebhookOptions options) => new() { MaxBytes = 0, LoopbackAllowed = [.. options.LoopbackAllowed] };

    /// <summary>The address as it is kept.</summary>
    /// <exception cref="RefusedException">It may not be used.</exception>
    public static string Check(string? address, WebhookOptions options)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Length > Longest)
            throw Bad("The address is missing or too long. Write it as https://shop.example/hooks.");
        try
        {
            var uri = DownloadRules.Parse(address.Trim());
            if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
                throw Bad("The address may hold neither a user name nor a part after '#'.");
            if (DownloadRules.IsLoopbackAllowed(uri, Policy(options)) && uri.Scheme is "https" or "http")
                return uri.AbsoluteUri;
            if (uri.Scheme != Uri.UriSchemeHttps)
                throw Bad("The address must begin with https://. A system on this machine may be told over http once the setting ProductVideo:Webhooks:LoopbackAllowed names it.");
            if (uri.IsLoopback || (IPAddress.TryParse(uri.IdnHost, out var literal) && !PublicAddress.IsPublic(literal)))
                throw Bad("The address leads into a private network, where nothing is sent. Use one that is reachable from outside.");
            return uri.AbsoluteUri;
        }
        catch (DownloadException e)
        {
            throw Bad("The address can't be read. Write it as https://shop.example/hooks.", e);
        }
    }

    private static RefusedException Bad(string text, Exception? inner = null) => Refusals.Invalid("invalid_url", text, inner?.Message ?? text, "url", inner);
}
