using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Bridge;

/// <summary>The bridge's routes as an endpoint of the shop's web server.</summary>
public static class BridgeEndpoint
{
    public const string Pattern = BridgeRoutes.Root + "{**path}";

    public static async Task HandleAsync(HttpContext http)
    {
        // The shop says for itself how much it takes; the server's own limit is for forms.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var path = http.Request.Path.Value!;
        var request = new BridgeRequest(
            http.Request.Method.ToUpperInvariant(), path.Length > BridgeRoutes.Root.Length ? path[BridgeRoutes.Root.Length..] : "", http.Request.QueryString.Value ?? "",
            name => http.Request.Query[name].FirstOrDefault(), name => http.Request.Headers[name].FirstOrDefault(), http.Request.ContentLength, http.Request.Body);
        await WriteAsync(http.Response, await http.RequestServices.GetRequiredService<BridgeRoutes>().AnswerAsync(request, http.RequestAborted));
    }

    private static async Task WriteAsync(HttpResponse response, BridgeAnswer answer)
    {
        var bytes = answer.File ?? BridgeJson.Write(answer.Json!);
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType ?? "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }
}
