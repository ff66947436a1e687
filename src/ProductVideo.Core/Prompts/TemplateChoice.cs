using ProductVideo.Catalog;

namespace ProductVideo.Prompts;

/// <summary>Finds the template whose words a product shares: its type weighs most, then tags, then the title.</summary>
internal static class TemplateChoice
{
    public static PromptTemplate Choose(IReadOnlyList<PromptTemplate> templates, ProductSnapshot product)
    {
        var type = WordsOf(product.ProductType);
        var tags = product.Tags.Take(100).SelectMany(WordsOf).ToArray();
        var title = WordsOf(product.Title);
        var fallback = templates.FirstOrDefault(t => t.IsDefault) ?? templates[0];
        var best = templates
            .Where(t => t.MinPictures <= product.Images.Count)
            .Select(t => (Template: t, Score: (4 * Hits(t, type)) + (2 * Hits(t, tags)) + Hits(t, title)))
            .OrderByDescending(t => t.Score)
            .FirstOrDefault();
        return best.Score > 0 ? best.Template : fallback;
    }

    private static int Hits(PromptTemplate template, string[] words) => template.Suits.Count(suit => words.Any(word => Fits(suit, word)));

    // Languages that compound ("Kaffeebecher") or prefix their words ("الكوب") hold the short word within the long one; short words would be found in too many.
    private static bool Fits(string suit, string word) =>
        word == suit || (suit.Length >= 4 && (suit.Length >= 5 || suit[0] > '\u024F') && word.Contains(suit, StringComparison.Ordinal)) || word == suit + "s";

    private static string[] WordsOf(string? text)
    {
        var lower = PlainText.OneLine(text, 1_000).ToLowerInvariant();
        return lower.Split(Array.FindAll(lower.Distinct().ToArray(), c => !char.IsLetterOrDigit(c) && !char.IsSurrogate(c)), StringSplitOptions.RemoveEmptyEntries);
    }
}
