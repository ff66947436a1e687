using ProductVideo.Benchmarks.Remote;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>A paid provider that draws videos of a first picture.</summary>
/// <param name="address">A <see cref="FakeProvider"/>; null where only what ordering costs us is measured and nothing is sent.</param>
internal sealed class PricedProvider(Uri? address) : IVideoProvider
{
    private readonly FakeAdapter? _calls = address is null ? null : new FakeAdapter(address);

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
        Calls.StartAsync(request, intent, cancellationToken);

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        // At the tasks' own speed, whatever that of the other benchmarks is.
        await Calls.CheckAsync(operation, cancellationToken) is CheckOutcome.Pending ? new CheckOutcome.Pending(TimeSpan.FromMinutes(1))
            : throw new InvalidOperationException("A task ended before all were there.");

    private FakeAdapter Calls => _calls ?? throw new InvalidOperationException("Nothing is sent here.");
}
