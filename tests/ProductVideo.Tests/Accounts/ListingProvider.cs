using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Tests.Accounts;

/// <summary>A provider of class L: its list bears nothing of ours, unless a test says that it bears marks. It keeps what it was sent and may lose its answer.</summary>
internal sealed class ListingProvider(TimeProvider clock) : IVideoProvider, IListVideos, IFindVideo
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);

    /// <summary>Read and changed by a test while nothing is sent.</summary>
    public List<RemoteTask> Tasks { get; } = [];

    public int Starts { get; private set; }

    /// <summary>Whether the next start makes a task, and whether its answer comes.</summary>
    public Queue<(bool Makes, bool Answers)> Next { get; } = new();

    public bool ListFails { get; set; }

    /// <summary>Shown instead of <see cref="Tasks"/>, as with the key of another account; null for those.</summary>
    public IReadOnlyList<RemoteTask>? Others { get; set; }

    /// <summary>How often the records are read until <see cref="Others"/> is no longer shown, as where a copy of them lags.</summary>
    public int Lags { get; set; } = int.MaxValue;

    /// <summary>Lists that were asked for.</summary>
    public int Lists { get; private set; }

    private IReadOnlyList<RemoteTask> Shown => Lags-- > 0 ? Others ?? Tasks : Tasks;

    /// <summary>What is said of a task.</summary>
    public Func<ProviderOperation, CheckOutcome> OnCheck { get; set; } = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10));

    public CorrelationClass Correlation { get; set; } = CorrelationClass.ListOnly;

    public string Key => "listing";

    public string DisplayName => "Listing";

    public IReadOnlyList<string> Models { get; } = ["slideshow-1"];

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
            var (makes, answers) = Next.TryDequeue(out var next) ? next : (true, true);
            var task = new RemoteTask($"task-{++Starts}", clock.GetUtcNow());
            if (makes)
                Tasks.Add(task);
            _marks[intent.Nonce] = task.RemoteId;
            return Task.FromResult<StartOutcome>(answers
                ? new StartOutcome.Accepted(task.ToOperation())
                : new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "The connection broke.")));
        }
    }

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        Task.FromResult(OnCheck(operation));

    public Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Lists++;
            return Task.FromResult<ListOutcome>(ListFails
                ? new ListOutcome.Unavailable(new ProviderFault(ProviderFaultCode.Transient, "503", "Away."))
                : new ListOutcome.Listed([.. Shown.Where(task => task.CreatedAt >= from && task.CreatedAt <= to)]));
        }
    }

    public Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<FindOutcome>(Shown.FirstOrDefault(task => task.RemoteId == _marks[intent.Nonce]) is { } ours
                ? new FindOutcome.Found(ours.ToOperation()) : new FindOutcome.Absent());
        }
    }
}
