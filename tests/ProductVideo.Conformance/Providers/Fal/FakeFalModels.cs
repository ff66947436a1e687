namespace ProductVideo.Conformance.Providers.Fal;

/// <summary>
/// The fields of models at fal, and the sole values of those that have such; the types of <c>@fal-ai/client</c> judge them. A field that stands
/// here under no model is refused, though fal would pass over it: it would be a wish that nobody hears.
/// </summary>
public static class FakeFalModels
{
    private static readonly string[]? Any = null;

    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string[]?>> All =
        new Dictionary<string, IReadOnlyDictionary<string, string[]?>>(StringComparer.Ordinal)
        {
            ["fal-ai/kling-video/v3/pro/image-to-video"] = Kling("start_image_url", Seconds(3, 15), ("generate_audio", Any)),
            ["fal-ai/kling-video/v3/standard/image-to-video"] = Kling("start_image_url", Seconds(3, 15), ("generate_audio", Any)),
            ["fal-ai/kling-video/v2.6/pro/image-to-video"] = Kling("start_image_url", ["5", "10"], ("generate_audio", Any)),
            ["fal-ai/kling-video/v2.5-turbo/pro/image-to-video"] = Kling("image_url", ["5", "10"]),
            ["fal-ai/wan/v2.7/image-to-video"] = Wan(Seconds(2, 15)),
            ["wan/v2.6/image-to-video"] = Wan(["5", "10", "15"]),
            // Told its ratio.
            ["fal-ai/bytedance/seedance/v1.5/pro/image-to-video"] = Fields(
                ("prompt", Any), ("image_url", Any), ("duration", Seconds(4, 12)), ("resolution", ["480p", "720p", "1080p"]), ("seed", Any), ("generate_audio", Any),
                ("aspect_ratio", ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16", "auto"]), ("camera_fixed", Any)),
        };

    private static IReadOnlyDictionary<string, string[]?> Kling(string picture, string[] seconds, params (string, string[]?)[] more) =>
        Fields([("prompt", Any), (picture, Any), ("duration", seconds), ("negative_prompt", Any), .. more]);

    private static IReadOnlyDictionary<string, string[]?> Wan(string[] seconds) => Fields(
        ("prompt", Any), ("image_url", Any), ("duration", seconds), ("resolution", ["720p", "1080p"]), ("negative_prompt", Any), ("seed", Any),
        ("enable_prompt_expansion", Any));

    private static Dictionary<string, string[]?> Fields(params (string Name, string[]? Values)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Values, StringComparer.Ordinal);

    private static string[] Seconds(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(second => FormattableString.Invariant($"{second}"))];
}
