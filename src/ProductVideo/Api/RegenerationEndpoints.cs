using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>…/products/{product}/generations</c>: a video of a product, or of many, only where one is needed.</summary>
internal static class RegenerationEndpoints
{
    /// <summary>More products than this are imported, or chosen by what they are.</summary>
    private const int MostProducts = 10_000;

    private const string PricesMissing =
        "'prices' is missing: the most that all of it may cost, for example [{\"amount\": 25, \"currency\": \"EUR\"}]; [] where it must cost nothing.";

    public static void Map(RouteGroupBuilder api)
    {
        var create = ProductVideoAuth.PolicyFor(Scopes.Create);
        var group = api.MapGroup("").WithTags("Regeneration").RequireAuthorization(create);
        Describe(group.MapPost("/products/{product}/generations", (HttpContext context, ClaimsPrincipal caller, Regenerations regenerations, Shops shops, string product, string? shop, CancellationToken token) =>
            OneAsync(context, caller, regenerations, shops, shop, product, token)), "RefreshVideo");
        Describe(group.MapPost("/shops/{shop}/products/{product}/generations", (HttpContext context, ClaimsPrincipal caller, Regenerations regenerations, Shops shops, string shop, string product, CancellationToken token) =>
            OneAsync(context, caller, regenerations, shops, shop, product, token)), "RefreshVideoOfShop");
        group.MapPost("/shops/{shop}/products/generations", ManyAsync).WithName("RefreshVideos").Accepts<RefreshManyBody>("application/json")
            .Produces<BackfillAnswer>(202).Produces<BackfillAnswer>(200).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
            .TakesIdempotencyKey().WithSummary("Makes a video of each of these products that has none or has an outdated one, as a backfill. It starts by itself if it costs no more than 'prices'.");
    }

    private static void Describe(RouteHandlerBuilder one, string name) =>
        one.WithName(name).Accepts<RefreshBody>("application/json").Produces<RegenerationAnswer>(202).Produces<RegenerationAnswer>(200)
            .ProducesProblem(400).ProducesProblem(402).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503)
            .TakesIdempotencyKey().WithSummary("Orders the product's first video, with the wishes in the body, or a new one if something that matters changed. 202 for a new order; 200 otherwise, and why. 409 price_not_agreed, with 'prices', if it costs more than 'agreed'.");

    private static async Task<IResult> OneAsync(
        HttpContext context, ClaimsPrincipal caller, Regenerations regenerations, Shops shops, string? shop, string product, CancellationToken cancellationToken)
    {
        if (shop is not null)
            Caller.ShopFor(caller, shop);
        var body = await ApiJson.ReadAsync<RefreshBody>(context.Request);
        if (body.AutoApprove)
            Caller.DemandReview(caller, "autoApprove");
        if (shop is not null && body.Shop is not null && body.Shop != shop)
            throw Caller.Bad("shop", "The address and the body name different shops.");
        var owner = Caller.ShopFor(caller, shop ?? body.Shop ?? Caller.OnlyShop(caller, shops));
        var made = await regenerations.OrderAsync(
            new ProductRef(owner, product), body.ToWishes(), Caller.Requester(caller, body.ToAgreed()), Caller.IdempotencyKey(context.Request, caller), cancellationToken);
        if (made.Video is { } video)
            context.Response.Headers.Location = $"{ApiPaths.Root}/generations/{video.Id}";
        return ApiJson.Ok(RegenerationAnswer.Of(made), made.IsNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ManyAsync(HttpContext context, ClaimsPrincipal caller, BackfillDesk desk, string shop, CancellationToken cancellationToken)
    {
        Caller.ShopFor(caller, shop);
        var body = await ApiJson.ReadAsync<RefreshManyBody>(context.Request, BackfillBody.MaxBody);
        var products = BodyLists.Words(body.Products, "products");
        if (products.Count is 0 or > MostProducts)
            throw Caller.Bad("products", $"'products' are the shop's ids of 1 to {MostProducts} products. Make a backfill for more.");
        var plan = new BackfillPlan { Scope = new BackfillScope { Changed = true, Restyled = true }, Recipe = (body.Recipe ?? new()).ToRecipe() };
        var wanted = new NewBackfill(shop, body.Name ?? NameOf(products), plan, products, Caller.Requester(caller))
        {
            Key = Caller.IdempotencyKey(context.Request, caller),
            Agreed = MoneyBody.Prices(body.Prices, PricesMissing),
        };
        var created = await desk.CreateAsync(wanted, cancellationToken);
        context.Response.Headers.Location = ApiPaths.Backfill(created.Backfill);
        return ApiJson.Ok(BackfillAnswer.Of(created.Backfill), created.IsNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>Each product counts once, however often it was named.</summary>
    private static string NameOf(IReadOnlyList<string> products) =>
        $"{BackfillWords.Count(ProductNames.Each(products).Count(), "product")}, asked for by a program";
}

/// <summary>A video where one is needed. The wishes are for a first one; a new one follows the recipe of the old.</summary>
internal sealed record RefreshBody : OrderBody
{
    /// <summary>Shop key, where the address names none; may be left out where there is only one.</summary>
    public string? Shop { get; init; }
}

/// <summary>Videos of many products, where they are needed.</summary>
internal sealed record RefreshManyBody
{
    /// <summary>The shop's ids of 1 to 10,000 products.</summary>
    [Required]
    public IReadOnlyList<string>? Products { get; init; }

    /// <summary>The most that all of it may cost, one amount for each currency; empty where it must cost nothing.</summary>
    [Required]
    public IReadOnlyList<MoneyBody>? Prices { get; init; }

    /// <summary>How the videos are made; what is left out is chosen for each product.</summary>
    public BackfillRecipeBody? Recipe { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public string? Name { get; init; }
}
