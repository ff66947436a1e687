using ProductVideo.Prompts;

namespace ProductVideo.Text;

/// <summary>Text of a listing as people read it: without markup, scripts and characters that can't be seen. Takes anything and never throws.</summary>
internal static class ListingText
{
    // Far more than any description; it bounds the work on what is sent to be slow.
    private const int MostMarkup = 2_000_000;

    /// <summary>Plain text of HTML, or of text that is none: paragraphs, list items and table rows become lines.</summary>
    /// <param name="html">As the shop stores it; null counts as empty.</param>
    /// <param name="maxLength">Most UTF-16 units of the result.</param>
    public static string ToPlainText(string? html, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(html))
            return "";
        var source = html.Length > MostMarkup ? html[..MostMarkup] : html;
        return PlainText.Clean(LooksLikeMarkup(source) ? HtmlLines.Of(source) : Decode(source), maxLength);
    }

    /// <summary>One-purpose text such as a title or a tag: no markup is read in it, so <c>&lt;3</c> stays.</summary>
    /// <param name="text">As the shop stores it; null counts as empty.</param>
    /// <param name="maxLength">Most UTF-16 units of the result.</param>
    public static string Clean(string? text, int maxLength) => PlainText.Clean(text, maxLength);

    // Text that only holds entities keeps its line breaks, which HTML would collapse.
    private static string Decode(string source) => source.Contains('&', StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(source) : source;

    private static bool LooksLikeMarkup(string source)
    {
        for (var at = source.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < source.Length; at = source.IndexOf('<', at + 1))
        {
            if (char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!' or '?')
                return true;
        }

        return false;
    }
}
