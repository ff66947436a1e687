using System.Globalization;
using System.Text;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Takes from a shop's text what would break a page's layout or turn its reading direction.</summary>
internal static class PlainText
{
    /// <param name="text">As the shop wrote it.</param>
    /// <param name="most">The most characters that are kept.</param>
    public static string Clean(string? text, int most)
    {
        if (text is null)
            return "";
        var clean = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > most)
                return clean.Append('…').ToString();
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)
                clean.Append(clean.Length == 0 || clean[^1] == ' ' ? "" : " ");
            else if (!IsTrick(rune.Value))
                clean.Append(rune.ToString());
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>Direction overrides and isolates, zero-width space and no-break, U+FFFD. Joiners stay: emoji and Persian need them.</summary>
    private static bool IsTrick(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0x200B or 0xFEFF or 0xFFFD;
}
