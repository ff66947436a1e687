namespace ProductVideo.Storefronts.Folder;

/// <summary>A mistake in a shop's folder that a person must mend. It holds back the product it names and no other.</summary>
/// <param name="File">Relative to the folder, for example <c>products.csv</c>.</param>
/// <param name="Row">As a spreadsheet counts, the heading is row 1; in JSON the line; null where the whole file is meant.</param>
/// <param name="Column">The heading of the column, or the JSON member; null where the whole row is meant.</param>
/// <param name="ProductId">The product that is held back; null where the mistake concerns no single product.</param>
/// <param name="Text">What is wrong and the way out, for the merchant.</param>
internal sealed record FolderProblem(string File, int? Row, string? Column, string? ProductId, string Text)
{
    public override string ToString()
    {
        var row = Row is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", row {number}") : "";
        var column = Column is { } name ? $", column “{name}”" : "";
        return $"{File}{row}{column}: {Text}";
    }
}
