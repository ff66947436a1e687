using System.Globalization;

namespace ProductVideo.Exports;

/// <summary>Clips on listings as CSV.</summary>
internal static class ListedClipsCsv
{
    private static readonly string[] Heading = ["shop", "product", "title", "generation", "address", "seconds", "provider", "cost", "currency", "published_at"];

    /// <summary>Writes clips as they come; <paramref name="target"/> stays open.</summary>
    public static Task WriteAsync(Stream target, IAsyncEnumerable<ListedClip> clips, CancellationToken cancellationToken) =>
        CsvExport.WriteAsync(target, Heading, clips, Cells, cancellationToken);

    private static string[] Cells(ListedClip clip) =>
    [
        clip.Shop, clip.Product, clip.Title, clip.Generation.ToString(), clip.Address ?? "", clip.Seconds.ToString("0.##", CultureInfo.InvariantCulture), clip.Provider,
        clip.Cost.Amount.ToString("0.00####", CultureInfo.InvariantCulture), clip.Cost.Currency,
        clip.PublishedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    ];
}
