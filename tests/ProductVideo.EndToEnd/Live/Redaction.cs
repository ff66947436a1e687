using System.Text.RegularExpressions;

namespace ProductVideo.EndToEnd.Live;

/// <summary>Takes out of a recording what nobody else may see, and what nobody can read.</summary>
internal sealed partial class Redaction(params IReadOnlyList<string> secrets)
{
    /// <summary>Headers that a recording keeps; all others may carry a key, a cookie or an account.</summary>
    public static IReadOnlySet<string> Headers { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Retry-After", "Date", "X-DashScope-Async", "X-Runway-Version", "X-Fal-No-Retry", "Idempotency-Key", "Prefer",
    };

    /// <summary>Without the secrets, the signatures of signed addresses, and the inside of pictures.</summary>
    public string Clean(string text)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, "SECRET", StringComparison.Ordinal);
        return LongBase64().Replace(Query().Replace(text, "${address}?REMOVED"), found => $"BASE64 of {found.Length} characters");
    }

    // A signature, a token and an expiry stand behind the question mark, plain or with JSON's escaped ampersands.
    [GeneratedRegex("(?<address>https?://[^\\s\"?\\\\]+)\\?[^\\s\"]*", RegexOptions.NonBacktracking)]
    private static partial Regex Query();

    [GeneratedRegex("[A-Za-z0-9+/_-]{300,}={0,2}", RegexOptions.NonBacktracking)]
    private static partial Regex LongBase64();
}
