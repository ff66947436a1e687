using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>A product as the catalogue index knows it; see <c>CatalogIndex/CatalogProducts</c>.</summary>
internal sealed class CatalogProductRow
{
    public required string Shop { get; set; }
    public required string ProductId { get; set; }
    public required string Title { get; set; }

    /// <summary>By which lists of products name it that know no ids.</summary>
    public string? Handle { get; set; }

    public string? Vendor { get; set; }
    public string? ProductType { get; set; }

    /// <summary>Parted by line feeds.</summary>
    public required string Tags { get; set; }

    /// <summary>Parted by line feeds.</summary>
    public required string Collections { get; set; }

    /// <summary>Millionths.</summary>
    public long? Price { get; set; }

    public string? Currency { get; set; }
    public int? Stock { get; set; }
    public long? Sold { get; set; }
    public bool IsPublished { get; set; }
    public int Pictures { get; set; }
    public required string Version { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>See <c>Catalog/ListedContent</c>; null until it is seen again, of rows from before that was written down.</summary>
    public string? Content { get; set; }

    /// <summary>When that content was first seen.</summary>
    public DateTimeOffset? ContentAt { get; set; }

    /// <summary>When a scan or a look last saw it listed.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The flags of <c>Lacks</c>; 0 where nothing is to be done.</summary>
    public int Lacks { get; set; }

    public Guid? Video { get; set; }
    public string? Template { get; set; }
    public Guid? UnderWay { get; set; }

    /// <summary>A name of <c>VainEnd</c>.</summary>
    public string? EndedAs { get; set; }

    public string? EndedFor { get; set; }

    /// <summary>See <c>CatalogProduct.EndedAt</c>.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A backfill; what is searched has a column, all else is in documents.</summary>
internal sealed class BackfillRow
{
    /// <summary>The state of one that was deleted, and of which rows are left. Nobody sees it: queries pass it over unless they ask for it.</summary>
    public const string Deleted = nameof(Deleted);

    public Guid Id { get; set; }
    public required string Shop { get; set; }
    public required string Name { get; set; }

    /// <summary>A name of <c>BackfillState</c>, or <see cref="Deleted"/>.</summary>
    public required string State { get; set; }

    /// <summary>JSON of the <c>BackfillPlan</c>.</summary>
    public required string Plan { get; set; }

    public Guid? RunOf { get; set; }
    public string? ApiKey { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>JSON of the <c>BackfillQuote</c>.</summary>
    public string? Quote { get; set; }

    /// <summary>When the dry run came to its end; while it goes on, when it began.</summary>
    public DateTimeOffset? QuotedAt { get; set; }

    /// <summary>JSON of the <c>Consent</c>.</summary>
    public string? Consent { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateTimeOffset? PausedAt { get; set; }
    public TimeSpan PausedFor { get; set; }
    public string? StoppedBy { get; set; }

    /// <summary>JSON of the <c>Problem</c>.</summary>
    public string? Problem { get; set; }

    public long Version { get; set; }

    /// <summary>0 for the first to order, 2 for the last.</summary>
    public int Priority { get; set; }

    /// <summary>The last product that the dry run went through; null at its beginning.</summary>
    public string? Cursor { get; set; }

    /// <summary>How many products the dry run left out of scope so far.</summary>
    public int OutOfScope { get; set; }

    /// <summary>JSON of how many products were left out, by <c>SkipReason</c>, that have no row in <c>backfill_items</c>: never had one, or no more.</summary>
    public string? LeftOut { get; set; }

    /// <summary>The code with which the last videos failed, one after the other.</summary>
    public string? FailureCode { get; set; }

    /// <summary>How many did.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? DueAt { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>One video of a backfill, or a product of which none is made.</summary>
internal sealed class BackfillItemRow
{
    public Guid BackfillId { get; set; }
    public required string ProductId { get; set; }

    /// <summary>The ratio wished for; empty for the one that suits.</summary>
    public required string Aspect { get; set; }

    /// <summary>A name of <c>ItemState</c>.</summary>
    public required string State { get; set; }

    /// <summary>A name of <c>SkipReason</c>, where it is skipped.</summary>
    public string? Reason { get; set; }

    /// <summary>The lower, the sooner.</summary>
    public long Rank { get; set; }

    public string? Provider { get; set; }

    /// <summary>Millionths: as quoted, and as ordered once it is.</summary>
    public long Price { get; set; }

    public string? Currency { get; set; }

    /// <summary>Hundredths of a second, as quoted.</summary>
    public int Length { get; set; }

    public Guid? GenerationId { get; set; }
    public DateTimeOffset? OrderedAt { get; set; }

    /// <summary>JSON of the <c>Problem</c> for which it could not be ordered or made, or is in doubt.</summary>
    public string? Problem { get; set; }
}

/// <summary>A product that was named for a backfill.</summary>
internal sealed class BackfillNameRow
{
    public Guid BackfillId { get; set; }
    public required string ProductId { get; set; }
}

internal static class BackfillTables
{
    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CatalogProductRow>(row =>
        {
            row.ToTable("catalog_products");
            row.HasKey(r => new { r.Shop, r.ProductId });
            // "Which products need a video" is a walk through this alone.
            row.HasIndex(r => new { r.Shop, r.ProductId, r.Lacks }).HasFilter("\"Lacks\" <> 0").HasDatabaseName("catalog_products_lacking");
            row.HasIndex(r => new { r.Shop, r.Handle }).HasFilter("\"Handle\" IS NOT NULL");
        });
        modelBuilder.Entity<BackfillRow>(row =>
        {
            row.ToTable("backfills");
            row.HasKey(r => r.Id);
            row.HasQueryFilter(r => r.State != BackfillRow.Deleted);
            row.HasIndex(r => new { r.Priority, r.DueAt }).HasFilter("\"DueAt\" IS NOT NULL");
            row.HasIndex(r => new { r.Shop, r.CreatedAt });
        });
        modelBuilder.Entity<BackfillNameRow>(row =>
        {
            row.ToTable("backfill_names");
            row.HasKey(r => new { r.BackfillId, r.ProductId });
        });
        modelBuilder.Entity<BackfillItemRow>(row =>
        {
            row.ToTable("backfill_items");
            row.HasKey(r => new { r.BackfillId, r.ProductId, r.Aspect });
            row.HasIndex(r => new { r.BackfillId, r.State, r.Rank, r.ProductId, r.Aspect });
            row.HasIndex(r => new { r.BackfillId, r.Rank, r.ProductId, r.Aspect });
            // See WeekQuota: no other shop's orders are counted.
            row.HasIndex(r => new { r.BackfillId, r.OrderedAt }).HasFilter("\"OrderedAt\" IS NOT NULL");
        });
    }
}
