using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ProductVideo.Api;

/// <summary>Answers with a file that only its caller may keep, and that no browser takes for something else than it says.</summary>
internal static class PrivateFile
{
    /// <param name="context">The request's.</param>
    /// <param name="content">Closed when it is sent.</param>
    /// <param name="contentType">For example <c>image/jpeg</c>.</param>
    /// <param name="keep">How long it may be kept.</param>
    /// <param name="entityTag">Names these bytes, of which parts may then be asked for; null to give the whole.</param>
    public static IResult Answer(HttpContext context, Stream content, string contentType, TimeSpan keep, EntityTagHeaderValue? entityTag = null)
    {
        context.Response.Headers.CacheControl = FormattableString.Invariant($"private, max-age={keep.TotalSeconds:0}");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(content, contentType, entityTag: entityTag, enableRangeProcessing: entityTag is not null);
    }
}
