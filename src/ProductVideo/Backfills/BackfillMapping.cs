using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>Backfills between the program and the database.</summary>
internal static class BackfillMapping
{
    /// <summary>Rows of a dry run. One that is there is written over.</summary>
    public static readonly ManyRows<BackfillItemRow> Items = ManyRows<BackfillItemRow>.Insert(
        "backfill_items",
        [
            new("BackfillId", ColumnType.Guid, item => item.BackfillId),
            new("ProductId", ColumnType.Text, item => item.ProductId),
            new("Aspect", ColumnType.Text, item => item.Aspect),
            new("State", ColumnType.Text, item => item.State),
            new("Reason", ColumnType.Text, item => item.Reason),
            new("Rank", ColumnType.Long, item => item.Rank),
            new("Provider", ColumnType.Text, item => item.Provider),
            new("Price", ColumnType.Long, item => item.Price),
            new("Currency", ColumnType.Text, item => item.Currency),
            new("Length", ColumnType.Int, item => item.Length),
        ],
        """
        ("BackfillId", "ProductId", "Aspect") DO UPDATE SET
          "State" = excluded."State", "Reason" = excluded."Reason", "Rank" = excluded."Rank", "Provider" = excluded."Provider",
          "Price" = excluded."Price", "Currency" = excluded."Currency", "Length" = excluded."Length"
        """);

    /// <summary>Leaves out what still waits.</summary>
    public static readonly ManyRows<BackfillItemRow> Skips = new(
        """
        UPDATE backfill_items SET "State" = 'Skipped', "Reason" = @reason {FROM}
        WHERE backfill_items."BackfillId" = v."BackfillId" AND backfill_items."ProductId" = v."ProductId" AND backfill_items."Aspect" = v."Aspect"
          AND backfill_items."State" = 'Waiting'
        """,
        [
            new("BackfillId", ColumnType.Guid, item => item.BackfillId),
            new("ProductId", ColumnType.Text, item => item.ProductId),
            new("Aspect", ColumnType.Text, item => item.Aspect),
        ]);

    /// <summary>A dry run that goes on has not ended, so its one time is when it began; see <see cref="BackfillRow.QuotedAt"/>.</summary>
    public static Backfill ToBackfill(BackfillRow row) => new()
    {
        Id = row.Id,
        Shop = row.Shop,
        Name = row.Name,
        Plan = Json.Read<BackfillPlan>(row.Plan),
        State = Enum.Parse<BackfillState>(row.State),
        RunOf = row.RunOf,
        ApiKey = row.ApiKey,
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        Quote = row.Quote is { } quote ? Json.Read<BackfillQuote>(quote) : null,
        QuotingSince = row.State == nameof(BackfillState.Quoting) ? row.QuotedAt : null,
        QuotedAt = row.State == nameof(BackfillState.Quoting) ? null : row.QuotedAt,
        Consent = row.Consent is { } consent ? Json.Read<Consent>(consent) : null,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        PausedAt = row.PausedAt,
        PausedFor = row.PausedFor,
        StoppedBy = row.StoppedBy,
        Problem = row.Problem is { } problem ? Json.Read<Problem>(problem) : null,
        DueAt = row.DueAt,
        Version = row.Version,
    };

    public static BackfillRow ToRow(Backfill backfill) => new()
    {
        Id = backfill.Id,
        Shop = backfill.Shop,
        Name = backfill.Name,
        State = backfill.State.ToString(),
        Plan = Json.Write(backfill.Plan),
        RunOf = backfill.RunOf,
        ApiKey = backfill.ApiKey,
        CreatedBy = backfill.CreatedBy,
        CreatedAt = backfill.CreatedAt,
        Quote = Text(backfill.Quote),
        QuotedAt = backfill.State is BackfillState.Quoting ? backfill.QuotingSince : backfill.QuotedAt,
        Consent = Text(backfill.Consent),
        StartedAt = backfill.StartedAt,
        EndedAt = backfill.EndedAt,
        PausedAt = backfill.PausedAt,
        PausedFor = backfill.PausedFor,
        StoppedBy = backfill.StoppedBy,
        Problem = Text(backfill.Problem),
        DueAt = backfill.DueAt,
        Version = backfill.Version,
        Priority = (int)backfill.Plan.Priority,
    };

    /// <summary>How many products are left out without a row, by reason.</summary>
    public static Dictionary<SkipReason, int> ToLeftOut(string? text) => text is null ? [] : Json.Read<Dictionary<SkipReason, int>>(text);

    /// <returns>null where there is none.</returns>
    public static string? ToText(IReadOnlyDictionary<SkipReason, int> leftOut) => leftOut.Count == 0 ? null : Json.Write(leftOut);

    private static string? Text<T>(T? document) where T : class => document is null ? null : Json.Write(document);
}
