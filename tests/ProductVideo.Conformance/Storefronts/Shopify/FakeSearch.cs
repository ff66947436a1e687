using System.Text.RegularExpressions;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>Shopify's search words: <c>name:value</c>, <c>name:"value"</c>, <c>name:&gt;='value'</c> and plain or quoted words, all of which must hold.</summary>
internal static partial class FakeSearch
{
    /// <returns>Name, empty for a plain word, and value.</returns>
    public static IReadOnlyList<(string Name, string Value)> Terms(string? query) =>
        [.. Term().Matches(query ?? "").Select(match => (match.Groups["name"].Value, (match.Groups["quoted"].Success ? match.Groups["quoted"] : match.Groups["plain"]).Value.Replace("\\\"", "\"", StringComparison.Ordinal)))];

    [GeneratedRegex("""(?:(?<name>\w+):(?:>=)?)?(?:"(?<quoted>(?:\\.|[^"\\])*)"|'(?<quoted>[^']*)'|(?<plain>[^\s"']+))""", RegexOptions.ExplicitCapture)]
    private static partial Regex Term();
}
