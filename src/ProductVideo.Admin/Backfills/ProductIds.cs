namespace ProductVideo.Admin.Backfills;

/// <summary>Reads product ids out of a pasted list; files are read by <see cref="ProductVideo.Backfills.ProductNames"/>. Pure.</summary>
internal static class ProductIds
{
    private static readonly char[] Parts = ['\n', '\r', ',', ';', '\t'];

    /// <summary>One a line, or parted by commas, semicolons or tabs.</summary>
    public static IReadOnlyList<string> FromText(string text) => text.Split(Parts, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
