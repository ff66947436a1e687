using System.Globalization;
using ProductVideo.Exports;

namespace ProductVideo.Spending;

/// <summary>The ledger as CSV.</summary>
internal static class SpendCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] Heading =
    [
        "at", "ordered_at", "generation", "shop", "product", "provider", "model", "account", "api_key", "backfill", "requested_by", "kind", "amount",
        "currency", "note", "id",
    ];

    /// <summary>Writes entries as they come; <paramref name="target"/> stays open.</summary>
    public static Task WriteAsync(Stream target, IAsyncEnumerable<SpendEntry> entries, CancellationToken cancellationToken) =>
        CsvExport.WriteAsync(target, Heading, entries, Cells, cancellationToken);

    private static string[] Cells(SpendEntry entry) =>
    [
        Time(entry.At), Time(entry.OrderedAt), entry.Generation.ToString(), entry.Shop, entry.Product, entry.Provider, entry.Model, entry.Account ?? "",
        entry.ApiKey ?? "", entry.Backfill ?? "", entry.RequestedBy, entry.Move.Kind.ToString().ToLowerInvariant(),
        entry.Move.Amount.Amount.ToString("0.00####", CultureInfo.InvariantCulture), entry.Move.Amount.Currency, entry.Move.Note ?? "", entry.Id.ToString(),
    ];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
