using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>Which migrations a database has had, and whether this program knows them.</summary>
internal static class KnownMigrations
{
    /// <returns>Whether some are still to be done.</returns>
    /// <exception cref="DatabaseUnavailableException">A newer version was at it: what an older one would read and write there follows rules that no longer hold.</exception>
    public static async Task<bool> ArePendingAsync(ProductVideoDb db, string name, CancellationToken cancellationToken)
    {
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = db.Database.GetMigrations().ToList();
        return applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } newest
            ? throw new DatabaseUnavailableException(
                $"{name}: this database was used by a newer ProductVideo ({newest}). Start that version, or put back the backup from before it.")
            : known.Except(applied, StringComparer.Ordinal).Any();
    }
}
