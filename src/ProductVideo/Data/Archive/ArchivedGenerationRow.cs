using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data.Archive;

/// <summary>A generation that ended long ago and is on no listing: what is still searched has a column, the whole row is packed.</summary>
internal sealed class ArchivedGenerationRow
{
    public Guid Id { get; set; }
    public required string Shop { get; set; }
    public required string ProductId { get; set; }
    public required string State { get; set; }
    public required string Provider { get; set; }

    /// <summary>Its task at the provider: that can't become another generation's.</summary>
    public string? RemoteId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Compressed JSON of the <see cref="GenerationRow"/>. A later version's row must be readable from it, so none may gain a required member.</summary>
    public required byte[] Packed { get; set; }

    internal static ArchivedGenerationRow Of(GenerationRow row) => new()
    {
        Id = row.Id,
        Shop = row.Shop,
        ProductId = row.ProductId,
        State = row.State,
        Provider = row.Provider,
        RemoteId = row.RemoteId,
        CreatedAt = row.CreatedAt,
        Packed = PackedJson.Pack(row),
    };

    internal GenerationRow Unpack() => PackedJson.Unpack<GenerationRow>(Packed);

    internal static void Map(ModelBuilder model)
    {
        model.Entity<ArchivedGenerationRow>(row =>
        {
            row.ToTable("archived_generations");
            row.HasKey(r => r.Id);
            row.HasIndex(r => new { r.Provider, r.RemoteId }).IsUnique().HasFilter("\"RemoteId\" IS NOT NULL");
        });
        // What may be put away, the oldest end first; see GenerationArchive.
        model.Entity<GenerationRow>().HasIndex(r => r.UpdatedAt)
            .HasFilter("\"State\" IN ('Failed', 'Rejected', 'Cancelled', 'Withdrawn')").HasDatabaseName("generations_at_rest");
        // See EndedRenderOrders.
        model.Entity<RenderOrderRow>().HasIndex(r => new { r.CreatedAt, r.Id })
            .HasFilter("\"State\" IN ('Done', 'Failed', 'Stopped')").HasDatabaseName("render_orders_ended");
    }
}
