namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>An open-weight model that many serve: what it makes, whoever serves it.</summary>
/// <param name="Name">As the settings call it.</param>
/// <param name="Mark">What its ids contain, in lower case.</param>
/// <param name="Sizes">Resolution and sizes whose sides divide as the model wants.</param>
/// <param name="Seconds">Lengths.</param>
/// <param name="MaxPrompt">Characters that its text encoder reads, roughly.</param>
/// <param name="FramesPerSecond">At which it was trained.</param>
/// <param name="Audio">Whether it makes a track.</param>
/// <param name="TakesNegative">Whether it listens to a negative prompt.</param>
/// <param name="Fields">Form fields that it needs where the server takes such.</param>
internal sealed record ModelFamily(
    string Name, string Mark, IReadOnlyDictionary<string, IReadOnlyList<string>> Sizes, IReadOnlyList<int> Seconds, int MaxPrompt, int FramesPerSecond,
    AudioSupport Audio, bool TakesNegative, IReadOnlyDictionary<string, string> Fields)
{
    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The more particular ones first.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        // The model that does both text and pictures; its frames divide by 32.
        new("wan2.2-5b", "wan2.2-ti2v", At("720P", "1280x704", "704x1280", "960x960"), [2, 3, 4, 5], 2_000, 24, AudioSupport.Never, TakesNegative: true, NoFields),
        new(
            "wan2.2", "wan2.2",
            At("720P", "1280x720", "720x1280", "960x960", "848x1056", "1104x832", "832x1104")
                .Concat(At("480P", "832x480", "480x832", "624x624", "560x704", "720x544", "544x720")).ToDictionary(StringComparer.Ordinal),
            [2, 3, 4, 5], 2_000, 16, AudioSupport.Never, TakesNegative: true, NoFields),
        new(
            "minimax-h3", "minimax-h3", At("768P", "1344x768", "768x1344", "768x768", "1024x768", "768x1024"), [.. Enumerable.Range(4, 12)], 5_000, 24,
            AudioSupport.Always, TakesNegative: false,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["extra_params"] = """{"task":"fl2va","aspect_ratio":"{aspect}","duration":{seconds}}""" }),
    ];

    /// <summary>By its name, or by what the model's id contains; null if neither is known.</summary>
    public static ModelFamily? Of(OpenAiVideosModel model) => model.Family is { } name
        ? All.FirstOrDefault(family => string.Equals(family.Name, name, StringComparison.OrdinalIgnoreCase))
        : All.FirstOrDefault(family => model.Id.Contains(family.Mark, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, IReadOnlyList<string>> At(string resolution, params IReadOnlyList<string> sizes) =>
        new(StringComparer.Ordinal) { [resolution] = sizes };
}
