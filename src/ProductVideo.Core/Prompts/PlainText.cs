using System.Globalization;
using System.Text;

namespace ProductVideo.Prompts;

/// <summary>Makes text from a shop safe to show and to send: what can't be seen goes, space is collapsed, and a cut falls between words.</summary>
internal static class PlainText
{
    /// <summary>
    /// Drops control, bidirectional-override, zero-width, private and unpaired characters, collapses space, keeps line breaks as single
    /// line feeds, and cuts at a word. A joiner stays only between letters, where Persian and Indic words need it.
    /// </summary>
    /// <param name="text">Anything; null counts as empty.</param>
    /// <param name="maxLength">Most UTF-16 units of the result.</param>
    public static string Clean(string? text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (string.IsNullOrEmpty(text))
            return "";
        var clean = new StringBuilder((int)Math.Min(text.Length, maxLength + 1L));
        var pending = '\0';
        for (var i = 0; i < text.Length && clean.Length <= maxLength;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used);
            i += used;
            if (rune.Value is '\n' or '\r' or 0x0B or 0x0C or 0x85 or 0x2028 or 0x2029)
                pending = '\n';
            else if (rune.Value == '\t' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
                pending = pending == '\n' ? pending : ' ';
            else if (status == System.Buffers.OperationStatus.Done && IsSeen(rune, text, i))
                Append(clean, rune, ref pending);
        }

        return CutAtWord(clean.ToString(), maxLength);
    }

    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string OneLine(string? text, int maxLength) => Clean(text?.ReplaceLineEndings(" "), maxLength);

    /// <summary>The longest beginning of at most <paramref name="maxLength"/> UTF-16 units that ends with a whole word, or with a whole character where the first word is longer.</summary>
    public static string CutAtWord(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        for (var end = maxLength; end > 0 && end > maxLength / 2; end--)
        {
            if (char.IsWhiteSpace(text[end]))
                return text[..end].TrimEnd();
        }

        var whole = 0;
        while (whole < maxLength)
        {
            var next = StringInfo.GetNextTextElementLength(text.AsSpan(whole, Math.Min(text.Length - whole, maxLength - whole + 32)));
            if (whole + next > maxLength)
                break;
            whole += next;
        }

        return text[..whole].TrimEnd();
    }

    private static void Append(StringBuilder clean, Rune rune, ref char pending)
    {
        if (pending != '\0' && clean.Length > 0)
            clean.Append(pending);
        pending = '\0';
        Span<char> units = stackalloc char[2];
        clean.Append(units[..rune.EncodeToUtf16(units)]);
    }

    private static bool IsSeen(Rune rune, string text, int next) => rune.Value switch
    {
        0x200C or 0x200D => JoinsLetters(text, next),
        // Hangul fillers and the braille blank are letters by category, yet nothing is seen of them.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F => false,
        // Variation selectors of text and emoji stay; the rest of plane 14 can smuggle unseen text.
        >= 0xE0000 and <= 0xEFFFF => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse) && (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF),
    };

    private static bool JoinsLetters(string text, int next) =>
        next >= 2 && next < text.Length && IsJoined(text[next - 2]) && IsJoined(text[next]);

    private static bool IsJoined(char c) => c is (>= '\u0620' and <= '\u06FF') or (>= '\u0900' and <= '\u0DFF');
}
