using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProductVideo.Planning;

/// <summary>The dated word lists of <c>fact-words.json</c>.</summary>
internal sealed record FactWords(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Labels,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Values,
    IReadOnlyList<string> Negations,
    IReadOnlyList<string> Units,
    IReadOnlyList<string> Details)
{
    public static FactWords Shipped { get; } = Read();

    /// <summary>A number, or two or three with × between, and a unit.</summary>
    public Regex Measure => field ??= new Regex(
        $@"(?<![\w.,])\d{{1,5}}(?:[.,]\d{{1,3}})?(?:\s?[x×]\s?\d{{1,5}}(?:[.,]\d{{1,3}})?){{0,2}}\s?(?:{Alternatives(Units)})(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Regex.InfiniteMatchTimeout);

    public bool IsLabel(string fact, string name) => Labels[fact].Contains(name.Trim().ToLowerInvariant(), StringComparer.Ordinal);

    // The longest first, so that "stainless steel" is found before "steel".
    private static string Alternatives(IEnumerable<string> words) =>
        string.Join('|', words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Regex.Escape));

    private static FactWords Read()
    {
        using var stream = typeof(FactWords).Assembly.GetManifestResourceStream("ProductVideo.Planning.fact-words.json")!;
        return JsonSerializer.Deserialize<FactWords>(stream, JsonSerializerOptions.Web)!;
    }
}
