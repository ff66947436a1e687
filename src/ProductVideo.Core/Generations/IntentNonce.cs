using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Generations;

/// <summary>
/// The name that a submit goes by at its provider. It follows from what is ordered, not from chance: whoever knows the order knows under
/// which names it may have been sent, even where the row that said so was lost with the database.
/// </summary>
internal static class IntentNonce
{
    private const int Length = 26;
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>
    /// 26 characters of <c>[a-z2-7]</c>. A submit that was surely refused made nothing, so its name serves again; a lost one's does not. A
    /// person's retry is a generation of its own, so it has other names.
    /// </summary>
    /// <param name="generation">Whose submit.</param>
    /// <param name="lostBefore">How many of its submits were lost before this one.</param>
    public static string Of(Guid generation, int lostBefore) => string.Create(
        Length, SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"submit/{generation:n}/{lostBefore}"))),
        static (name, hash) =>
        {
            for (var i = 0; i < name.Length; i++)
                name[i] = Digits[hash[i] % Digits.Length];
        });

    /// <summary>All the names under which a generation's task can have been ordered: a submit is lost once at most before a person decides.</summary>
    public static IReadOnlyList<string> AllOf(Guid generation) => [Of(generation, 0), Of(generation, 1)];

    /// <summary>Whether a text may be such a name.</summary>
    public static bool IsOne(string text) => text.Length == Length && text.All(letter => Digits.Contains(letter, StringComparison.Ordinal));
}
