using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Generations;
using ProductVideo.Security;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary><c>/budgets</c> and <c>/spend</c>: caps, and where the money went.</summary>
internal static class SpendingEndpoints
{
    /// <summary>Of ISO 8601; UTC where no offset is named.</summary>
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static void Map(RouteGroupBuilder api)
    {
        var (read, manage) = (ProductVideoAuth.PolicyFor(Scopes.SpendingRead), ProductVideoAuth.PolicyFor(Scopes.SpendingManage));
        var group = api.MapGroup("").WithTags("Spending");
        group.MapGet("/budgets", BudgetsAsync).RequireAuthorization(read).WithName("ListBudgets").Produces<PageAnswer<BudgetAnswer>>()
            .WithSummary("The caps on spending, each with what is held, spent and left in its current day or month. A key of one shop sees that shop's.");
        group.MapPut("/budgets", PutAsync).RequireAuthorization(manage).WithName("PutBudget").Accepts<BudgetBody>("application/json")
            .Produces<BudgetAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Sets the cap of this scope, subject, period and currency. It counts what the current period has cost so far.");
        group.MapDelete("/budgets/{id:guid}", DeleteAsync).RequireAuthorization(manage).WithName("DeleteBudget")
            .Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Lifts a cap. What was spent stays in the ledger.");
        group.MapGet("/spend", SpendAsync).RequireAuthorization(read).WithName("ListSpend").Produces<PageAnswer<SpendAnswer>>().ProducesProblem(400)
            .WithSummary("The ledger, newest first: holds, settlements and releases written from 'from' on and before 'to'.");
        group.MapGet("/spend.csv", CsvAsync).RequireAuthorization(read).WithName("DownloadSpend").Produces<string>(200, "text/csv").ProducesProblem(400)
            .WithSummary("The ledger as CSV, oldest first.");
    }

    private static async Task<IResult> BudgetsAsync(ClaimsPrincipal caller, Budgets budgets, CancellationToken cancellationToken) =>
        ApiJson.Ok(new PageAnswer<BudgetAnswer>(
            [.. (await budgets.ListAsync(ProductVideoAuth.ShopOf(caller), cancellationToken)).Select(BudgetAnswer.Of)], Next: null));

    private static async Task<IResult> PutAsync(
        HttpRequest request, ClaimsPrincipal caller, Budgets budgets, BudgetRules rules, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        var budget = (await ApiJson.ReadAsync<BudgetBody>(request)).ToBudget();
        rules.Demand(budget);
        return ApiJson.Ok(BudgetAnswer.Of(await budgets.PutAsync(budget, cancellationToken)));
    }

    private static async Task<IResult> DeleteAsync(ClaimsPrincipal caller, Budgets budgets, Guid id, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        await budgets.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> SpendAsync(
        ClaimsPrincipal caller, SpendLedger ledger, string? from, string? to, string? shop, string? cursor, string? take, CancellationToken cancellationToken)
    {
        var count = Caller.Take(take);
        var page = await ledger.ListAsync(FilterOf(caller, from, to, shop), Caller.Cursor(cursor), count, cancellationToken);
        return ApiJson.Ok(new PageAnswer<SpendAnswer>([.. page.Select(SpendAnswer.Of)], page.Count < count ? null : page[^1].Id.ToString()));
    }

    private static IResult CsvAsync(ClaimsPrincipal caller, SpendLedger ledger, string? from, string? to, string? shop, CancellationToken cancellationToken)
    {
        var filter = FilterOf(caller, from, to, shop);
        return Results.Stream(target => SpendCsv.WriteAsync(target, ledger.StreamAsync(filter, cancellationToken), cancellationToken), SpendCsv.ContentType, "spend.csv");
    }

    private static SpendFilter FilterOf(ClaimsPrincipal caller, string? from, string? to, string? shop) =>
        new(shop is null ? ProductVideoAuth.ShopOf(caller) : Caller.ShopFor(caller, shop), Time(from, "from"), Time(to, "to"));

    private static DateTimeOffset? Time(string? text, string field) =>
        text is null ? null
        : DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Caller.Bad(field, $"'{field}' is a day or a time of ISO 8601, for example 2026-11-01 or 2026-11-01T08:00:00Z.");
}
