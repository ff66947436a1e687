namespace ProductVideo.Providers.Runway;

/// <summary>Runway's own image-to-video models, as its SDK 4.20.1 and its pages of 2026-09 and 2026-10 describe them.</summary>
internal static class RunwayModels
{
    /// <summary>Both models make all of them. The first frame is given in the clip's own size, so nothing of it is cropped there.</summary>
    private static readonly FrameSize[] Sizes =
    [
        new("720p", "16:9", 1280, 720), new("720p", "9:16", 720, 1280), new("720p", "1:1", 960, 960),
        new("720p", "4:3", 1104, 832), new("720p", "3:4", 832, 1104), new("720p", "21:9", 1584, 672),
    ];

    private static readonly ProviderCapabilities Common = new()
    {
        Modes = VideoModes.FirstFrame,
        Duration = DurationRule.Between(2, 10),
        Resolutions = ["720p"],
        Aspect = new AspectRule([.. Sizes.Select(size => size.Aspect)], FollowsImage: false),
        Images = new ImageRule
        {
            Formats = ["jpeg"],
            MaxCount = 1,
            MinSide = 300,
            MaxSide = 2_048,
            MaxRatio = 2.5m,
            // The whole data URI must stay below 5 MiB, and base64 makes a third more of a picture.
            MaxBytes = 3_500_000,
            FrameSizes = Sizes,
        },
        Prompt = new PromptRule { MaxUnits = 1_000, Unit = PromptUnit.Utf16Units },
        Audio = AudioSupport.Never,
        TakesSeed = true,
        Correlation = CorrelationClass.Nothing,
        Billing = BillingRule.OnModerationToo,
        FirstLook = TimeSpan.FromSeconds(10),
        // An address dies within 24 to 48 hours, and each question gives a fresh one; how long the clip itself is kept is not documented.
        ResultLifetime = null,
        // Not documented either; what renders for minutes is not forgotten within a day.
        KeepsTasks = TimeSpan.FromDays(1),
    };

    public static readonly IReadOnlyList<RunwayModel> All = [new("gen4.5", 12, Common), new("gen4_turbo", 5, Common)];
}
