using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Accounts;
using ProductVideo.Generations;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/accounts</c> and <c>/stops</c>: how the provider accounts stand, and the kill switches.</summary>
internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var (read, manage) = (ProductVideoAuth.PolicyFor(Scopes.SpendingRead), ProductVideoAuth.PolicyFor(Scopes.SpendingManage));
        var group = api.MapGroup("").WithTags("Provider accounts");
        group.MapGet("/accounts", AccountsAsync).RequireAuthorization(read).WithName("ListAccounts").Produces<PageAnswer<AccountAnswer>>()
            .WithSummary("The provider accounts: limits, waits, and whether orders are held back because the provider fails.");
        group.MapPost("/accounts/{account}/reopen", ReopenAsync).RequireAuthorization(manage).WithName("ReopenAccount")
            .Accepts<EmptyBody>("application/json").Produces(204).ProducesProblem(403).ProducesProblem(422)
            .WithSummary("Says that what closed an account is mended, for example a new key or more credit; what waits goes on.");
        group.MapPost("/accounts/{account}/test", TestAsync).RequireAuthorization(manage).WithName("TestAccount")
            .Accepts<EmptyBody>("application/json").Produces<AccountTestAnswer>().ProducesProblem(403).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Asks the provider, by a call that costs nothing, whether it lets us in; if it does, what waits goes on.");
        group.MapGet("/stops", StopsAsync).RequireAuthorization(read).WithName("ListStops").Produces<PageAnswer<StopAnswer>>()
            .WithSummary("What is stopped by a person: while it is, nothing new is sent; what was sent is followed to its end.");
        group.MapPut("/stops", StopAsync).RequireAuthorization(manage).WithName("Stop").Accepts<StopBody>("application/json")
            .Produces<PageAnswer<StopAnswer>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Stops new orders of everything, one provider or one shop.");
        group.MapDelete("/stops/{scope}", ResumeAsync).RequireAuthorization(manage).WithName("EndStop")
            .Produces(204).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Ends a stop; what waited goes on.");
    }

    private static async Task<IResult> AccountsAsync(ProviderAccounts accounts, AccountsOptions options, CancellationToken cancellationToken) =>
        ApiJson.Ok(new PageAnswer<AccountAnswer>([.. (await accounts.StandingsAsync(cancellationToken)).Select(account => AccountAnswer.Of(account, options))], Next: null));

    private static async Task<IResult> ReopenAsync(
        HttpRequest request, ClaimsPrincipal caller, ProviderAccounts accounts, string account, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        await ApiJson.ReadAsync<EmptyBody>(request);
        await accounts.ReopenAsync(account, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> TestAsync(
        HttpRequest request, ClaimsPrincipal caller, ProviderAccounts accounts, string account, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        await ApiJson.ReadAsync<EmptyBody>(request);
        var fault = await accounts.TestAsync(account, cancellationToken);
        return ApiJson.Ok(new AccountTestAnswer(fault is null, fault?.MerchantText, fault?.OperatorText));
    }

    private static async Task<IResult> StopsAsync(ClaimsPrincipal caller, SubmitSwitches stops, CancellationToken cancellationToken)
    {
        var own = ProductVideoAuth.ShopOf(caller);
        var seen = (await stops.ListAsync(cancellationToken))
            .Where(stop => own is null || !stop.Scope.StartsWith("shop:", StringComparison.Ordinal) || stop.Scope == SubmitSwitches.Shop(own));
        return ApiJson.Ok(new PageAnswer<StopAnswer>([.. seen.Select(StopAnswer.Of)], Next: null));
    }

    private static async Task<IResult> StopAsync(HttpRequest request, ClaimsPrincipal caller, SubmitSwitches stops, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        var body = await ApiJson.ReadAsync<StopBody>(request);
        await stops.PauseAsync(body.Scope ?? SubmitSwitches.All, Caller.Name(caller), body.Why ?? "", cancellationToken);
        return await StopsAsync(caller, stops, cancellationToken);
    }

    private static async Task<IResult> ResumeAsync(ClaimsPrincipal caller, SubmitSwitches stops, string scope, CancellationToken cancellationToken)
    {
        Caller.DemandAllShops(caller);
        return await stops.ResumeAsync(scope, cancellationToken)
            ? Results.NoContent()
            : throw new RefusedException(
                RefusalKind.NotFound, new Problem("unknown_stop", $"'{scope}' is not stopped.", $"No switch '{scope}' is on."), "scope");
    }
}
