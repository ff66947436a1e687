namespace ProductVideo.Providers.Seedance;

/// <summary>Seedance as documented for BytePlus in 2026, and its prices per million tokens of that time.</summary>
internal static class SeedanceModels
{
    public static readonly DateOnly PriceDate = new(2026, 8, 22);

    private static readonly string[] Ratios = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"];

    private static readonly ProviderCapabilities Common = new()
    {
        Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame | VideoModes.References | VideoModes.TextToVideo,
        Duration = DurationRule.Between(4, 15),
        Resolutions = ["720p", "1080p", "480p"],
        Aspect = new AspectRule(Ratios, FollowsImage: true),
        Images = new ImageRule
        {
            Formats = ["jpeg"],
            MaxCount = 4,
            MinSide = 300,
            MaxSide = 2_048,
            MaxRatio = 2.5m,
            // Four of them as base64 must stay far below the 64 MB of a body.
            MaxBytes = 5_000_000,
        },
        Prompt = new PromptRule { MaxUnits = 2_000, ImageReference = "[Image {0}]" },
        Audio = AudioSupport.Optional,
        Correlation = CorrelationClass.ListOnly,
        Billing = BillingRule.OnSuccess,
        FirstLook = TimeSpan.FromSeconds(10),
        ResultLifetime = TimeSpan.FromHours(24),
    };

    public static readonly IReadOnlyList<SeedanceModel> All =
    [
        new("dreamina-seedance-2-5-260628", Common with { Duration = DurationRule.Between(4, 30) }, Usd(10.70m, ("1080p", 11.7m))),
        new("dreamina-seedance-2-0-260128", Common, Usd(7.0m, ("1080p", 7.7m))),
        new("dreamina-seedance-2-0-fast-260128", Common with { Resolutions = ["720p", "480p"] }, Usd(5.6m)),
        new("dreamina-seedance-2-0-mini-260615", Common with { Resolutions = ["720p", "480p"] }, Usd(3.5m)),
        new(
            "seedance-1-5-pro-251215",
            Common with { Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame | VideoModes.TextToVideo, Duration = DurationRule.Between(4, 12), TakesSeed = true },
            Usd(2.4m), TakesSeed: true, SilentUsdPerMillionTokens: 1.2m),
    ];

    /// <summary>Width and height of a clip, as its tokens count them: the ratio's at about the area that the resolution names.</summary>
    public static (int Width, int Height) SizeOf(string? resolution, string aspect)
    {
        var area = resolution switch { "480p" => 864 * 480, "1080p" => 1920 * 1080, _ => 1280 * 720 };
        var ratio = Planning.AspectRatio.Parse(aspect)?.Value ?? 16.0 / 9;
        var height = (int)Math.Ceiling(Math.Sqrt(area / ratio) / 8) * 8;
        return ((int)Math.Ceiling(height * ratio / 8) * 8, height);
    }

    private static Dictionary<string, decimal> Usd(decimal all, params (string Resolution, decimal Price)[] others) =>
        others.Append(("", all)).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
}
