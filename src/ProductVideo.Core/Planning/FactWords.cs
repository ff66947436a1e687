using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProductVideo.Planning;

/// <summary>The dated word lists of <c>fact-words.json</c>.</summary>
internal sealed record FactWords(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Labels,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> Values,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Before,
    IReadOnlyList<string> Behind,
    IReadOnlyList<string> Joining,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Things,
    IReadOnlyList<string> Negations,
    IReadOnlyList<string> Abbreviations,
    IReadOnlyList<string> Units,
    IReadOnlyList<string> Details)
{
    private const string Decimal = @"\d{1,5}[.,]\d{1,3}";
    private const string Number = @"\d{1,5}(?:[.,]\d{1,3})?";
    private const string Times = @"\s?[x×]\s?" + Number;

    public static FactWords Shipped { get; } = Read();

    /// <summary>
    /// A number, or two or three with × between, and a unit. "In" is a word of several languages too: only with a decimal or an × before it, and no
    /// word behind it, it is an inch. A capital G counts generations and gigabytes.
    /// </summary>
    public Regex Measure => field ??= new Regex(
        $@"(?<![\w.,])(?:{Number}(?:{Times}){{0,2}}\s?(?:(?-i:g)|{Alternatives(Units)})(?!\w)|(?:{Number}(?:{Times}){{1,2}}|{Decimal})\s?in(?![\w-])(?![ \t]+\w))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Regex.InfiniteMatchTimeout);

    /// <summary>The listing's own words for materials or colours; English where its language is not known.</summary>
    public IReadOnlyList<string> ValuesIn(string? locale, string fact) =>
        Values.TryGetValue(fact, out var languages) && languages.TryGetValue(Language(locale), out var words) ? words : [];

    /// <summary>Whether a value may be what the product itself is called.</summary>
    public bool IsThing(string? locale, string word) =>
        Things.TryGetValue(Language(locale), out var words) && words.Contains(word, StringComparer.OrdinalIgnoreCase);

    public bool IsLabel(string fact, string name) => Labels[fact].Contains(name.Trim().ToLowerInvariant(), StringComparer.Ordinal);

    private static string Language(string? locale) =>
        string.IsNullOrWhiteSpace(locale) ? "en" : locale.Trim().Split('-', '_')[0].ToLowerInvariant();

    // The longest first, so that "stainless steel" is found before "steel".
    private static string Alternatives(IEnumerable<string> words) =>
        string.Join('|', words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Regex.Escape));

    private static FactWords Read()
    {
        using var stream = typeof(FactWords).Assembly.GetManifestResourceStream("ProductVideo.Planning.fact-words.json")!;
        return JsonSerializer.Deserialize<FactWords>(stream, JsonSerializerOptions.Web)!;
    }
}
