namespace ProductVideo.Providers.Kling;

/// <summary>Kling's new generation of interfaces as documented in 2026; the older one, with another way in and other words, is not used.</summary>
internal static class KlingModels
{
    public const string GoodsStudio = "goods-studio";

    public static readonly TimeSpan FileLife = TimeSpan.FromDays(30);

    /// <summary>A picture travels inside the request as base64, so far less than the 50 MB that are allowed.</summary>
    private static readonly ImageRule Frames = new()
    {
        Formats = ["jpeg"],
        MaxCount = 2,
        MinSide = 300,
        MaxSide = 2_048,
        MaxRatio = 2.5m,
        MaxBytes = 5_000_000,
    };

    private static readonly ProviderCapabilities Common = new()
    {
        Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["1080p", "720p"],
        Aspect = new AspectRule([], FollowsImage: true),
        Images = Frames,
        // 3,072 are taken and 2,500 advised.
        Prompt = new PromptRule { MaxUnits = 2_500 },
        Audio = AudioSupport.Never,
        Correlation = CorrelationClass.Tag,
        RefusesSameNonce = true,
        // Whether failures are charged is not documented.
        Billing = BillingRule.Unknown,
        FirstLook = TimeSpan.FromSeconds(15),
        ResultLifetime = FileLife,
    };

    public static readonly IReadOnlyList<KlingModel> All =
    [
        new("kling-3.0", "/image-to-video/kling-3.0", Common with { Resolutions = ["1080p", "720p", "4k"] }),
        new("kling-3.0-turbo", "/image-to-video/kling-3.0-turbo", Common),
        new(
            GoodsStudio, "/solutions/e-commerce/goods_studio", Common with
            {
                Modes = VideoModes.References,
                Duration = DurationRule.OneOf(15, 30, 60),
                Aspect = new AspectRule(["9:16", "1:1", "16:9"], FollowsImage: false),
                Images = Frames with { MaxCount = 5, MaxBytes = 3_000_000 },
                Prompt = new PromptRule { MaxUnits = 0 },
                ProductWords = new ProductWordsRule(MaxTitle: 200, MaxDescription: 2_000),
            },
            IsSolution: true),
    ];

    /// <summary>Those of the settings that have a price, in their order, each with the resolutions that have one.</summary>
    public static IReadOnlyList<KlingModel> Offered(KlingOptions options)
    {
        var priced = All.Where(model => options.GoodsStudio || model.Id != GoodsStudio).Select(model => Priced(model, options)).OfType<KlingModel>();
        return options.Models.Count == 0 ? [.. priced] : [.. priced.Where(model => options.Models.Contains(model.Id)).OrderBy(model => options.Models.IndexOf(model.Id))];
    }

    private static KlingModel? Priced(KlingModel model, KlingOptions options)
    {
        string[] known = options.PricePerSecond.TryGetValue(model.Id, out var prices) ? [.. model.Capabilities.Resolutions.Where(prices.ContainsKey)] : [];
        return known.Length == 0 ? null : model with { Capabilities = model.Capabilities with { Resolutions = known } };
    }
}
