namespace ProductVideo.Exchange;

/// <summary>Compares a prompt that was sent with one that a provider shows.</summary>
internal static class PromptEcho
{
    /// <summary>Same but for what transport may change: white space and line ends.</summary>
    public static bool IsOf(string sent, string? shown) => shown is not null && Plain(sent) == Plain(shown);

    private static string Plain(string prompt) => string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
