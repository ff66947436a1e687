using System.Globalization;
using System.Text;

namespace ProductVideo.Rendering;

/// <summary>A piece of text that no line break may split.</summary>
/// <param name="Text">One word, one ideograph, or one cluster of a word that had to be cut.</param>
/// <param name="SpaceAfter">Whether a space follows, if the line goes on.</param>
internal readonly record struct TextUnit(string Text, bool SpaceAfter);

/// <summary>Where lines may break, and where they best do. Pure.</summary>
internal static class TextLines
{
    /// <summary>Must not begin a line.</summary>
    private const string Closing = ",.;:!?)]}%»”’…、。，．；：！？）］｝」』】〉》ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

    /// <summary>Must not end one.</summary>
    private const string Opening = "([{«“‘（［｛「『【〈《";

    /// <summary>More of Latin's, Greek's and Cyrillic's marks stand on no letter of any language.</summary>
    private const int MostAccents = 3;

    /// <summary>Myanmar writes six marks on one consonant.</summary>
    private const int MostMarks = 8;

    /// <summary>
    /// One space between words, no control characters, no directions forced from outside, no towers of marks, nothing that the shipped
    /// fonts cannot draw: a sign gives way to the letters it stands for, a pictograph to nothing.
    /// </summary>
    /// <returns>The cleaned text, and the letters and signs that had to go: without these a text no longer says what it said.</returns>
    public static (string Text, string MissingLetters) Clean(string text, Func<Rune, bool> drawable)
    {
        var clean = new StringBuilder();
        var missing = new StringBuilder();
        var space = false;
        var marks = 0;
        var afterSign = false;
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                space = clean.Length > 0;
                marks = 0;
                continue;
            }

            if (rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 || rune.Value is 0xFEFF or 0xFFFD)
                continue;
            marks = IsMark(rune) ? marks + 1 : IsJoiner(rune) ? marks : 0;
            if (marks > (IsAccent(rune) ? MostAccents : MostMarks))
                continue;
            var drawn = drawable(rune) ? rune.ToString() : Plain(rune, drawable);
            if (drawn is null)
            {
                if (Says(rune) && missing.Length < 40)
                    missing.Append(rune.ToString());
                continue;
            }

            // A number that was one sign must not run into the figures beside it.
            var isSign = !drawable(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNumber;
            space |= (isSign || afterSign) && clean.Length > 0 && char.IsAsciiDigit(clean[^1]) && char.IsAsciiDigit(drawn[0]);
            afterSign = isSign;
            if (space)
                clean.Append(' ');
            space = false;
            clean.Append(drawn);
        }

        return (clean.ToString(), missing.ToString());
    }

    /// <summary>The same in plain letters, as ① is 1 and ㈱ is (株); null if that can't be drawn either.</summary>
    private static string? Plain(Rune rune, Func<Rune, bool> drawable)
    {
        var plain = rune.ToString().Normalize(NormalizationForm.FormKC);
        return plain.EnumerateRunes().All(part => !Rune.IsWhiteSpace(part) && drawable(part)) ? plain : null;
    }

    /// <summary>Whether a text says something else without it: a letter, a number, a sign; not what only adorns.</summary>
    private static bool Says(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol => !Adorns(rune.Value),
        UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => true,
        _ => Rune.IsLetterOrDigit(rune),
    };

    /// <summary>Pictographs, bullets, stars and lines.</summary>
    private static bool Adorns(int codePoint) => codePoint switch
    {
        // Female, male and both; flat, natural and sharp.
        0x2640 or 0x2642 or 0x26A5 or (>= 0x266D and <= 0x266F) => false,
        // Watches, hourglasses and a player's keys.
        0x231A or 0x231B or 0x2328 or 0x23CF or (>= 0x23E9 and <= 0x23FA) => true,
        >= 0x2500 and <= 0x27BF => true,
        >= 0x2B00 and <= 0x2BFF => true,
        >= 0x1F000 and <= 0x1FAFF => true,
        _ => false,
    };

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsAccent(Rune rune) => rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF)
        or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);

    private static bool IsJoiner(Rune rune) => rune.Value is 0x034F or (>= 0x200C and <= 0x200F);

    /// <summary>Splits at spaces, and between ideographs, which are written without.</summary>
    public static IReadOnlyList<TextUnit> Units(string text)
    {
        var units = new List<TextUnit>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var current = "";
            foreach (var cluster in Clusters(word))
            {
                var breaks = current.Length > 0
                    && (IsIdeograph(cluster) || IsIdeograph(current))
                    && !Closing.Contains(cluster[0], StringComparison.Ordinal)
                    && !Opening.Contains(current[^1], StringComparison.Ordinal);
                if (breaks)
                {
                    units.Add(new TextUnit(current, false));
                    current = "";
                }

                current += cluster;
            }

            units.Add(new TextUnit(current, true));
        }

        return units;
    }

    /// <summary>What a reader sees as single characters; marks stay with their letters.</summary>
    public static IEnumerable<string> Clusters(string text)
    {
        var clusters = StringInfo.GetTextElementEnumerator(text);
        var pending = "";
        while (clusters.MoveNext())
        {
            var cluster = clusters.GetTextElement();
            // Thai and Lao write some vowels before the consonant they belong to, and others after it.
            if (cluster[0] is >= '\u0E40' and <= '\u0E44' or >= '\u0EC0' and <= '\u0EC4')
            {
                pending += cluster;
                continue;
            }

            yield return pending + cluster;
            pending = "";
        }

        if (pending.Length > 0)
            yield return pending;
    }

    /// <summary>Whether the text runs from right to left, by its first letter that says.</summary>
    public static bool RightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF)
                return true;
            if (Rune.IsLetter(rune))
                return false;
        }

        return false;
    }

    /// <summary>Breaks into as few lines as the width allows, then evens them out.</summary>
    /// <param name="widths">Of each unit.</param>
    /// <param name="units">The text.</param>
    /// <param name="space">Width of a space.</param>
    /// <param name="limit">Width of a line; a unit wider than that stands alone.</param>
    public static IReadOnlyList<string> Break(IReadOnlyList<TextUnit> units, IReadOnlyList<double> widths, double space, double limit)
    {
        var lines = Greedy(units, widths, space, limit);
        // The narrowest width with the same number of lines leaves no lonely last word.
        var (low, high) = (limit / 3, limit);
        for (var i = 0; i < 12 && lines.Count > 1; i++)
        {
            var middle = (low + high) / 2;
            var tighter = Greedy(units, widths, space, middle);
            if (tighter.Count == lines.Count && widths.All(width => width <= middle))
                (high, lines) = (middle, tighter);
            else
                low = middle;
        }

        return lines;
    }

    private static List<string> Greedy(IReadOnlyList<TextUnit> units, IReadOnlyList<double> widths, double space, double limit)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var length = 0.0;
        for (var i = 0; i < units.Count; i++)
        {
            var gap = line.Length > 0 && units[i - 1].SpaceAfter ? space : 0;
            if (line.Length > 0 && length + gap + widths[i] > limit)
            {
                lines.Add(line.ToString());
                line.Clear();
                (length, gap) = (0, 0);
            }

            if (gap > 0)
                line.Append(' ');
            line.Append(units[i].Text);
            length += gap + widths[i];
        }

        if (line.Length > 0)
            lines.Add(line.ToString());
        return lines;
    }

    public static bool IsIdeograph(string cluster) => cluster[^1] is
        (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFFEF') or (>= '\uD840' and <= '\uDFFF');
}
