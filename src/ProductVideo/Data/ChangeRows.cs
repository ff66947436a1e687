using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>A product whose clip is compared with its listing; see <c>Changes/WatchedProducts</c>.</summary>
internal sealed class WatchedProductRow
{
    public required string Shop { get; set; }
    public required string ProductId { get; set; }

    /// <summary><c>Current</c>, <c>Stale</c> or <c>Gone</c>.</summary>
    public required string State { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StateAt { get; set; }

    /// <summary>Names of <c>ChangeReason</c>, parted by commas; empty unless stale.</summary>
    public required string Reasons { get; set; }

    /// <summary>The product's version at the last look; null before it.</summary>
    public string? Version { get; set; }

    /// <summary>The product's version in the last scan: a shop's list may tell less than the product itself.</summary>
    public string? ListVersion { get; set; }

    /// <summary>Stands for the template's version and the shop's looks at the last look.</summary>
    public string? Style { get; set; }

    /// <summary>JSON of the <c>MadeFrom</c> of what would be made, at the last look.</summary>
    public string? Sources { get; set; }

    /// <summary>JSON of the <c>MadeFrom</c> that the look compares with.</summary>
    public string? MadeFrom { get; set; }

    /// <summary>The generation whose clip that is.</summary>
    public Guid? ClipId { get; set; }

    /// <summary>The generation that was ordered because the product changed.</summary>
    public Guid? RemakeId { get; set; }

    /// <summary>The hash of the <see cref="Sources"/> for which that was done, refused for good, or only told of: nothing more is ordered for them.</summary>
    public string? TriedFor { get; set; }

    /// <summary>JSON of the <c>Problem</c> that the last look or order met.</summary>
    public string? Problem { get; set; }

    /// <summary>Goes up with every hint, so that one that comes during a look leads to another.</summary>
    public long Hints { get; set; }

    /// <summary>The first hint since the last look.</summary>
    public DateTimeOffset? HintedAt { get; set; }

    /// <summary>When to look; null if nothing calls for it.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Looks in a row that met a problem.</summary>
    public int Tries { get; set; }

    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When a scan last saw it listed.</summary>
    public DateTimeOffset? ListedAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A shop whose products are watched: what is done about changes, and how far its scan is.</summary>
internal sealed class WatchedShopRow
{
    public required string Shop { get; set; }

    /// <summary>JSON of the <c>ChangePolicy</c>; null for the default.</summary>
    public string? Policy { get; set; }

    /// <summary>Who set it last.</summary>
    public string? PolicyBy { get; set; }

    public DateTimeOffset? PolicyAt { get; set; }

    /// <summary>Where the scan goes on; null for its beginning.</summary>
    public string? Cursor { get; set; }

    /// <summary>When the scan under way began; null between two.</summary>
    public DateTimeOffset? ScanSince { get; set; }

    /// <summary>When the last scan that came to its end did so.</summary>
    public DateTimeOffset? ScannedAt { get; set; }

    /// <summary>When the scan goes on or the next one begins.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Since when changes were not asked for; null where the shop lists none, and before its first scan.</summary>
    public DateTimeOffset? ChangesSince { get; set; }

    /// <summary>When the asking under way began; null between two.</summary>
    public DateTimeOffset? ChangesBegan { get; set; }

    /// <summary>Where it goes on; null for its beginning.</summary>
    public string? ChangesCursor { get; set; }

    /// <summary>When it goes on or the next one begins.</summary>
    public DateTimeOffset? ChangesDueAt { get; set; }

    /// <summary>Tries of a scan in a row that met a problem.</summary>
    public int Tries { get; set; }

    /// <summary>JSON of the <c>Problem</c> that the last of them met.</summary>
    public string? Problem { get; set; }

    /// <summary>When the shop told that it took our access away; null while it has not.</summary>
    public DateTimeOffset? UninstalledAt { get; set; }

    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

internal static class ChangeTables
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<WatchedProductRow>(row =>
        {
            row.ToTable("watched_products");
            row.HasKey(r => new { r.Shop, r.ProductId });
            row.HasIndex(r => r.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
        });
        modelBuilder.Entity<WatchedShopRow>(row =>
        {
            row.ToTable("watched_shops");
            row.HasKey(r => r.Shop);
        });
    }
}
