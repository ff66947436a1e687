using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>Compares a prompt that was sent with one that a provider shows.</summary>
internal static class PromptEcho
{
    /// <summary>Same but for what transport may change: white space and line ends.</summary>
    public static bool IsOf(string sent, string? shown) => shown is not null && Plain(sent) == Plain(shown);

    /// <summary>
    /// Whether nothing that is shown proves another prompt: not shown at all, spelt anew, or cut short. Such a task is neither taken nor passed
    /// over. That it names the same product is not enough here: orders of one product differ in their prompts.
    /// </summary>
    public static bool MayBeOf(string sent, string? shown) => shown is null || PromptSpelling.MayBe(sent, shown);

    private static string Plain(string prompt) => string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
