using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using ProductVideo.Pipeline;

namespace ProductVideo.Webhooks.Inbox;

/// <summary>
/// <c>POST /webhooks/{kind}/{name}</c>: open to everybody and closed to whoever can't sign. Nothing is read out of a body or written down
/// before its signature was found right, and then it is written and answered at once; what follows from it happens later.
/// </summary>
internal static class InboxEndpoint
{
    internal const string Root = "/webhooks";

    private const int MaxBody = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Root + "/{kind}/{name}/{secretPath?}", ReceiveAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request, WebhookSources sources, WebhookInbox inbox, TimeProvider clock, ILogger<WebhookInbox> log, string kind, string name,
        string? secretPath, CancellationToken cancellationToken)
    {
        if (sources.Find(kind, name) is not { } source)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        if (await BodyAsync(request, cancellationToken) is not { } body)
            return Answer(source, "too_large", StatusCodes.Status413PayloadTooLarge);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.FirstOrDefault() ?? "", StringComparer.OrdinalIgnoreCase);
        var call = new WebhookCall(headers, body, clock.GetUtcNow(), secretPath);
        switch (await VerifyAsync(source, call, log, cancellationToken))
        {
            case WebhookVerdict.Accepted accepted:
                var isNew = await inbox.ReceiveAsync(source, accepted.DeliveryId, call, cancellationToken);
                return Answer(source, isNew ? "accepted" : "duplicate", StatusCodes.Status200OK);
            case WebhookVerdict.Ignored ignored:
                log.LogDebug("A call of {Source} was ignored: {Why}", source.Name, ignored.Why);
                return Answer(source, "ignored", StatusCodes.Status200OK);
            case WebhookVerdict.CannotTell unsure:
                log.LogWarning("A call of {Source} can't be checked now: {Why}", source.Name, unsure.Why);
                request.HttpContext.Response.Headers.RetryAfter = "60";
                return Answer(source, "unchecked", StatusCodes.Status503ServiceUnavailable);
            case WebhookVerdict.Refused refused:
                log.LogWarning("A call of {Source} was refused: {Why}", source.Name, refused.Why);
                return Answer(source, "refused", StatusCodes.Status401Unauthorized);
            case var other:
                throw new InvalidOperationException($"{source.Name} gave an unknown verdict, {other}.");
        }
    }

    private static async ValueTask<WebhookVerdict> VerifyAsync(WebhookSource source, WebhookCall call, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            return await source.VerifyAsync(call, cancellationToken);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or System.Text.Json.JsonException)
        {
            // Whatever a stranger wrote, it is the stranger's mistake.
            log.LogWarning(e, "A call of {Source} could not be checked", source.Name);
            return new WebhookVerdict.Refused(e.Message);
        }
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBody)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxBody)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static IResult Answer(WebhookSource source, string result, int status)
    {
        Measures.WebhookCalls.Add(1, new KeyValuePair<string, object?>("source", source.Name), new KeyValuePair<string, object?>("result", result));
        return Results.StatusCode(status);
    }
}
