using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProductVideo.Prompts;

/// <summary>
/// Turns words of a listing into data for a prompt. Listings are written by suppliers and sellers: their text may describe the
/// product, never steer the model, so addresses, numbers to call and sentences that read like instructions are left out.
/// </summary>
internal static partial class ProductText
{
    // Ample for any limit that is asked for, and it bounds the work on hostile text.
    private const int MostText = 6_000;
    private static readonly InstructionWords Words = ReadWords();

    /// <summary>One line without addresses, numbers to call, instructions, quotes and braces.</summary>
    /// <param name="text">As the shop wrote it.</param>
    /// <param name="maxLength">Most UTF-16 units.</param>
    /// <param name="what">What the text is, for the notes, for example <c>description</c>.</param>
    /// <param name="notes">Takes what was left out.</param>
    public static string Neutral(string? text, int maxLength, string what, ICollection<string> notes)
    {
        var line = PlainText.Clean(text, MostText);
        line = Without(Address(), line, $"A web or mail address in the {what} was left out.", notes);
        line = Without(Phone(), line, $"A telephone number in the {what} was left out.", notes);
        line = WithoutInstructions(line, what, notes);
        line = PlainText.OneLine(Quotable(line), line.Length * 2);
        if (line.Length > maxLength)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"The {what} was shortened to {maxLength:N0} characters."));
        return PlainText.CutAtWord(line, maxLength);
    }

    /// <summary>The merchant's own wish: may instruct, but neither break out of its place nor lead anywhere.</summary>
    public static string Wish(string text, int maxLength, ICollection<string> notes) =>
        PlainText.OneLine(Quotable(Without(Address(), PlainText.Clean(text, MostText), "A web or mail address in your wish was left out.", notes)), maxLength);

    /// <summary>Replaces what could close a quotation, name a picture or look like a template.</summary>
    public static string Quotable(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '\n' && safe.Length > 0 && char.IsLetterOrDigit(safe[^1]))
                safe.Append(';');
            safe.Append(c switch
            {
                '"' or '“' or '”' or '„' or '«' or '»' or '`' or '＂' => '\'',
                '[' or '{' or '<' or '［' or '｛' or '＜' or '【' => '(',
                ']' or '}' or '>' or '］' or '｝' or '＞' or '】' => ')',
                '\n' => ' ',
                _ => c,
            });
        }

        return safe.ToString();
    }

    public static bool ReadsLikeAnInstruction(string sentence)
    {
        var folded = sentence.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return Words.Always.Any(Held) || Words.Pairs.Any(pair => pair.All(list => list.Any(Held))) || Clause().Split(folded).Any(IsCommand);

        bool Held(string phrase) => folded.Contains(phrase, StringComparison.Ordinal);
    }

    private static bool IsCommand(string clause)
    {
        var words = Politeness().Replace($"{NoWord().Replace(clause, " ").Trim()} ", "");
        return Words.Commands.Any(command => command[1].Any(thing => words.Contains(thing, StringComparison.Ordinal)) && command[0].Any(Begins));

        bool Begins(string verb) => words.StartsWith(verb, StringComparison.Ordinal)
            && !Words.Addressed.Any(address => words.AsSpan(verb.Length - 1).StartsWith(address, StringComparison.Ordinal));
    }

    private static string Without(Regex pattern, string text, string note, ICollection<string> notes)
    {
        var kept = pattern.Replace(text, " ");
        if (kept.Length == text.Length)
            return text;
        notes.Add(note);
        // A match may begin or end within a surrogate pair.
        return PlainText.Clean(kept, MostText);
    }

    private static string WithoutInstructions(string text, string what, ICollection<string> notes)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var sentence in Sentence().EnumerateMatches(text))
        {
            var words = text.AsSpan(sentence.Index, sentence.Length);
            if (!ReadsLikeAnInstruction(words.ToString()))
                kept.Append(words);
        }

        if (kept.Length != text.Length)
            notes.Add($"A sentence in the {what} that reads like an instruction to the video model was left out.");
        return kept.ToString();
    }

    private static InstructionWords ReadWords()
    {
        using var stream = typeof(ProductText).Assembly.GetManifestResourceStream("ProductVideo.Prompts.instruction-words.json")!;
        return JsonSerializer.Deserialize<InstructionWords>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"(?:[a-z][a-z0-9+.-]{1,20}://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]{1,60}|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|net|org|shop|store|io|de|fr|es|eu|co|uk|info|biz|cn|ru|app|me|ly)\b(?:/\S*)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.,])(?:\+|00)[\d ()/.-]{8,20}\d|(?<![\w.,])\(?0\d{1,5}\)?[ /-]{1,3}\d[\d -]{3,13}\d|(?<![\w.,-])\(?\d{3}\)?[ -.]\d{3}[ -.]\d{4}(?!\d)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Phone();

    [GeneratedRegex(@"[^.!?\n。！？؟]*(?:[.!?。！？؟]+|\n|$)\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[,;:|()–—]|\s(?:and|then|und|dann|et|puis|y|luego)\s", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Clause();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}%-]+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NoWord();

    [GeneratedRegex("^(?:(?:please|then|and|now|just|also|always|you must|you should|bitte|dann|und|jetzt|puis|et|luego|y|por favor|s il vous plaît) )+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Politeness();

    private sealed record InstructionWords(
        IReadOnlyList<string> Always,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Pairs,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Commands,
        IReadOnlyList<string> Addressed);
}
