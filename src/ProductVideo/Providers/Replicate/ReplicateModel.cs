using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Replicate;

/// <summary>A model as it is offered.</summary>
/// <param name="Settings">As its page describes it.</param>
/// <param name="Capabilities">What it takes and gives.</param>
internal sealed record ReplicateModel(ReplicateModelOptions Settings, ProviderCapabilities Capabilities)
{
    /// <summary>Under <see cref="ReplicateModelOptions.PricePerSecond"/>: of all resolutions without a price of their own.</summary>
    public const string AnyResolution = "any";

    public static readonly TimeSpan FileLife = TimeSpan.FromHours(1);

    /// <summary><c>owner/name</c>, as answers call it.</summary>
    public string Name => Settings.Id.Split(':')[0];

    /// <summary>null for an official model, which has none to choose from.</summary>
    public string? Version => Settings.Id.Split(':') is [_, var version] ? version : null;

    public static ReplicateModel Of(ReplicateModelOptions settings)
    {
        var inputs = settings.Inputs;
        return new ReplicateModel(settings, new ProviderCapabilities
        {
            Modes = VideoModes.FirstFrame | (inputs.LastFrame.Length > 0 ? VideoModes.FirstLastFrame : VideoModes.None),
            Duration = DurationRule.OneOf([.. settings.Seconds.Select(seconds => (decimal)seconds)]),
            Resolutions = [.. settings.Resolutions.Where(resolution => HasPrice(settings, resolution))],
            Aspect = new AspectRule([.. settings.Aspects], FollowsImage: settings.Aspects.Count == 0),
            Images = new ImageRule
            {
                Formats = ["jpeg"],
                MaxCount = inputs.LastFrame.Length > 0 ? 2 : 1,
                MinSide = 300,
                MaxSide = 1_920,
                // What is larger should be somewhere else than in the request, says the vendor.
                MaxBytes = PictureCarrier.LargestEchoed,
            },
            Prompt = new PromptRule
            {
                MaxUnits = settings.MaxPrompt, TakesNegative = inputs.NegativePrompt.Length > 0, MaxNegativeUnits = inputs.NegativePrompt.Length > 0 ? settings.MaxPrompt : 0,
            },
            Audio = inputs.Audio.Length > 0 ? AudioSupport.Optional : AudioSupport.Never,
            TakesSeed = inputs.Seed.Length > 0,
            // The list shows the inputs of every task, and so the prompt, until they are deleted.
            Correlation = CorrelationClass.Tag,
            Billing = BillingRule.Unknown,
            ResultLifetime = FileLife,
            // What goes after an hour are its files; the record stays for longer.
            KeepsTasks = FileLife,
        });
    }

    public static bool HasPrice(ReplicateModelOptions settings, string resolution) =>
        settings.PricePerSecond.ContainsKey(resolution) || settings.PricePerSecond.ContainsKey(AnyResolution);

    public IEnumerable<PriceRow> Prices(ReplicateOptions options) => Settings.PricePerSecond.Select(price => new PriceRow(
        options.PriceDate ?? DateOnly.MinValue, Settings.Id, price.Key == AnyResolution ? null : price.Key, PriceUnit.Second, new Money(price.Value, options.Currency)));
}
