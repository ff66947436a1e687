using ProductVideo.Planning;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>A model that can be offered: OpenRouter's list says what it makes of a picture, and for how much.</summary>
/// <param name="Id">As sent.</param>
/// <param name="Capabilities">By the list.</param>
/// <param name="HasNoSound">Whether the list says that it never makes any.</param>
internal sealed record OpenRouterModel(string Id, ProviderCapabilities Capabilities, bool HasNoSound)
{
    private const int LongestSide = 2_048;

    /// <summary>What a shop's page shows at most; what is larger costs several times as much and is never the default.</summary>
    private const int UsefulLines = 1_080;

    private OpenRouterPrices Prices { get; init; } = new([]);

    private IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>In US dollars; null where the list names no price for it.</summary>
    public decimal? PriceOf(VideoRequest request) => AspectRatio.Parse(request.Aspect) is { } ratio
        ? Prices.Of(request.Seconds, request.Resolution, OpenRouterFrames.SizeOf(request.Resolution ?? "", ratio, Sizes), request.Audio) : null;

    /// <returns>The model, or why it is not offered.</returns>
    public static (OpenRouterModel? Model, string WhyNot) Of(OpenRouterListed listed, OpenRouterOptions options)
    {
        if (listed.SupportedFrameImages?.Contains("first_frame", StringComparer.Ordinal) is not true)
            return (null, "it does not say that it takes a picture as its first frame");
        var lengths = (listed.SupportedDurations ?? []).Where(seconds => seconds is > 0 and <= 600 && decimal.IsInteger(seconds)).Distinct().Order().ToArray();
        if (lengths.Length == 0)
            return (null, "it names no lengths");
        var lines = (listed.PricingSkus ?? []).Select(sku => (sku.Key, Line: OpenRouterSku.Read(sku.Key, sku.Value))).ToList();
        if (lines.Where(line => line.Line is null).Select(line => line.Key).ToList() is { Count: > 0 } unread)
            return (null, $"these of its prices can't be read: {string.Join(", ", unread)}");

        var prices = new OpenRouterPrices([.. lines.Select(line => line.Line!)]);
        var named = (listed.SupportedResolutions ?? []).Distinct(StringComparer.Ordinal).ToList();
        var priced = (named.Count > 0 ? named : [""]).Where(resolution => IsPriced(prices, resolution, sound: false)).ToList();
        if (priced.Count == 0)
            return (null, "its prices name none for a clip of a picture");
        var sound = listed.GenerateAudio is true && priced.All(resolution => IsPriced(prices, resolution, sound: true));
        var resolutions = priced.Where(resolution => resolution.Length > 0).OrderBy(Rank).ToList();
        return (new OpenRouterModel(listed.Id!, CapabilitiesOf(listed, resolutions, lengths, sound, options), listed.GenerateAudio is false)
        {
            Prices = prices, Sizes = listed.SupportedSizes ?? [],
        }, "");
    }

    private static ProviderCapabilities CapabilitiesOf(
        OpenRouterListed listed, IReadOnlyList<string> resolutions, decimal[] lengths, bool sound, OpenRouterOptions options)
    {
        var ratios = (listed.SupportedAspectRatios ?? []).Where(text => AspectRatio.Parse(text) is not null).Distinct(StringComparer.Ordinal).ToList();
        return new ProviderCapabilities
        {
            Modes = VideoModes.FirstFrame,
            Duration = DurationRule.OneOf(lengths),
            Resolutions = resolutions,
            Aspect = new AspectRule(ratios, FollowsImage: ratios.Count == 0),
            Images = new ImageRule
            {
                Formats = ["jpeg"],
                MaxCount = 1,
                MinSide = 300,
                MaxSide = LongestSide,
                MaxRatio = 2.5m,
                // How large a body may be is not told, only that there is a limit.
                MaxBytes = 3_500_000,
                // Some models obey the ratio ordered and others follow their picture: one that has the ratio is right for both.
                FrameSizes =
                [
                    .. from resolution in resolutions.DefaultIfEmpty("")
                       from ratio in ratios
                       select OpenRouterFrames.SizeOf(resolution, AspectRatio.Parse(ratio)!.Value, listed.SupportedSizes ?? []).Within(LongestSide),
                ],
            },
            Prompt = new PromptRule { MaxUnits = options.MaxPrompt, Unit = PromptUnit.Utf16Units },
            Audio = sound ? AudioSupport.Optional : AudioSupport.Never,
            TakesSeed = listed.Seed is true,
            Correlation = CorrelationClass.Nothing,
            Billing = BillingRule.Unknown,
            ResultLifetime = null,
            // Not documented; what renders for minutes is not forgotten within a day.
            KeepsTasks = TimeSpan.FromDays(1),
        };
    }

    private static bool IsPriced(OpenRouterPrices prices, string resolution, bool sound) =>
        prices.Of(1, resolution.Length > 0 ? resolution : null, new FrameSize(resolution, "1:1", 1, 1), sound) is not null;

    /// <summary>From the largest useful down, then the larger ones up, then words that name no lines.</summary>
    private static int Rank(string resolution) => OpenRouterFrames.Lines(resolution) is not { } lines ? int.MaxValue
        : lines <= UsefulLines ? UsefulLines - lines : lines;
}
