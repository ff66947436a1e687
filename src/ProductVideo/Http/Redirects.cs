namespace ProductVideo.Http;

/// <summary>Reads answers that point elsewhere. Nobody follows one unseen: where it leads decides who goes there, and with what.</summary>
internal static class Redirects
{
    /// <summary>Where an answer leads; null if it is no redirect.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">The address that gave it.</param>
    public static Uri? Of(HttpResponseMessage response, Uri asked) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(asked, location) : null;
}
