using System.Collections.Concurrent;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A paid provider that does what the test says and counts every submit.</summary>
internal sealed class ScriptedProvider : IVideoProvider, IFindVideo, ICancelVideo
{
    public string Key { get; init; } = "scripted";

    public string DisplayName => Key == "scripted" ? "Scripted" : Key;

    public BillingRule Billing { get; set; } = BillingRule.OnSuccess;

    public IReadOnlyList<string> Models { get; set; } = ["model-1"];

    public IReadOnlyList<string> Resolutions { get; set; } = ["720P"];

    public VideoModes Modes { get; set; } = VideoModes.References | VideoModes.FirstFrame;

    /// <summary>Of models that differ from <see cref="Modes"/>.</summary>
    public Dictionary<string, VideoModes> ModelModes { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the clip takes its first picture's ratio.</summary>
    public bool FollowsImage { get; set; }

    public IReadOnlyList<string> Ratios { get; set; } = ["1:1", "16:9"];

    public AudioSupport Audio { get; set; }

    /// <summary>Whether it films the pictures themselves.</summary>
    public bool KeepsPixels { get; set; }

    /// <summary>The widest picture that it takes.</summary>
    public decimal MaxRatio { get; set; } = 2.5m;

    /// <summary>Of a picture.</summary>
    public long MaxBytes { get; set; } = 10_000_000;

    public SourceClipRule? SourceClip { get; set; }

    public CorrelationClass Correlation { get; set; } = CorrelationClass.Tag;

    public bool RefusesSameNonce { get; set; }

    public TimeSpan FirstLook { get; set; }

    private readonly ConcurrentQueue<SubmitIntent> _submits = new();

    /// <summary>Every submit so far, in order; a batch sends many at the same time.</summary>
    public IReadOnlyList<SubmitIntent> Submits => [.. _submits];

    /// <summary>What was asked for, by the task that was made of it.</summary>
    public ConcurrentDictionary<string, VideoRequest> Requests { get; } = new(StringComparer.Ordinal);

    public Func<SubmitIntent, StartOutcome> OnStart { get; set; } = intent => new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));

    public Func<ProviderOperation, CheckOutcome> OnCheck { get; set; } = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10), 0.5);

    public Func<SubmitIntent, FindOutcome> OnFind { get; set; } = _ => new FindOutcome.Absent();

    public ProviderCapabilities Capabilities(string model) => !Models.Contains(model) ? throw new ArgumentException($"No model {model}.", nameof(model)) : new()
    {
        Modes = ModelModes.TryGetValue(model, out var modes) ? modes : Modes,
        Duration = DurationRule.Between(3, 15),
        Resolutions = Resolutions,
        Aspect = new AspectRule(Ratios, FollowsImage),
        Audio = Audio,
        KeepsPixels = KeepsPixels,
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 3, MinSide = 300, MaxRatio = MaxRatio, MaxBytes = MaxBytes },
        Prompt = new PromptRule { MaxUnits = 2_500, ImageReference = "[Image {0}]" },
        Correlation = Correlation,
        RefusesSameNonce = RefusesSameNonce,
        SourceClip = SourceClip,
        Billing = Billing,
        FirstLook = FirstLook,
    };

    public PriceEstimate EstimatePrice(VideoRequest request) =>
        NoPrice is { } refused ? throw refused : new(new Money(PerSecond * request.Seconds, Currency), new DateOnly(2026, 10, 2));

    /// <summary>Thrown where a price is asked for.</summary>
    public RefusedException? NoPrice { get; set; }

    public decimal PerSecond { get; set; } = 0.14m;

    public string Currency { get; set; } = "USD";

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        _submits.Enqueue(intent);
        Requests["task-" + intent.Nonce] = request;
        return Task.FromResult(OnStart(intent));
    }

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) => Task.FromResult(OnCheck(operation));

    public Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) => Task.FromResult(OnFind(intent));

    /// <summary>Whether a cancelled task surely stops.</summary>
    public Func<ProviderOperation, bool> OnCancel { get; set; } = _ => true;

    public Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken) => Task.FromResult(OnCancel(operation));
}
