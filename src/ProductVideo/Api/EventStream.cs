using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProductVideo.Api;

/// <summary>
/// Answers with server-sent events, each sent off as it comes. In between goes a comment, which clients pass over: without it a proxy takes a long
/// wait for the end of the answer, and a listener who vanished is never noticed. The framework's own result can't write one.
/// </summary>
/// <param name="events">The events, and null for a comment.</param>
internal sealed class EventStream(IAsyncEnumerable<SseItem<string>?> events) : IResult
{
    private static readonly byte[] Comment = ": \n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, gone) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers.Pragma = "no-cache";
        response.Headers.ContentEncoding = "identity";
        // nginx collects what is small unless it is told not to.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await foreach (var told in events.WithCancellation(gone))
        {
            if (told is { } item)
                await SseFormatter.WriteAsync(new[] { item }.ToAsyncEnumerable(), response.Body, gone);
            else
                await response.Body.WriteAsync(Comment, gone);
            await response.Body.FlushAsync(gone);
        }
    }
}
