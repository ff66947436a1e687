using ProductVideo.Catalog;

namespace ProductVideo.Planning;

/// <summary>Looks facts up in one listing.</summary>
internal sealed class FactReader(ProductSnapshot product, string? mainImage)
{
    private const int LongestFact = 80;
    private static readonly FactWords Words = FactWords.Shipped;

    public string? Vendor => Sound(product.Vendor);

    /// <summary>The fact as the variant that is shown says it, an attribute, what all variants have in common, or a line of the description.</summary>
    public string? Said(string fact) => Shown(fact) ?? Attribute(fact) ?? Sole(product.Variants, fact) ?? Line(fact);

    public string? Attribute(string fact) => product.Attributes
        .Where(a => Words.IsLabel(fact, a.Key))
        .OrderBy(a => a.Key, StringComparer.Ordinal)
        .Select(a => Sound(a.Value))
        .FirstOrDefault(v => v is not null);

    /// <summary>A word of the list in the listing's language that <paramref name="text"/> holds as a whole word, as written there; the earliest, and the longest of those.</summary>
    public string? Word(string fact, string text)
    {
        return Words.ValuesIn(product.Locale, fact)
            .Select(w => (Word: w, At: WholeWord(text, w)))
            .Where(w => w.At >= 0 && !IsNegated(text, w.At))
            .OrderBy(w => w.At).ThenByDescending(w => w.Word.Length)
            .Select(w => text.Substring(w.At, w.Word.Length))
            .FirstOrDefault();
    }

    /// <summary>The first measure, for example <c>30 x 40 cm</c>.</summary>
    public static string? Measure(string text) => Words.Measure.Match(text) is { Success: true } match ? Sound(match.Value) : null;

    // An attribute speaks of the product: it may name the colours of all its variants.
    private string? Shown(string fact) =>
        mainImage is null || product.Variants.Count < 2 ? null : Sole(product.Variants.Where(variant => variant.ImageId == mainImage), fact);

    private static string? Sole(IEnumerable<ProductVariant> variants, string fact)
    {
        var values = variants
            .SelectMany(v => v.Options.Where(o => Words.IsLabel(fact, o.Key)).Select(o => Sound(o.Value)))
            .Distinct(StringComparer.Ordinal)
            .Take(2)
            .ToArray();
        return values.Length == 1 ? values[0] : null;
    }

    private string? Line(string fact)
    {
        foreach (var line in product.Description.Split('\n'))
        {
            var colon = line.IndexOfAny([':', '：']);
            if (colon is > 0 and < 40 && Words.IsLabel(fact, line[..colon].TrimStart('-', '*', '•', ' ')) && Sound(line[(colon + 1)..]) is { } value)
                return value;
        }

        return null;
    }

    private static int WholeWord(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if ((at == 0 || IsEdge(text[at - 1])) && (end == text.Length || IsEdge(text[end])) && !IsFree(text, end))
                return at;
        }

        return -1;
    }

    private static bool IsEdge(char c) => !char.IsLetterOrDigit(c);

    // "leather-free" speaks of no leather.
    private static bool IsFree(string text, int end) =>
        text.AsSpan(end).StartsWith("-free", StringComparison.OrdinalIgnoreCase) || text.AsSpan(end).StartsWith("-frei", StringComparison.OrdinalIgnoreCase);

    private static bool IsNegated(string text, int at)
    {
        var before = text[..at].Split([' ', '\n', '-', '('], StringSplitOptions.RemoveEmptyEntries);
        return before.Length > 0 && Words.Negations.Contains(before[^1].ToLowerInvariant(), StringComparer.Ordinal);
    }

    private static string? Sound(string? value)
    {
        var text = value?.Trim().TrimEnd('.', ',', ';') ?? "";
        return text.Length is > 0 and <= LongestFact && !text.Contains('\n', StringComparison.Ordinal) ? text : null;
    }
}
