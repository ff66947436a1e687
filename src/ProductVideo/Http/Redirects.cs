namespace ProductVideo.Http;

/// <summary>Reads answers that point elsewhere. Nobody follows one unseen: where it leads decides who goes there, and with what.</summary>
internal static class Redirects
{
    /// <summary>Whether an answer is a redirect.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">The address that gave it.</param>
    /// <param name="to">Where it leads; null if nowhere, for its address can't be read or used.</param>
    public static bool IsOne(HttpResponseMessage response, Uri asked, out Uri? to)
    {
        to = null;
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            return false;
        if (Uri.TryCreate(asked, location, out var read) && WebAddress.HasUsableHost(read))
            to = read;
        return true;
    }
}
