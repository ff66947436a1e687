using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Data;

namespace ProductVideo.Connecting;

/// <summary>Rotating tokens as encrypted rows, which all servers share. A row that the key ring does not open counts as none: the shop is connected again.</summary>
internal sealed class ShopTokenStore(IDbContextFactory<ProductVideoDb> databases, ConnectionSecrets secrets, IDatabaseClock clock) : IKeepShopTokens
{
    private const string Token = "token";

    public async Task<ShopToken?> ReadAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ShopTokens.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken) is { } row
            && secrets.Open(shop, row.Tokens)?.GetValueOrDefault(Token) is { } token ? Json.Read<ShopToken>(token) : null;
    }

    public async Task WriteAsync(string shop, ShopToken token, CancellationToken cancellationToken)
    {
        var (locked, now) = (secrets.Lock(shop, new Dictionary<string, string> { [Token] = Json.Write(token) }), (await clock.NowAsync(cancellationToken)).UtcTicks);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO shop_tokens ("Shop", "Tokens", "At") VALUES ({shop}, {locked}, {now})
             ON CONFLICT ("Shop") DO UPDATE SET "Tokens" = excluded."Tokens", "At" = excluded."At"
             """,
            cancellationToken);
    }
}
