using System.Text;
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
        : echo?.Prompt is { } prompt && !MayBe(Letters(generation.Order.Request.Prompt), Letters(prompt), Letters(generation.Order.ProductTitle));

    private static bool MayBe(string sent, string shown, string title) =>
        sent.StartsWith(shown, StringComparison.Ordinal) || shown.StartsWith(sent, StringComparison.Ordinal)
        || (title.Length > 0 && shown.Contains(title, StringComparison.Ordinal));

    private static string Letters(string text) => string.Concat(Whole(text).Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Without the half of a character that a cut may leave, which can't be normalized.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
