namespace ProductVideo.Providers.Fal;

/// <summary>What is known of a model beforehand, as the types of <c>@fal-ai/client</c> 1.10.1 describe it; never its price.</summary>
/// <param name="Id">As in its address.</param>
/// <param name="PictureField">For the first frame.</param>
/// <param name="Seconds">Lengths.</param>
/// <param name="Resolutions">The default first; empty if it can't be asked for.</param>
/// <param name="Audio">Whether it makes sound.</param>
/// <param name="TakesSeed">Whether it takes <c>seed</c>.</param>
/// <param name="MaxPrompt">Characters.</param>
/// <param name="MaxNegativePrompt">Characters.</param>
/// <param name="Extra">Fields that are always sent.</param>
internal sealed record FalPreset(
    string Id, string PictureField, IReadOnlyList<int> Seconds, IReadOnlyList<string> Resolutions, AudioSupport Audio, bool TakesSeed, int MaxPrompt,
    int MaxNegativePrompt, IReadOnlyDictionary<string, string> Extra)
{
    /// <summary>The types name no limit for Kling's prompts, and Kling's own is 2,500.</summary>
    private const int KlingPrompt = 2_500;

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    /// <summary>A prompt that somebody rewrites no longer says what was checked against the listing.</summary>
    private static readonly Dictionary<string, string> AsWritten = new(StringComparer.Ordinal) { ["enable_prompt_expansion"] = "false" };

    public static readonly IReadOnlyList<FalPreset> All =
    [
        Kling("v3/pro", "start_image_url", [.. Enumerable.Range(3, 13)], AudioSupport.Optional),
        Kling("v3/standard", "start_image_url", [.. Enumerable.Range(3, 13)], AudioSupport.Optional),
        Kling("v2.6/pro", "start_image_url", [5, 10], AudioSupport.Optional),
        Kling("v2.5-turbo/pro", "image_url", [5, 10], AudioSupport.Never),
        Wan("fal-ai/wan/v2.7/image-to-video", [.. Enumerable.Range(2, 14)], maxPrompt: 5_000),
        Wan("wan/v2.6/image-to-video", [5, 10, 15], maxPrompt: 800),
    ];

    /// <summary>null if nothing is known of it.</summary>
    public static FalPreset? Of(string id) => All.FirstOrDefault(preset => preset.Id == id);

    private static FalPreset Kling(string version, string pictureField, IReadOnlyList<int> seconds, AudioSupport audio) => new(
        $"fal-ai/kling-video/{version}/image-to-video", pictureField, seconds, [], audio, TakesSeed: false, KlingPrompt, KlingPrompt, Nothing);

    private static FalPreset Wan(string id, IReadOnlyList<int> seconds, int maxPrompt) => new(
        id, "image_url", seconds, ["1080p", "720p"], AudioSupport.Always, TakesSeed: true, maxPrompt, MaxNegativePrompt: 500, AsWritten);
}
