namespace ProductVideo.Planning;

/// <summary>
/// Materials and colours that a title states of the product: <c>Mug of stoneware, blue</c>. Most words that sound like one are part of a name
/// and say nothing of the kind: a hand cream, a glass cleaner, Black Forest honey.
/// </summary>
internal sealed class TitleFacts(string title, string? locale)
{
    private static readonly FactWords Words = FactWords.Shipped;

    /// <summary>Marks that end what belongs together.</summary>
    private static readonly char[] Marks = [',', ';', ':', '|', '(', ')', '[', ']', '–', '—', '•', '·', '،', '؛'];

    /// <summary>Each once: terracotta is both, and what follows is looked at for each.</summary>
    private readonly string[] _values = [.. Words.ValuesIn(locale, "material").Union(Words.ValuesIn(locale, "colour"), StringComparer.OrdinalIgnoreCase)];

    /// <summary>As written there; the earliest, and the longest of those. Null where it states none.</summary>
    public string? Find(string fact) => Words.ValuesIn(locale, fact)
        .SelectMany(word => Places(word).Where(at => IsStated(fact, at, word)).Select(at => (At: at, word.Length)))
        .OrderBy(found => found.At).ThenByDescending(found => found.Length)
        .Select(found => title.Substring(found.At, found.Length))
        .FirstOrDefault();

    private IEnumerable<int> Places(string word)
    {
        for (var at = 0; (at = title.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if ((at == 0 || IsEdge(title[at - 1])) && (end == title.Length || IsEdge(title[end])))
                yield return at;
        }
    }

    private bool IsStated(string fact, int at, string word)
    {
        var (before, isSetOff) = Before(at);
        if (!EndsAt(at + word.Length) || before.Any(Words.Behind.Except(Words.Before[fact]).Contains) || before.TakeLast(2).Any(Words.Negations.Contains))
            return false;
        if (before.Length == 0)
            return isSetOff;
        if (Words.Before[fact].Contains(before[^1], StringComparer.Ordinal))
            return true;
        return title[at - 1] == ' ' && !Words.Joining.Contains(before[^1], StringComparer.Ordinal) && !Words.Behind.Contains(before[^1], StringComparer.Ordinal)
            && !Words.IsThing(locale, word);
    }

    /// <returns>The words before, in lower case, as far as no mark parts them; and whether a mark does.</returns>
    private (string[] Words, bool IsSetOff) Before(int at)
    {
        var text = title[..at];
        var mark = Math.Max(text.LastIndexOfAny(Marks), text.LastIndexOf(" - ", StringComparison.Ordinal) is >= 0 and var dash ? dash + 1 : -1);
        return (text[(mark + 1)..].ToLowerInvariant().Split([' ', '\'', '’', '-', '/'], StringSplitOptions.RemoveEmptyEntries), mark > 0);
    }

    /// <summary>Whether nothing follows that it may belong to.</summary>
    private bool EndsAt(int end)
    {
        var rest = title.AsSpan(end);
        var text = rest.TrimStart();
        // Not "wood-look", nor "black/white".
        if (text.IsEmpty || Marks.Contains(text[0]) || text.StartsWith("- ", StringComparison.Ordinal))
            return true;
        if (text.Length == rest.Length)
            return text.Trim('.').IsEmpty;
        var length = text.IndexOfAny([' ', .. Marks]) is >= 0 and var space ? space : text.Length;
        var next = text[..length].ToString().ToLowerInvariant();
        if (char.IsDigit(next[0]) || Words.Behind.Contains(next, StringComparer.Ordinal))
            return true;
        var start = title.Length - text.Length;
        return _values.Any(value => Places(value).Contains(start) && EndsAt(start + value.Length));
    }

    private static bool IsEdge(char c) => !char.IsLetterOrDigit(c);
}
