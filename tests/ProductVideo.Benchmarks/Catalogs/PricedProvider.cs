using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>A paid provider that is ordered from and never asked: what ordering costs us is measured, not what comes after.</summary>
internal sealed class PricedProvider : IVideoProvider
{
    public const string ProviderKey = "priced";

    public string Key => ProviderKey;

    public string DisplayName => "Priced";

    public IReadOnlyList<string> Models { get; } = ["model-1"];

    public ProviderCapabilities Capabilities(string model) => new()
    {
        Modes = VideoModes.FirstFrame,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["720P"],
        Aspect = new AspectRule(["1:1", "16:9"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 3, MinSide = 300 },
        Prompt = new PromptRule { MaxUnits = 2_500 },
        Correlation = CorrelationClass.Key,
        Billing = BillingRule.OnSuccess,
    };

    public PriceEstimate EstimatePrice(VideoRequest request) => new(new Money(0.05m * request.Seconds, "USD"), new DateOnly(2026, 11, 1));

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is sent here.");

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is sent here.");
}
