using System.Text;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Counts and cuts prompts as providers do, so that nothing is cut off silently at their end.</summary>
internal static class PromptLength
{
    /// <summary>How long <paramref name="text"/> is. An unpaired surrogate counts as the replacement character that is sent for it.</summary>
    public static int Count(string text, PromptUnit unit) => unit switch
    {
        PromptUnit.Utf16Units => text.Length,
        PromptUnit.Utf8Bytes => Encoding.UTF8.GetByteCount(text),
        _ => Runes(text, unit),
    };

    /// <summary>The longest beginning of at most <paramref name="max"/> units that ends with a whole word, or with a whole character where there is no earlier end.</summary>
    public static string Cut(string text, PromptUnit unit, int max)
    {
        if (max <= 0)
            return "";
        if (Count(text, unit) <= max)
            return text;
        var units = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            units += Of(rune, unit);
            if (units > max)
                break;
            length += rune.Utf16SequenceLength;
        }

        return PlainText.CutAtWord(text, length);
    }

    /// <summary>Han, kana, bopomofo, hangul and full-width forms, with their punctuation. Where a provider is vague, more counts double here: a prompt cut early is better than one cut off.</summary>
    public static bool IsCjk(Rune rune) => rune.Value is
        (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x303F) or (>= 0x3040 and <= 0x33FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x16FE0 and <= 0x18DFF) or (>= 0x1AFF0 and <= 0x1B2FF)
        or (>= 0x1F200 and <= 0x1F2FF) or (>= 0x20000 and <= 0x3FFFF);

    private static int Runes(string text, PromptUnit unit)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
            units += Of(rune, unit);
        return units;
    }

    private static int Of(Rune rune, PromptUnit unit) => unit switch
    {
        PromptUnit.Utf16Units => rune.Utf16SequenceLength,
        PromptUnit.Utf8Bytes => rune.Utf8SequenceLength,
        PromptUnit.CjkCountsDouble => IsCjk(rune) ? 2 : 1,
        _ => 1,
    };
}
