using System.Text.RegularExpressions;

namespace ProductVideo.Providers.Fal;

/// <summary>A model as these settings offer it.</summary>
/// <param name="Id">As in its address.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="PictureField">For the first frame.</param>
/// <param name="SecondsAsText">Whether the length is a text.</param>
/// <param name="Extra">More fields.</param>
internal sealed partial record FalModel(
    string Id, ProviderCapabilities Capabilities, string PictureField, bool SecondsAsText, IReadOnlyDictionary<string, string> Extra)
{
    private const int UsualPrompt = 2_000;

    /// <summary>The part of the id that requests are asked about under: what follows names only how the model is used.</summary>
    public string App => AppOf(Id);

    public static FalModel Of(FalModelOptions options)
    {
        var preset = FalPreset.Of(options.Id);
        var negative = options.MaxNegativePrompt ?? preset?.MaxNegativePrompt ?? 0;
        var capabilities = new ProviderCapabilities
        {
            Modes = VideoModes.FirstFrame,
            Duration = DurationRule.OneOf([.. SecondsOf(options).Select(seconds => (decimal)seconds)]),
            Resolutions = ResolutionsOf(options),
            Aspect = new AspectRule([.. options.Aspects], FollowsImage: options.Aspects.Count == 0),
            Images = new ImageRule
            {
                Formats = ["jpeg"],
                MaxCount = 1,
                MinSide = 300,
                MaxSide = 2_048,
                MaxRatio = 2.5m,
                // A refusal may show the picture again, as base64 and for each field, and must still be read.
                MaxBytes = 1_000_000,
            },
            Prompt = new PromptRule
            {
                MaxUnits = options.MaxPrompt ?? preset?.MaxPrompt ?? UsualPrompt, TakesNegative = negative > 0, MaxNegativeUnits = negative,
            },
            Audio = options.Audio ?? preset?.Audio ?? AudioSupport.Never,
            TakesSeed = options.TakesSeed ?? preset?.TakesSeed ?? false,
            Correlation = CorrelationClass.Nothing,
            // What was refused after it had begun may be charged there, whatever the reason. What surely is free, its result says.
            Billing = BillingRule.Unknown,
            // Not documented; what renders for minutes is not forgotten within a day.
            KeepsTasks = TimeSpan.FromDays(1),
        };
        return new FalModel(
            options.Id, capabilities, options.PictureField ?? preset?.PictureField ?? "image_url", options.SecondsAsText ?? true,
            (preset?.Extra ?? new Dictionary<string, string>(StringComparer.Ordinal)).Where(field => !options.Extra.ContainsKey(field.Key))
                .Concat(options.Extra.Where(field => field.Value.Length > 0)).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>Empty if neither the settings nor a preset name any.</summary>
    public static IReadOnlyList<int> SecondsOf(FalModelOptions options) => options.Seconds.Count > 0 ? [.. options.Seconds] : FalPreset.Of(options.Id)?.Seconds ?? [];

    /// <summary>Empty if it can't be asked for.</summary>
    public static IReadOnlyList<string> ResolutionsOf(FalModelOptions options) =>
        options.Resolutions.Count > 0 ? [.. options.Resolutions] : FalPreset.Of(options.Id)?.Resolutions ?? [];

    /// <summary>Whether the id can stand in an address as it is.</summary>
    public static bool IsId(string id) => Ids().IsMatch(id);

    private static string AppOf(string id)
    {
        var parts = id.Split('/');
        return string.Join('/', parts.Take(parts[0] is "workflows" or "comfy" ? 3 : 2));
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)+\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ids();
}
