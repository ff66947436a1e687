using Microsoft.EntityFrameworkCore;
using ProductVideo.Spending;

namespace ProductVideo.Data;

/// <summary>A cap as stored; see <see cref="Budget"/>.</summary>
internal sealed class BudgetRow
{
    public Guid Id { get; set; }
    public BudgetScope Scope { get; set; }

    /// <summary>Empty where <see cref="Budget.Subject"/> is null, so that a unique index tells two apart in every engine.</summary>
    public required string Subject { get; set; }

    public BudgetPeriod Period { get; set; }

    /// <summary>Millionths.</summary>
    public long Cap { get; set; }

    public required string Currency { get; set; }
    public required string TimeZone { get; set; }
    public bool FromConfiguration { get; set; }
    public bool OfRun { get; set; }
}

/// <summary>What the ledger adds up to for one cap in one period: kept beside it so that a hold is one conditional update.</summary>
internal sealed class BudgetPeriodRow
{
    public Guid BudgetId { get; set; }

    /// <summary><see cref="BudgetPeriods.KeyOf"/>.</summary>
    public required string Period { get; set; }

    /// <summary>Millionths put aside for what is under way or in doubt.</summary>
    public long Held { get; set; }

    /// <summary>Millionths spent.</summary>
    public long Spent { get; set; }
}

/// <summary>One move of money. Rows are only ever added; their sums are the truth that <see cref="BudgetPeriodRow"/> repeats.</summary>
internal sealed class SpendEntryRow
{
    public Guid Id { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>When the video was ordered: this decides the day and month that all its money belongs to.</summary>
    public DateTimeOffset OrderedAt { get; set; }

    public Guid GenerationId { get; set; }
    public MoneyMoveKind Kind { get; set; }

    /// <summary>Millionths by which the held money changes.</summary>
    public long Held { get; set; }

    /// <summary>Millionths by which the spent money changes.</summary>
    public long Spent { get; set; }

    public required string Currency { get; set; }
    public required string Shop { get; set; }
    public required string ProductId { get; set; }
    public required string Provider { get; set; }
    public required string Model { get; set; }

    /// <summary>Always null: a provider has one account. Readers of the ledger know the column.</summary>
    public string? Account { get; set; }

    public string? ApiKey { get; set; }
    public string? Backfill { get; set; }
    public required string RequestedBy { get; set; }

    /// <summary>One of <see cref="MoneyNotes"/>.</summary>
    public string? Note { get; set; }
}

internal static class SpendingTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<BudgetRow>(row =>
        {
            row.ToTable("budgets");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Scope).HasConversion<string>();
            row.Property(r => r.Period).HasConversion<string>();
            row.HasIndex(r => new { r.Scope, r.Subject, r.Period, r.Currency, r.OfRun }).IsUnique();
        });
        model.Entity<BudgetPeriodRow>(row =>
        {
            row.ToTable("budget_periods");
            row.HasKey(r => new { r.BudgetId, r.Period });
            row.HasOne<BudgetRow>().WithMany().HasForeignKey(r => r.BudgetId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<SpendEntryRow>(row =>
        {
            row.ToTable("spend_entries");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Kind).HasConversion<string>();
            // Money is held once and settled once, whatever else goes wrong.
            // Each generation's own money moves once in each way; what a late duplicate cost stands beside it.
            row.HasIndex(r => new { r.GenerationId, r.Kind }).IsUnique()
                .HasFilter($"\"Note\" IS NULL OR \"Note\" <> '{Spending.MoneyNotes.Duplicate}'");
            // SQLite does not see that a query means the rows of the index above.
            row.HasIndex(r => r.GenerationId);
            row.HasIndex(r => new { r.At, r.Id });
            row.HasIndex(r => new { r.Currency, r.OrderedAt });
            row.HasIndex(r => r.Backfill).HasFilter("\"Backfill\" IS NOT NULL");
        });
    }
}
