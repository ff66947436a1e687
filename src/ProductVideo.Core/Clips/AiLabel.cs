namespace ProductVideo.Clips;

/// <summary>The words in a clip's pictures by which shoppers read that a model drew it, wherever the clip is shown.</summary>
/// <param name="Text">Of one line.</param>
/// <param name="Language">BCP 47, in which it is written.</param>
internal sealed record AiLabel(string Text, string Language)
{
    /// <summary>Name of the check that it was drawn, of a clip of a shop that wants it.</summary>
    public const string Check = "label";

    private static readonly AiLabel s_english = new("Made with AI", "en");

    private static readonly Dictionary<string, AiLabel> s_labels = ((AiLabel[])
    [
        s_english,
        new("Mit KI erstellt", "de"),
        new("Créé avec l’IA", "fr"),
        new("Creado con IA", "es"),
        new("Creato con l’IA", "it"),
        new("Gemaakt met AI", "nl"),
        new("Stworzone przez AI", "pl"),
        new("Criado com IA", "pt"),
        new("Skapad med AI", "sv"),
        new("Lavet med AI", "da"),
        new("AIで作成", "ja"),
        new("AI生成", "zh"),
        new("AI로 제작", "ko"),
    ]).ToDictionary(label => label.Language, StringComparer.Ordinal);

    /// <summary>One for each language that has words of its own.</summary>
    public static IReadOnlyCollection<AiLabel> All => s_labels.Values;

    /// <param name="locale">The listing's language, BCP 47; null where that is not known.</param>
    /// <returns>In that language; in English where there are no words for it.</returns>
    public static AiLabel In(string? locale) => s_labels.GetValueOrDefault((locale ?? "").Trim().Split('-', '_')[0].ToLowerInvariant(), s_english);
}
