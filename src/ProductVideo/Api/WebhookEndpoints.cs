using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Security;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Api;

/// <summary><c>/webhook-endpoints</c>: who is told what happens, what was sent, and sending it again.</summary>
internal static class WebhookEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/webhook-endpoints").WithTags("Webhooks").RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Webhooks));
        group.MapGet("", ListAsync).WithName("ListWebhookEndpoints").Produces<PageAnswer<WebhookEndpointAnswer>>().WithSummary("All webhooks, the oldest first.");
        group.MapPost("", AddAsync).WithName("AddWebhookEndpoint").Accepts<AddWebhookBody>("application/json")
            .Produces<WebhookEndpointAnswer>(201).Produces<WebhookEndpointAnswer>().ProducesProblem(404).ProducesProblem(422).TakesIdempotencyKey()
            .WithSummary(
                "Adds a webhook. The answer holds the secret with which what is sent is signed after Standard Webhooks; no other shows it, but that to the same Idempotency-Key: 200 if it added one before.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetWebhookEndpoint").Produces<WebhookEndpointAnswer>().ProducesProblem(404).WithSummary("One webhook.");
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeWebhookEndpoint").Accepts<ChangeWebhookBody>("application/json")
            .Produces<WebhookEndpointAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Changes a webhook, or switches it off or on.");
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteWebhookEndpoint").Produces(204).WithSummary("Deletes a webhook; fine to call twice.");
        group.MapPost("/{id:guid}/rotate-secret", RotateAsync).WithName("RotateWebhookSecret").Accepts<EmptyBody>("application/json")
            .Produces<WebhookEndpointAnswer>().ProducesProblem(404)
            .WithSummary("Makes a new secret and answers it, this once. For 24 hours everything is signed with the old one too; asked again within them, that one stays the old one.");
        group.MapPost("/{id:guid}/test", TestAsync).WithName("TestWebhookEndpoint").Accepts<EmptyBody>("application/json")
            .Produces<TestSentAnswer>(202).ProducesProblem(404).ProducesProblem(409).WithSummary("Sends a webhook.test event.");
        group.MapGet("/{id:guid}/deliveries", DeliveriesAsync).WithName("ListWebhookDeliveries").Produces<PageAnswer<WebhookDelivery>>().ProducesProblem(404)
            .TakesWords("state", ApiJson.WordsOf<DeliveryState>())
            .WithSummary("What was sent to it and what came back, newest first.");
        group.MapPost("/{id:guid}/deliveries/{event}/replay", ReplayAsync).WithName("ReplayWebhookDelivery").Accepts<EmptyBody>("application/json")
            .Produces(202).ProducesProblem(404).ProducesProblem(409).WithSummary("Sends one event again, with the same id.");
        group.MapPost("/{id:guid}/replay", ReplaySinceAsync).WithName("ReplayMissedWebhooks").Accepts<ReplayBody>("application/json")
            .Produces<ReplayAnswer>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Sends everything again that happened since a time and was not accepted.");
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal caller, OutgoingWebhooks webhooks, CancellationToken cancellationToken) =>
        ApiJson.Ok(new PageAnswer<WebhookEndpointAnswer>(
            [.. (await webhooks.ListAsync(ProductVideoAuth.ShopOf(caller), cancellationToken)).Select(endpoint => WebhookEndpointAnswer.Of(endpoint))], Next: null));

    private static async Task<IResult> AddAsync(HttpContext context, ClaimsPrincipal caller, OutgoingWebhooks webhooks, CancellationToken cancellationToken)
    {
        var body = await ApiJson.ReadAsync<AddWebhookBody>(context.Request);
        var wanted = new NewEndpoint(body.Url, BodyLists.Words(body.Events, "events"), ProductVideoAuth.ShopOf(caller)) { Key = Caller.IdempotencyKey(context.Request, caller) };
        var (added, isNew) = await webhooks.AddAsync(wanted, cancellationToken);
        context.Response.Headers.Location = $"{ApiPaths.Root}/webhook-endpoints/{added.Endpoint.Id}";
        return ApiJson.Ok(WebhookEndpointAnswer.Of(added), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, OutgoingWebhooks webhooks, Guid id, CancellationToken cancellationToken) =>
        ApiJson.Ok(WebhookEndpointAnswer.Of(await webhooks.GetAsync(id, ProductVideoAuth.ShopOf(caller), cancellationToken)));

    private static async Task<IResult> ChangeAsync(
        HttpRequest request, ClaimsPrincipal caller, OutgoingWebhooks webhooks, Guid id, CancellationToken cancellationToken)
    {
        var body = await ApiJson.ReadAsync<ChangeWebhookBody>(request);
        var events = body.Events is null ? null : BodyLists.Words(body.Events, "events");
        return ApiJson.Ok(WebhookEndpointAnswer.Of(await webhooks.UpdateAsync(
            id, new EndpointChange(body.Url, events, body.Enabled), ProductVideoAuth.ShopOf(caller), Caller.Name(caller), cancellationToken)));
    }

    private static async Task<IResult> DeleteAsync(ClaimsPrincipal caller, OutgoingWebhooks webhooks, Guid id, CancellationToken cancellationToken)
    {
        await webhooks.DeleteAsync(id, ProductVideoAuth.ShopOf(caller), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RotateAsync(
        HttpRequest request, ClaimsPrincipal caller, OutgoingWebhooks webhooks, Guid id, CancellationToken cancellationToken)
    {
        await ApiJson.ReadAsync<EmptyBody>(request);
        return ApiJson.Ok(WebhookEndpointAnswer.Of(await webhooks.RotateAsync(id, ProductVideoAuth.ShopOf(caller), cancellationToken)));
    }

    private static async Task<IResult> TestAsync(
        HttpRequest request, ClaimsPrincipal caller, WebhookDeliveries deliveries, Guid id, CancellationToken cancellationToken)
    {
        await ApiJson.ReadAsync<EmptyBody>(request);
        return ApiJson.Ok(new TestSentAnswer(await deliveries.TestAsync(id, ProductVideoAuth.ShopOf(caller), cancellationToken)), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> DeliveriesAsync(
        ClaimsPrincipal caller, WebhookDeliveries deliveries, Guid id, string? state, string? cursor, string? take, CancellationToken cancellationToken)
    {
        var wanted = Caller.Known<DeliveryState>(state, "state");
        var count = Caller.Take(take);
        var page = await deliveries.ListAsync(id, ProductVideoAuth.ShopOf(caller), wanted, cursor, count, cancellationToken);
        return ApiJson.Ok(new PageAnswer<WebhookDelivery>(page, page.Count < count ? null : page[^1].EventId));
    }

    private static async Task<IResult> ReplayAsync(
        HttpRequest request, ClaimsPrincipal caller, WebhookDeliveries deliveries, Guid id, string @event, CancellationToken cancellationToken)
    {
        await ApiJson.ReadAsync<EmptyBody>(request);
        await deliveries.ReplayAsync(id, @event, ProductVideoAuth.ShopOf(caller), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<IResult> ReplaySinceAsync(
        HttpRequest request, ClaimsPrincipal caller, WebhookDeliveries deliveries, Guid id, CancellationToken cancellationToken)
    {
        var since = (await ApiJson.ReadAsync<ReplayBody>(request)).Since
            ?? throw Caller.Bad("since", "'since' is missing: the time from which on to send again, for example 2026-11-22T00:00:00Z.");
        return ApiJson.Ok(new ReplayAnswer(await deliveries.ReplaySinceAsync(id, since, ProductVideoAuth.ShopOf(caller), cancellationToken)), StatusCodes.Status202Accepted);
    }
}
