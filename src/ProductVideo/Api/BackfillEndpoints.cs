using System.ComponentModel.DataAnnotations;
using System.Net.ServerSentEvents;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/shops/{shop}/backfills</c>: write down, quote, start, watch, stop.</summary>
internal static class BackfillEndpoints
{
    private const string PricesMissing =
        "'prices' is missing: the most it may cost, for example [{\"amount\": 25, \"currency\": \"EUR\"}], as its quote says; [] where it costs nothing.";

    public static void Map(RouteGroupBuilder api)
    {
        var (read, create) = (ProductVideoAuth.PolicyFor(Scopes.Read), ProductVideoAuth.PolicyFor(Scopes.Create));
        var group = api.MapGroup("/shops/{shop}/backfills").WithTags("Backfills");
        group.MapPost("", CreateAsync).RequireAuthorization(create).WithName("CreateBackfill").Accepts<BackfillBody>("application/json")
            .Produces<BackfillAnswer>(201).Produces<BackfillAnswer>(200).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .TakesIdempotencyKey().WithSummary("Writes a backfill down; nothing is spent before it is quoted and started. 200 if this Idempotency-Key made it before.");
        group.MapGet("", ListAsync).RequireAuthorization(read).WithName("ListBackfills").Produces<PageAnswer<BackfillAnswer>>().ProducesProblem(400).ProducesProblem(404)
            .WithSummary("The shop's backfills, newest first, the runs of schedules among them.");
        group.MapGet("/{id:guid}", GetAsync).RequireAuthorization(read).WithName("GetBackfill").Produces<BackfillAnswer>().ProducesProblem(404)
            .WithSummary("One backfill with its quote, how far it is, and the runs of its schedule.");
        group.MapPut("/{id:guid}", ChangeAsync).RequireAuthorization(create).WithName("ChangeBackfill").Accepts<BackfillBody>("application/json")
            .Produces<BackfillAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Changes what is wanted of one that was not started; it must be quoted anew, and is started for no earlier price. Its named products stay where 'products' is left out.");
        group.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(create).WithName("DeleteBackfill").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Deletes one that ordered nothing: a dry run, or one that ended before it ordered. 409 backfill_has_ordered where it ordered something.");
        group.MapGet("/{id:guid}/items", ItemsAsync).RequireAuthorization(read).WithName("ListBackfillItems").Produces<PageAnswer<BackfillItemAnswer>>()
            .ProducesProblem(400).ProducesProblem(404).TakesWords("state", ApiJson.WordsOf<ItemState>()).TakesWords("reason", ApiJson.WordsOf<SkipReason>())
            .WithSummary("Its videos in the order in which they are made, and the products of which none is made, with the reason.");
        group.MapGet("/{id:guid}/events", EventsAsync).RequireAuthorization(read).WithName("WatchBackfill").Produces<string>(200, "text/event-stream").ProducesProblem(404)
            .WithSummary("Server-sent events: the backfill now and when something changed, at most once a second, until it is over or deleted, and a comment every 15 seconds in between. Ask again where they end before that: after 12 hours, with the server, or within a minute once the key is revoked or has expired.");

        Command("quote", "QuoteBackfill", 202, typeof(EmptyBody), "Begins the dry run: what would be made, at what price, and why each other product is skipped. Spends nothing. One that goes on already goes on.",
            async (desk, backfill, request, token) =>
            {
                await ApiJson.ReadAsync<EmptyBody>(request);
                return await desk.QuoteAsync(backfill.Id, token, anew: false);
            });
        Command("start", "StartBackfill", 200, typeof(StartBackfillBody), "Starts a quoted backfill, or its schedule, for the price that is agreed to here; one that was started for the same price is given as it is. 409 price_not_agreed, with 'prices', if it costs more.", StartAsync);
        Command("pause", "PauseBackfill", 200, typeof(EmptyBody), "Orders nothing more until it is resumed. What is under way goes on. One that somebody paused already is given as it is.",
            async (desk, backfill, request, token) =>
            {
                await ApiJson.ReadAsync<EmptyBody>(request);
                return await desk.PauseAsync(backfill.Id, Caller.Name(request.HttpContext.User), token);
            });
        Command("resume", "ResumeBackfill", 200, typeof(EmptyBody), "Goes on with a paused backfill; one that goes on already is given as it is.",
            async (desk, backfill, request, token) =>
            {
                await ApiJson.ReadAsync<EmptyBody>(request);
                return await desk.ResumeAsync(backfill.Id, token);
            });
        Command("cancel", "CancelBackfill", 200, typeof(EmptyBody), "Ends it. What is ordered and not sent is cancelled too; what a provider makes already is finished. One that was cancelled already is given as it is.",
            async (desk, backfill, request, token) =>
            {
                await ApiJson.ReadAsync<EmptyBody>(request);
                return await desk.CancelAsync(backfill.Id, Caller.Name(request.HttpContext.User), token);
            });

        void Command(string name, string id, int status, Type body, string summary, CommandHandler handle) =>
            group.MapPost("/{id:guid}/" + name, (HttpRequest request, ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, CancellationToken token) =>
                    FollowAsync(request, caller, desk, shop, id, status, handle, token))
                .RequireAuthorization(create).WithName(id).WithSummary(summary).Accepts(body, "application/json")
                .Produces<BackfillAnswer>(status).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private delegate Task<Backfill> CommandHandler(BackfillDesk desk, Backfill backfill, HttpRequest request, CancellationToken token);

    private static async Task<IResult> FollowAsync(
        HttpRequest request, ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, int status, CommandHandler handle, CancellationToken cancellationToken)
    {
        var backfill = await OwnedAsync(caller, desk, shop, id, cancellationToken);
        return ApiJson.Ok(BackfillAnswer.Of(await handle(desk, backfill, request, cancellationToken)), status);
    }

    private static async Task<Backfill> StartAsync(BackfillDesk desk, Backfill backfill, HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.HttpContext.User;
        var body = await ApiJson.ReadAsync<StartBackfillBody>(request);
        var agreed = MoneyBody.Prices(body.Prices, PricesMissing);
        if (backfill.Plan.AutoApprove)
            Caller.DemandReview(caller, field: null);
        return await desk.StartAsync(backfill.Id, agreed, Caller.Name(caller), cancellationToken, Caller.Requester(caller).ApiKey, body.QuotedAt);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ClaimsPrincipal caller, BackfillDesk desk, string shop, CancellationToken cancellationToken)
    {
        Caller.ShopFor(caller, shop);
        var body = await ApiJson.ReadAsync<BackfillBody>(context.Request, BackfillBody.MaxBody);
        if (body.AutoApprove)
            Caller.DemandReview(caller, "autoApprove");
        var wanted = new NewBackfill(shop, body.DemandName(), body.ToPlan(), body.DemandProducts(), Caller.Requester(caller)) { Key = Caller.IdempotencyKey(context.Request, caller) };
        var created = await desk.CreateAsync(wanted, cancellationToken);
        context.Response.Headers.Location = ApiPaths.Backfill(created.Backfill);
        return ApiJson.Ok(BackfillAnswer.Of(created.Backfill), created.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, CancellationToken cancellationToken)
    {
        var before = await OwnedAsync(caller, desk, shop, id, cancellationToken);
        var body = await ApiJson.ReadAsync<BackfillBody>(request, BackfillBody.MaxBody);
        if (body.AutoApprove)
            Caller.DemandReview(caller, "autoApprove");
        var plan = body.ToPlan();
        // An answer does not repeat a list of products: whoever sends back what they read has not asked for all products of the shop.
        plan = plan with { Scope = plan.Scope with { OnlyNamed = before.Plan.Scope.OnlyNamed } };
        return ApiJson.Ok(BackfillAnswer.Of(await desk.ChangeAsync(id, body.DemandName(), plan, body.DemandProducts(), cancellationToken)));
    }

    private static async Task<IResult> DeleteAsync(ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, CancellationToken cancellationToken)
    {
        await OwnedAsync(caller, desk, shop, id, cancellationToken);
        await desk.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal caller, BackfillDesk desk, Shops shops, string shop, string? cursor, string? take, CancellationToken cancellationToken)
    {
        shops.Get(Caller.ShopFor(caller, shop));
        var count = Caller.Take(take);
        var before = Caller.Cursor(cursor) is { } last ? await OwnedAsync(caller, desk, shop, last, cancellationToken) : null;
        var page = await desk.ListAsync(new BackfillFilter(shop, Before: before, Take: count), cancellationToken);
        return ApiJson.Ok(new PageAnswer<BackfillAnswer>([.. page.Select(backfill => BackfillAnswer.Of(backfill))], page.Count < count ? null : page[^1].Id.ToString()));
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, CancellationToken cancellationToken)
    {
        var backfill = await OwnedAsync(caller, desk, shop, id, cancellationToken);
        var runs = backfill.Plan.Schedule.Cron is null ? null : await desk.ListAsync(new BackfillFilter(shop, RunOf: id, Take: BackfillAnswer.MostRuns), cancellationToken);
        return ApiJson.Ok(BackfillAnswer.Of(backfill, await desk.ProgressAsync(backfill, cancellationToken), runs));
    }

    private static async Task<IResult> ItemsAsync(
        ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, string? state, string? reason, string? cursor, string? take, CancellationToken cancellationToken)
    {
        await OwnedAsync(caller, desk, shop, id, cancellationToken);
        var count = Caller.Take(take);
        var filter = new ItemFilter(Caller.Known<ItemState>(state, "state"), Caller.Known<SkipReason>(reason, "reason"), BackfillCursor.Read(cursor), count);
        var page = await desk.ItemsAsync(id, filter, cancellationToken);
        return ApiJson.Ok(new PageAnswer<BackfillItemAnswer>([.. page.Select(BackfillItemAnswer.Of)], page.Count < count ? null : BackfillCursor.Of(page[^1])));
    }

    private static async Task<IResult> EventsAsync(
        ClaimsPrincipal caller, BackfillDesk desk, BackfillWatch watch, KeyWatch keys, TimeProvider clock, IHostApplicationLifetime host, string shop, Guid id,
        CancellationToken cancellationToken)
    {
        await OwnedAsync(caller, desk, shop, id, cancellationToken);
        return new EventStream(ApiEvents.Of(
            either => watch.FollowAsync(id, backfill => BackfillMachine.IsOver(backfill.State), either),
            change => new SseItem<string>(JsonSerializer.Serialize(BackfillAnswer.Of(change.Backfill, change.Progress), ApiJson.Options), "backfill"),
            either => keys.EndOfAsync(caller, either), clock, host.ApplicationStopping, cancellationToken));
    }

    /// <summary>The backfill, if it is this shop's and the caller may see the shop; otherwise as if it did not exist.</summary>
    private static async Task<Backfill> OwnedAsync(ClaimsPrincipal caller, BackfillDesk desk, string shop, Guid id, CancellationToken cancellationToken)
    {
        Caller.ShopFor(caller, shop);
        var backfill = await desk.GetAsync(id, cancellationToken);
        return backfill.Shop == shop ? backfill : throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_backfill", BackfillDesk.UnknownText, $"Backfill {id} is not of shop {shop}."));
    }
}

/// <param name="Prices">The most it, or each of its schedule's runs, may cost: one amount for each currency; empty where it costs nothing.</param>
/// <param name="QuotedAt">As the backfill told it with the price that is agreed to: one that was changed or quoted anew since is not started. Left out, only the price counts.</param>
internal sealed record StartBackfillBody([property: Required] IReadOnlyList<MoneyBody>? Prices = null, DateTimeOffset? QuotedAt = null);
