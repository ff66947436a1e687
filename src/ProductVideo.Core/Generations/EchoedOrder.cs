using ProductVideo.Providers;

namespace ProductVideo.Generations;

/// <summary>Compares what a provider repeats of an order with what was ordered.</summary>
internal static class EchoedOrder
{
    /// <summary>
    /// Whether the task surely was ordered for something else. What is missing, cut short or was spelt anew on its way proves nothing: a
    /// provider that changes its echo must not hold back every video.
    /// </summary>
    public static bool IsOfAnother(Generation generation, OrderEcho? echo) =>
        echo?.Nonce is { } nonce && IntentNonce.IsOne(nonce) ? !IntentNonce.AllOf(generation.Id).Contains(nonce)
        : echo?.Prompt is { } prompt && !PromptSpelling.MayBe(generation.Order.Request.Prompt, prompt) && !Names(prompt, generation.Order.ProductTitle);

    private static bool Names(string shown, string title) =>
        PromptSpelling.LettersOf(title) is { Length: > 0 } letters && PromptSpelling.LettersOf(shown).Contains(letters, StringComparison.Ordinal);
}
