namespace ProductVideo.Providers.GeminiOmni;

/// <param name="Id">As sent.</param>
/// <param name="Capabilities">What it takes and gives, in the resolutions that have a price.</param>
internal sealed record GeminiOmniModel(string Id, ProviderCapabilities Capabilities);

/// <summary>Google's Gemini Omni, as the types of its SDK 3.1.0 and the pages of autumn 2026 describe it.</summary>
internal static class GeminiOmniModels
{
    /// <summary>A first frame of another ratio would be cropped or continued, so it is padded; for 4k it comes in Full HD, as larger ones make the request too large.</summary>
    private static readonly FrameSize[] Frames =
    [
        new("1080p", "16:9", 1920, 1080), new("1080p", "9:16", 1080, 1920), new("720p", "16:9", 1280, 720), new("720p", "9:16", 720, 1280),
        new("4k", "16:9", 1920, 1080), new("4k", "9:16", 1080, 1920), new("360p", "16:9", 640, 360), new("360p", "9:16", 360, 640),
    ];

    private static readonly ProviderCapabilities Omni = new()
    {
        Modes = VideoModes.FirstFrame | VideoModes.References | VideoModes.TextToVideo,
        Duration = DurationRule.Between(3, 10),
        Resolutions = ["1080p", "720p", "4k", "360p"],
        Aspect = new AspectRule(["16:9", "9:16"], FollowsImage: false),
        Images = new ImageRule
        {
            Formats = ["jpeg", "png"],
            MaxCount = 3,
            MinSide = 300,
            MaxSide = 2_048,
            MaxRatio = 2.5m,
            MaxBytes = 5_000_000,
            FrameSizes = Frames,
        },
        // No limit is documented; other models of Google cut longer ones without a word.
        Prompt = new PromptRule { MaxUnits = 2_000 },
        // Nothing in a request turns it off.
        Audio = AudioSupport.Always,
        Correlation = CorrelationClass.Nothing,
        // Whether a blocked or cancelled video is charged is documented for Veo only.
        Billing = BillingRule.Unknown,
        ResultLifetime = GeminiOmniVideoProvider.FileLife,
        KeepsTasks = GeminiOmniVideoProvider.FileLife,
    };

    public static readonly IReadOnlyList<GeminiOmniModel> All = [new("gemini-omni-1.1-flash", Omni), new("gemini-omni-1.2-flash", Omni)];

    /// <summary>Those of the settings that have a price, in their order, each with the resolutions that have one.</summary>
    public static IReadOnlyList<GeminiOmniModel> Offered(GeminiOmniOptions options)
    {
        var priced = All.Select(model => Priced(model, options)).OfType<GeminiOmniModel>();
        return options.Models.Count == 0 ? [.. priced] : [.. priced.Where(model => options.Models.Contains(model.Id)).OrderBy(model => options.Models.IndexOf(model.Id))];
    }

    private static GeminiOmniModel? Priced(GeminiOmniModel model, GeminiOmniOptions options)
    {
        string[] known = options.PricePerSecond.TryGetValue(model.Id, out var prices) ? [.. model.Capabilities.Resolutions.Where(prices.ContainsKey)] : [];
        return known.Length == 0 ? null : model with { Capabilities = model.Capabilities with { Resolutions = known } };
    }
}
