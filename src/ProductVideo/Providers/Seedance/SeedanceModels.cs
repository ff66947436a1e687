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
        KeepsTasks = TimeSpan.FromDays(7),
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

    /// <summary>
    /// Pixels of a frame, by the vendor's tables. Where they differ from model to model, the larger count: a cap must hold whatever is charged. At
    /// 480p, 2.5 makes 854×480 of 16:9 and the others 864×496.
    /// </summary>
    public static int PixelsOf(string? resolution, string aspect) => (resolution, aspect) switch
    {
        ("480p", "1:1") => 640 * 640,
        ("480p", "4:3" or "3:4") => 752 * 560,
        // As many as 992×432 of 21:9.
        ("480p", _) => 864 * 496,
        // As many as 1440×1440, and below as 960×960.
        ("1080p", "16:9" or "9:16" or "1:1") => 1920 * 1080,
        ("1080p", "4:3" or "3:4") => 1664 * 1248,
        ("1080p", _) => 2206 * 946,
        (_, "16:9" or "9:16" or "1:1") => 1280 * 720,
        (_, "21:9") => 1470 * 630,
        _ => 1112 * 834,
    };

    private static Dictionary<string, decimal> Usd(decimal all, params (string Resolution, decimal Price)[] others) =>
        others.Append(("", all)).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
}
