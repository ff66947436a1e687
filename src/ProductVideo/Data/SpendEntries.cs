namespace ProductVideo.Data;

/// <summary>Writes many entries of the ledger, past the change tracker, which would take most of a batch's time.</summary>
internal static class SpendEntries
{
    private static readonly ManyRows<SpendEntryRow> Table = ManyRows<SpendEntryRow>.Insert(
        "spend_entries",
        [
            new("Id", ColumnType.Guid, entry => entry.Id),
            new("At", ColumnType.Long, entry => entry.At.UtcTicks),
            new("OrderedAt", ColumnType.Long, entry => entry.OrderedAt.UtcTicks),
            new("GenerationId", ColumnType.Guid, entry => entry.GenerationId),
            new("Kind", ColumnType.Text, entry => entry.Kind.ToString()),
            new("Held", ColumnType.Long, entry => entry.Held),
            new("Spent", ColumnType.Long, entry => entry.Spent),
            new("Currency", ColumnType.Text, entry => entry.Currency),
            new("Shop", ColumnType.Text, entry => entry.Shop),
            new("ProductId", ColumnType.Text, entry => entry.ProductId),
            new("Provider", ColumnType.Text, entry => entry.Provider),
            new("Model", ColumnType.Text, entry => entry.Model),
            new("Account", ColumnType.Text, entry => entry.Account),
            new("ApiKey", ColumnType.Text, entry => entry.ApiKey),
            new("Backfill", ColumnType.Text, entry => entry.Backfill),
            new("RequestedBy", ColumnType.Text, entry => entry.RequestedBy),
            new("Note", ColumnType.Text, entry => entry.Note),
        ]);

    /// <summary>Within an open transaction. One that is there already undoes them all, as it does where it is written by itself.</summary>
    public static Task InsertAsync(ProductVideoDb db, IReadOnlyList<SpendEntryRow> entries, CancellationToken cancellationToken) =>
        db.WriteManyAsync(Table, entries, cancellationToken);
}
