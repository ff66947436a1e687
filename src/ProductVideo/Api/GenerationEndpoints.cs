using System.Net.ServerSentEvents;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/generations</c>: order, watch, decide.</summary>
internal static class GenerationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/generations").WithTags("Generations");
        var (read, create, review) = (ProductVideoAuth.PolicyFor(Scopes.Read), ProductVideoAuth.PolicyFor(Scopes.Create), ProductVideoAuth.PolicyFor(Scopes.Review));

        ShopVisitors.MapPreflight(api, "/generations/{**address}");
        ShopVisitors.Open(group.MapPost("", CreateAsync)).RequireAuthorization(create).WithName("CreateGeneration")
            .Accepts<CreateBody>("application/json").Produces<GenerationAnswer>(202).Produces<GenerationAnswer>(200)
            .ProducesProblem(400).ProducesProblem(402).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503)
            .TakesIdempotencyKey().WithSummary("Orders a video. 202 for a new one; 200 if the very same one is under way, published, or was ordered with this Idempotency-Key. 409 price_not_agreed, with 'prices', if it costs more than 'agreed'.");
        ShopVisitors.Open(group.MapGet("", ListAsync)).RequireAuthorization(read).WithName("ListGenerations").Produces<PageAnswer<GenerationAnswer>>().ProducesProblem(404)
            .TakesWords("state", GenerationState.Names)
            .WithSummary("Videos, newest first; with 'search' those of products in whose name or id each of its words stands. What ended long ago on no listing is in the archive, where only its id finds it.");
        ShopVisitors.Open(group.MapGet("/{id:guid}", GetAsync)).RequireAuthorization(read).WithName("GetGeneration").Produces<GenerationAnswer>().ProducesProblem(404)
            .WithSummary("One video.");
        group.MapGet("/{id:guid}/events", EventsAsync).RequireAuthorization(read).WithName("WatchGeneration")
            .Produces<string>(200, "text/event-stream").ProducesProblem(404)
            .WithSummary("Server-sent events: the video now and at every change, until it is final, and a comment every 15 seconds in between. Ask again where they end before that: after 12 hours, with the server, or within a minute once the key is revoked or has expired.");

        Command("approve", review, async (generations, id, caller, request, token) =>
                await generations.ApproveAsync(id, caller, (await ApiJson.ReadAsync<ApproveBody>(request)).KeepEarlier, token),
            "Approves a video that awaits review, or puts one on its listing whose clip is there and only not on it. The product's earlier video makes room.",
            typeof(ApproveBody));
        Command("reject", review, async (generations, id, caller, request, token) =>
            {
                var reason = (await ApiJson.ReadAsync<RejectBody>(request)).Reason;
                return reason is { Length: > 500 }
                    ? throw Caller.Bad("reason", "'reason' has at most 500 characters.")
                    : await generations.RejectAsync(id, caller, reason, token);
            },
            "Rejects a video that awaits review.",
            typeof(RejectBody));
        Command("withdraw", review, (generations, id, caller, request, token) => Empty(request, () => generations.WithdrawAsync(id, caller, token)),
            "Takes a published video off its listing and restores what was there before.");
        Command("cancel", create, (generations, id, caller, request, token) => Empty(request, () =>
                generations.CancelAsync(id, caller, token, Caller.MayReview(request.HttpContext.User))),
            "Asks for a stop. What the provider has begun may still be charged. A video that awaits review is rejected, which takes the scope videos:review.");
        Command("retry", create, async (generations, id, caller, request, token) =>
            {
                var agreed = MoneyBody.Agreed((await ApiJson.ReadAsync<AgreedBody>(request)).Agreed);
                if ((await generations.GetAsync(id, token)).Order.AutoApprove)
                    Caller.DemandReview(request.HttpContext.User, field: null);
                return await generations.RetryAsync(
                    id, Caller.Requester(request.HttpContext.User, agreed), token, Caller.IdempotencyKey(request, request.HttpContext.User),
                    Caller.MayReview(request.HttpContext.User));
            },
            "Orders the same again as a new attempt; send an Idempotency-Key, for a paid provider charges again. One in doubt is given up for it, which takes the scope videos:review. 409 price_not_agreed, with 'prices', if it costs more than 'agreed'.",
            typeof(AgreedBody))
            .ProducesProblem(402).ProducesProblem(422).TakesIdempotencyKey();

        Command("adopt", review, async (generations, id, caller, request, token) =>
            {
                var task = (await ApiJson.ReadAsync<AdoptBody>(request)).Task;
                return task is not { Length: >= 1 and <= 200 }
                    ? throw Caller.Bad("task", "'task' is the provider's id of the task, 1 to 200 characters.")
                    : await generations.AdoptAsync(id, caller, task, token);
            },
            "Takes a task of the provider as that of a video in doubt. Costs nothing more.",
            typeof(AdoptBody));
        Command("give-up", review, (generations, id, caller, request, token) => Empty(request, () => generations.GiveUpAsync(id, caller, token)),
            "Ends a video in doubt: what the provider may have charged counts as spent. Of one that its shop does not take off the listing, ends the tries: it may still be there.");
        group.MapPost("/{id:guid}/look", async (HttpRequest request, ClaimsPrincipal caller, VideoGenerations generations, Guid id, CancellationToken token) =>
            {
                Caller.Owned(caller, await generations.GetAsync(id, token));
                await ApiJson.ReadAsync<EmptyBody>(request);
                return ApiJson.Ok(SightingAnswer.Of(await generations.LookAsync(id, token)));
            })
            .RequireAuthorization(review).WithName("LookForGeneration").Accepts<EmptyBody>("application/json").Produces<SightingAnswer>()
            .ProducesProblem(404).ProducesProblem(409).WithSummary("What the provider's records show now of a video in doubt. Changes nothing.");

        RouteHandlerBuilder Command(string name, string policy, CommandHandler handle, string summary, Type? body = null) =>
            group.MapPost("/{id:guid}/" + name, async (HttpRequest request, ClaimsPrincipal caller, VideoGenerations generations, Guid id, CancellationToken token) =>
                {
                    Caller.Owned(caller, await generations.GetAsync(id, token));
                    return ApiJson.Ok(GenerationAnswer.Of(await handle(generations, id, Caller.Name(caller), request, token)));
                })
                .RequireAuthorization(policy).WithName(char.ToUpperInvariant(name[0]) + name[1..].Replace("-u", "U", StringComparison.Ordinal) + "Generation").WithSummary(summary)
                .Accepts(body ?? typeof(EmptyBody), "application/json").Produces<GenerationAnswer>().ProducesProblem(404).ProducesProblem(409);
    }

    private delegate Task<Generation> CommandHandler(VideoGenerations generations, Guid id, string caller, HttpRequest request, CancellationToken token);

    private static async Task<Generation> Empty(HttpRequest request, Func<Task<Generation>> follow)
    {
        await ApiJson.ReadAsync<EmptyBody>(request);
        return await follow();
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, ClaimsPrincipal caller, VideoGenerations generations, Shops shops, CancellationToken cancellationToken)
    {
        var body = await ApiJson.ReadAsync<CreateBody>(context.Request);
        if (string.IsNullOrWhiteSpace(body.Product))
            throw Caller.Bad("product", "'product' is missing: the shop's id of the product to make a video of.");
        if (body.AutoApprove)
            Caller.DemandReview(caller, "autoApprove");
        var product = new ProductRef(Caller.ShopFor(caller, body.Shop ?? Caller.OnlyShop(caller, shops)), body.Product);
        var created = await generations.CreateAsync(
            product, body.ToWishes(), Caller.Requester(caller, body.ToAgreed()), Caller.IdempotencyKey(context.Request, caller), cancellationToken);
        context.Response.Headers.Location = $"{ApiPaths.Root}/generations/{created.Generation.Id}";
        return ApiJson.Ok(GenerationAnswer.Of(created.Generation), created.IsNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal caller, VideoGenerations generations, string? shop, string? product, string? state, string? search, string? cursor, string? take,
        CancellationToken cancellationToken)
    {
        var own = ProductVideoAuth.ShopOf(caller);
        var before = Caller.Cursor(cursor) is { } last ? Caller.Owned(caller, await generations.GetAsync(last, cancellationToken)) : null;
        if (state is not null && !GenerationState.Names.Contains(state, StringComparer.Ordinal))
            throw Caller.Bad("state", $"There is no state '{state}'. The states are: {string.Join(", ", GenerationState.Names)}.");
        if (search is { Length: > WordSearch.MostCharacters })
            throw Caller.Bad("search", $"'search' has at most {WordSearch.MostCharacters} characters.");
        var count = Caller.Take(take);
        var filter = new GenerationFilter(shop is null ? own : Caller.ShopFor(caller, shop), product is null ? null : [product], state, before, count, search);
        var page = await generations.ListAsync(filter, cancellationToken);
        return ApiJson.Ok(new PageAnswer<GenerationAnswer>(
            [.. page.Select(GenerationAnswer.Of)], page.Count < count ? null : page[^1].Id.ToString()));
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, VideoGenerations generations, Guid id, CancellationToken cancellationToken) =>
        ApiJson.Ok(GenerationAnswer.Of(Caller.Owned(caller, await generations.GetAsync(id, cancellationToken))));

    private static async Task<IResult> EventsAsync(
        ClaimsPrincipal caller, VideoGenerations generations, KeyWatch keys, TimeProvider clock, IHostApplicationLifetime host, Guid id, CancellationToken cancellationToken)
    {
        Caller.Owned(caller, await generations.GetAsync(id, cancellationToken));
        return new EventStream(ApiEvents.Of(
            either => generations.WatchAsync(id, generation => generation.State.IsFinal, either),
            generation => new SseItem<string>(JsonSerializer.Serialize(GenerationAnswer.Of(generation), ApiJson.Options), "generation")
            {
                EventId = generation.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            either => keys.EndOfAsync(caller, either), clock, host.ApplicationStopping, cancellationToken));
    }
}
