using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data.Archive;

/// <summary>How far a chore is, and who is at it.</summary>
internal sealed class ChoreRow
{
    public required string Name { get; set; }

    /// <summary>When it goes on or begins again.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Where it goes on; null for its beginning.</summary>
    public long? From { get; set; }

    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<ChoreRow>(row =>
    {
        row.ToTable("chores");
        row.HasKey(r => r.Name);
    });
}
