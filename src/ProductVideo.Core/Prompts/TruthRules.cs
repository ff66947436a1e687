using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>
/// What every prompt demands whatever the template, the listing or the merchant's wish say: the clip shows the merchant's
/// product as it is, and claims nothing. They are the last words of a prompt and are never cut.
/// </summary>
/// <param name="Keep">What must be so.</param>
/// <param name="Never">What must not be seen or heard, parted by commas.</param>
internal sealed record TruthRules(string Keep, string Never)
{
    /// <summary>In every form of the rules.</summary>
    public const string Core = "same shape, proportions, colour, material, label text and logo";

    private const int ShortPrompt = 1_500;

    /// <param name="seesPictures">Whether the model is shown the product.</param>
    /// <param name="allowPeople">Whether the merchant asked for people.</param>
    /// <param name="rule">Long or terse, by how much room there is.</param>
    /// <param name="hasSound">Whether the model makes sound.</param>
    public static TruthRules For(bool seesPictures, bool allowPeople, bool hasSound, PromptRule rule)
    {
        var terse = rule.MaxUnits < ShortPrompt * (rule.Unit == PromptUnit.Utf8Bytes ? 2 : 1);
        var source = seesPictures ? "in the pictures given" : "described";
        var keep = terse
            ? $"Product exactly as {source}: {Core}."
            : $"Keep the product true: {Core} as {source}, from the first frame to the last. One product, complete, neither "
                + "redesigned nor improved; nothing is added to it or taken from it. Print that can't be read stays as it is and is not made up.";
        if (allowPeople && !terse)
            keep += " People may be seen using it, adults only; nobody praises or reviews it.";

        var never = new List<string> { "added text", "added logos", "watermarks" };
        if (!allowPeople)
            never.AddRange(terse ? ["people", "hands"] : ["people", "hands", "faces", "body parts"]);
        never.AddRange(["claims", "prices", "before/after comparisons"]);
        if (!terse)
            never.AddRange(["captions", "testimonials", "other brands", "a second version of the product"]);
        if (hasSound)
            never.Add("speech");
        return new TruthRules(keep, string.Join(", ", never));
    }

    /// <summary>Both parts as sentences, for a model without a negative prompt.</summary>
    public string Whole => $"{Keep} Never show: {Never}.";
}
