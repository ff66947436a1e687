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

    /// <summary>As the title says it of the product, word for word.</summary>
    public string? Titled(string fact) => new TitleFacts(product.Title, product.Locale).Find(fact);

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
            if (colon is > 0 and < 40 && Words.IsLabel(fact, line[..colon].TrimStart('-', '*', '•', ' ')) && Sound(FirstSentence(line[(colon + 1)..])) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>Up to the first sentence's end: what follows it is said of something else.</summary>
    private static string FirstSentence(string text)
    {
        for (var end = 0; (end = text.IndexOf(". ", end, StringComparison.Ordinal)) >= 0; end++)
        {
            var word = text[..end].Split([' ', '.', '('])[^1];
            var follows = text.AsSpan(end + 1).TrimStart();
            // A letter alone is shortened ("e. g."), or a size.
            var isShort = word.Length == 1 ? text[..end].Trim() != word || char.IsLower(word[0]) : Words.Abbreviations.Contains(word.ToLowerInvariant(), StringComparer.Ordinal);
            if (!isShort && follows.Length > 0 && char.IsLetter(follows[0]))
                return text[..end];
        }

        return text;
    }

    private static string? Sound(string? value)
    {
        var text = value?.Trim().TrimEnd('.', ',', ';') ?? "";
        return text.Length is > 0 and <= LongestFact && !text.Contains('\n', StringComparison.Ordinal) ? text : null;
    }
}
