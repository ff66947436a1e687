using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Security;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>The ledger as a file for those who may see the pages; the API's own is for keys.</summary>
internal static class LedgerDownload
{
    public const string Path = "/spending/spend.csv";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, (ClaimsPrincipal visitor, [FromServices] SpendLedger ledger, CancellationToken cancellationToken) =>
            {
                var entries = ledger.StreamAsync(new SpendFilter(ProductVideoAuth.ShopOf(visitor)), cancellationToken);
                return Results.Stream(target => SpendCsv.WriteAsync(target, entries, cancellationToken), SpendCsv.ContentType, "spend.csv");
            })
            .RequireAuthorization(ProductVideoAuth.AdminPolicy).ExcludeFromDescription().WithSecurityHeaders();
}
