using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>What <c>shop.json</c> says about the shop as a whole.</summary>
/// <param name="Name">The shop's name.</param>
/// <param name="Currency">Of prices that name none; ISO 4217.</param>
/// <param name="Locale">Of products that name none; BCP 47.</param>
/// <param name="BrandColor"><c>#rrggbb</c>.</param>
/// <param name="Logo">A path inside the folder.</param>
internal sealed partial record ShopFile(string? Name, string? Currency, string? Locale, string? BrandColor, string? Logo)
{
    public const string FileName = "shop.json";

    public static ShopFile Empty { get; } = new(null, null, null, null, null);

    /// <summary>The sound part of the file; each unsound member is left out and reported.</summary>
    public static (ShopFile Shop, IReadOnlyList<FolderProblem> Problems) Parse(string json)
    {
        Content? read;
        try
        {
            read = JsonSerializer.Deserialize<Content>(json, ProductJson.Reading);
        }
        catch (JsonException e)
        {
            return (Empty, [ProductJson.NotJson(FileName, e)]);
        }

        var problems = new List<FolderProblem>();
        var shop = new ShopFile(
            Checked("name", read?.Name, _ => null),
            Checked("currency", read?.Currency, Field.CurrencyMistake),
            Checked("locale", read?.Locale, Field.LocaleMistake),
            Checked("brand.color", read?.Brand?.Color, c => Color().IsMatch(c) ? null : "The color must be written like #1f2937."),
            Checked("brand.logo", read?.Brand?.Logo, Field.HeldKeyMistake));
        return (shop, problems);

        string? Checked(string member, string? value, Func<string, string?> mistakeOf)
        {
            if (string.IsNullOrWhiteSpace(value))
                return null;
            if (mistakeOf(value) is not { } mistake)
                return value.Trim();
            problems.Add(new(FileName, null, member, null, mistake));
            return null;
        }
    }

    [GeneratedRegex(@"\A#[0-9A-Fa-f]{6}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Color();

    private sealed record Content(string? Name, string? Currency, string? Locale, BrandPart? Brand);

    private sealed record BrandPart(string? Color, string? Logo);
}
