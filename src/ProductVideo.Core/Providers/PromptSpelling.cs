using System.Net;
using System.Text;

namespace ProductVideo.Providers;

/// <summary>What a prompt says, however it is spelt: providers quote, escape and cut what they show of it.</summary>
public static class PromptSpelling
{
    /// <summary>Letters and digits alone, in one case and one form.</summary>
    public static string LettersOf(string text) =>
        string.Concat(Whole(WebUtility.HtmlDecode(text)).Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Whether one may be the other, or begins like it: cut short, with words added behind, or spelt anew.</summary>
    public static bool MayBe(string sent, string shown)
    {
        var (first, second) = (LettersOf(sent), LettersOf(shown));
        return first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal);
    }

    /// <summary>Without the half of a character that a cut may leave, which can't be normalized.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
