using Microsoft.EntityFrameworkCore;
using ProductVideo.Clips;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>Which shops want the clips that a model drew to say so in the picture.</summary>
internal sealed class ShopLabels(IDbContextFactory<ProductVideoDb> databases, Shops shops, IDatabaseClock clock) : IDecideLabels
{
    /// <returns>null where the shop never said; then none is drawn.</returns>
    public async Task<ShopLabel?> FindAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ShopLabels.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken) is { } row
            ? new ShopLabel(row.IsDrawn, row.By, row.At) : null;
    }

    /// <inheritdoc />
    public async Task<AiLabel?> OfAsync(string shop, GenerationOrder order, CancellationToken cancellationToken) =>
        order.MadeWithAi && await FindAsync(shop, cancellationToken) is { IsDrawn: true } ? AiLabel.In(order.Locale) : null;

    /// <summary>Counts for clips that are brought home from now on, whenever they were ordered; those that are stored stay as they are.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="isDrawn">Whether it wants one.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such shop.</exception>
    public async Task<ShopLabel> PutAsync(string shop, bool isDrawn, string by, CancellationToken cancellationToken)
    {
        shops.Get(shop);
        var now = await clock.NowAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO shop_labels ("Shop", "IsDrawn", "By", "At") VALUES ({shop}, {isDrawn}, {by}, {now.UtcTicks})
             ON CONFLICT ("Shop") DO UPDATE SET "IsDrawn" = excluded."IsDrawn", "By" = excluded."By", "At" = excluded."At"
             """,
            cancellationToken);
        return new ShopLabel(isDrawn, by, now);
    }
}

/// <summary>Decides what is drawn into a clip's pictures.</summary>
internal interface IDecideLabels
{
    /// <summary>What would be drawn now into those of an order's clip.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="order">What is made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>null for nothing: no model draws it, or the shop wants no label.</returns>
    Task<AiLabel?> OfAsync(string shop, GenerationOrder order, CancellationToken cancellationToken);
}

/// <summary>What a shop wants of its labels.</summary>
/// <param name="IsDrawn">Whether clips that a model drew carry one.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
internal sealed record ShopLabel(bool IsDrawn, string By, DateTimeOffset At);
