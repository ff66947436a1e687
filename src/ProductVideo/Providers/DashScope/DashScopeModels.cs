namespace ProductVideo.Providers.DashScope;

/// <summary>
/// HappyHorse and Wan as documented in Model Studio (pages of 2026-03 to 2026-10). Picture limits are the strictest of the copies read:
/// 10 MB there, half of it here, because a picture travels inside the request as base64.
/// </summary>
internal static class DashScopeModels
{
    private static readonly string[] Ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"];
    private static readonly string[] WanRatios = ["16:9", "9:16", "1:1", "4:3", "3:4"];

    /// <summary>What is documented beyond is cut off silently, so the composer stays within it.</summary>
    private static readonly PromptRule HappyHorsePrompt = new() { MaxUnits = 5_000, Unit = PromptUnit.CjkCountsDouble };

    private static readonly ProviderCapabilities Common = new()
    {
        Modes = VideoModes.None,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["1080P", "720P"],
        Aspect = new AspectRule(Ratios, FollowsImage: false),
        Images = Pictures(max: 1, minSide: 300),
        Prompt = HappyHorsePrompt,
        Audio = AudioSupport.Always,
        TakesSeed = true,
        Correlation = CorrelationClass.TagWhenFinished,
        Billing = BillingRule.OnSuccess,
        // A clip takes minutes.
        FirstLook = TimeSpan.FromSeconds(15),
        ResultLifetime = TimeSpan.FromHours(24),
    };

    public static readonly IReadOnlyList<DashScopeModel> HappyHorse =
    [
        HappyHorseFirstFrame("1.1", ["1080P", "720P", "480P"]),
        HappyHorseReferences("1.1"),
        HappyHorseText("1.1"),
        HappyHorseFirstFrame("1.0", ["1080P", "720P"]),
        HappyHorseReferences("1.0"),
        HappyHorseText("1.0"),
        HappyHorseEdit("1.0"),
    ];

    public static readonly IReadOnlyList<DashScopeModel> Wan =
    [
        Wan30("wan3.0-video"),
        Wan30("wan3.0-video-prime"),
        new("wan2.7-i2v", "wan2.7", Wan27(VideoModes.FirstFrame | VideoModes.FirstLastFrame, 2, [], follows: true), ExtendsPrompt: true),
        new("wan2.7-r2v", "wan2.7", Wan27(VideoModes.References, 5, WanRatios, follows: false), TakesRatio: true, ExtendsPrompt: true),
        new("wan2.7-t2v", "wan2.7", Wan27(VideoModes.TextToVideo, 0, WanRatios, follows: false), TakesRatio: true, ExtendsPrompt: true),
    ];

    private static DashScopeModel HappyHorseFirstFrame(string version, IReadOnlyList<string> resolutions) => new(
        $"happyhorse-{version}-i2v", $"happyhorse-{version}", Common with
        {
            Modes = VideoModes.FirstFrame,
            Resolutions = resolutions,
            Aspect = new AspectRule([], FollowsImage: true),
            Images = Pictures(max: 1, minSide: 300),
        });

    private static DashScopeModel HappyHorseReferences(string version) => new(
        $"happyhorse-{version}-r2v", $"happyhorse-{version}", Common with
        {
            Modes = VideoModes.References,
            Images = Pictures(max: 9, minSide: 400),
            Prompt = HappyHorsePrompt with { ImageReference = "[Image {0}]" },
        },
        TakesRatio: true);

    private static DashScopeModel HappyHorseText(string version) => new(
        $"happyhorse-{version}-t2v", $"happyhorse-{version}", Common with { Modes = VideoModes.TextToVideo, Images = Pictures(max: 0, minSide: 300) },
        TakesRatio: true);

    /// <summary>Takes clips of up to a minute but makes none of over 15 seconds, so a longer one would come back cut.</summary>
    private static DashScopeModel HappyHorseEdit(string version) => new(
        $"happyhorse-{version}-video-edit", $"happyhorse-{version}", Common with
        {
            Modes = VideoModes.Edit,
            Aspect = new AspectRule([], FollowsImage: false),
            Images = Pictures(max: 5, minSide: 400),
            SourceClip = new SourceClipRule { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 100_000_000, MinSide = 360, MaxSide = 4_096 },
            Prompt = HappyHorsePrompt with { ImageReference = "[Image {0}]" },
            Audio = AudioSupport.Optional,
        },
        KeepsSound: true);

    private static DashScopeModel Wan30(string id) => new(
        id, id, Common with
        {
            Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame | VideoModes.References,
            Duration = DurationRule.Between(2, 30),
            Resolutions = ["1080P", "720P", "480P"],
            Aspect = new AspectRule(WanRatios, FollowsImage: false),
            Images = Pictures(max: 10, minSide: 300),
            Prompt = new PromptRule { MaxUnits = 20_000, ImageReference = "Image {0}" },
            Audio = AudioSupport.Optional,
        },
        TakesRatio: true, AudioSwitch: true);

    private static ProviderCapabilities Wan27(VideoModes modes, int pictures, IReadOnlyList<string> ratios, bool follows) => Common with
    {
        Modes = modes,
        Duration = DurationRule.Between(2, 15),
        Aspect = new AspectRule(ratios, follows),
        Images = Pictures(pictures, minSide: 240),
        Prompt = new PromptRule { MaxUnits = 5_000, TakesNegative = true, MaxNegativeUnits = 500, ImageReference = modes is VideoModes.References ? "Image {0}" : null },
    };

    private static ImageRule Pictures(int max, int minSide) => new()
    {
        Formats = ["jpeg"],
        MaxCount = max,
        MinSide = minSide,
        MaxSide = 2_048,
        MaxRatio = 2.5m,
        MaxBytes = 5_000_000,
    };
}
