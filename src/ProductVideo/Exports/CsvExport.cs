using CsvHelper;

namespace ProductVideo.Exports;

/// <summary>Rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe instead.</summary>
internal static class CsvExport
{
    /// <summary>Writes rows as they come; <paramref name="target"/> stays open.</summary>
    public static async Task WriteAsync<T>(Stream target, string[] heading, IAsyncEnumerable<T> rows, Func<T, string[]> cells, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(target, CsvWriterOptions.Default with { Injection = CsvInjection.Escape }, leaveOpen: true);
        await csv.WriteRecordAsync(heading, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            await csv.WriteRecordAsync(cells(row), cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }
}
