using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ProductVideo.Blobs;
using ProductVideo.Pipeline;

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
        return new Stored(Results.Stream(content, contentType, entityTag: entityTag, enableRangeProcessing: entityTag is not null));
    }

    /// <summary>It is read when nothing refuses any more what its caller asked for; until its first byte is sent that may still be told.</summary>
    private sealed class Stored(IResult file) : IResult
    {
        private static readonly string[] OfFile =
            [HeaderNames.CacheControl, HeaderNames.ContentLength, HeaderNames.ContentRange, HeaderNames.AcceptRanges, HeaderNames.ETag];

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                await file.ExecuteAsync(httpContext);
            }
            catch (BlobStoreException e) when (!httpContext.Response.HasStarted)
            {
                foreach (var header in OfFile)
                    httpContext.Response.Headers.Remove(header);
                await ApiProblems.Problem(Refusals.From(e)).ExecuteAsync(httpContext);
            }
        }
    }
}
