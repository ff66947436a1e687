using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Tests.Accounts;

/// <summary>A provider that counts the tasks it has at once, as real ones do to refuse them; a task ends when the test says so.</summary>
internal sealed class CountingProvider : IVideoProvider, IProbeAccount
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _running = [];

    public string Key => "counting";

    public string DisplayName => "Counting";

    public IReadOnlyList<string> Models { get; } = ["slideshow-1"];

    public CorrelationClass Correlation { get; set; } = CorrelationClass.Tag;

    public int Starts { get; private set; }

    public int MostAtOnce { get; private set; }

    public int Probes { get; private set; }

    public Func<StartOutcome?>? OnStart { get; set; }

    public Func<ProviderFault?> OnProbe { get; set; } = () => null;

    public ProviderCapabilities Capabilities(string model) => new()
    {
        Modes = VideoModes.Slideshow,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["720P"],
        Aspect = new AspectRule(["1:1"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 3 },
        Prompt = new PromptRule { MaxUnits = 0 },
        Correlation = Correlation,
    };

    public PriceEstimate EstimatePrice(VideoRequest request) => new(Money.Zero("USD"), new DateOnly(2026, 11, 1));

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Starts++;
            if (OnStart?.Invoke() is { } outcome)
                return Task.FromResult(outcome);
            _running.Add(intent.Nonce);
            MostAtOnce = Math.Max(MostAtOnce, _running.Count);
            return Task.FromResult<StartOutcome>(new StartOutcome.Accepted(new ProviderOperation(intent.Nonce)));
        }
    }

    /// <summary>Whether tasks end when they are asked about.</summary>
    public bool Ends { get; set; }

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        if (!Ends)
            return Task.FromResult<CheckOutcome>(new CheckOutcome.Pending(TimeSpan.FromSeconds(10)));
        lock (_lock)
            _running.Remove(operation.RemoteId);
        return Task.FromResult<CheckOutcome>(new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused.")));
    }

    public Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        Probes++;
        return Task.FromResult(OnProbe());
    }
}
