using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Providers.Local;

/// <summary>
/// Films the product's own photographs on this machine: free, no account, and no model redraws the product. A provider like any other:
/// the render itself runs elsewhere, from an order that survives a restart.
/// </summary>
internal sealed class LocalVideoProvider(IRenderOrders orders, LocalOptions options) : IVideoProvider, ICancelVideo, IFindVideo
{
    public const string ProviderKey = "local";

    private const string Model = "slideshow-1";

    /// <summary>How often an order that was put off is asked about.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private static readonly ProviderCapabilities Slideshow = new()
    {
        Modes = VideoModes.Slideshow,
        Duration = DurationRule.Between(4, 30),
        Resolutions = ["1080P"],
        Aspect = new AspectRule(["1:1", "9:16", "16:9", "4:5", "3:4", "4:3"], FollowsImage: false),
        Images = new ImageRule
        {
            Formats = ["jpeg", "png", "webp", "avif"],
            MaxCount = 12,
            // A swatch of fifty pixels would fill the frame.
            MinSide = 300,
            MaxSide = int.MaxValue,
            MaxRatio = decimal.MaxValue,
            MaxBytes = long.MaxValue,
            ReadsBlobs = true,
        },
        Prompt = new PromptRule { MaxUnits = 0 },
        Audio = AudioSupport.Optional,
        Correlation = CorrelationClass.Key,
        Billing = BillingRule.Free,
        KeepsPixels = true,
        // 1: pictures of more than eight bits with a colour profile are no longer white, and a short film shows the product whole.
        Revision = 1,
    };

    public string Key => ProviderKey;

    public string DisplayName => "Local renderer";

    public IReadOnlyList<string> Models { get; } = [Model];

    public ProviderCapabilities Capabilities(string model) =>
        model == Model ? Slideshow : throw new ArgumentException($"The local renderer has no model '{model}'.", nameof(model));

    public PriceEstimate EstimatePrice(VideoRequest request) => new(Spending.Money.Zero(options.Currency), new DateOnly(2026, 11, 1));

    public async Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        await orders.AddAsync(intent.Nonce, request, cancellationToken);
        return new StartOutcome.Accepted(new ProviderOperation(intent.Nonce));
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        await orders.FindAsync(operation.RemoteId, cancellationToken) switch
        {
            { State: RenderOrderState.Waiting, Setback.Problem: { } problem } => new CheckOutcome.Pending(AskAgain, 0, Of(ProviderFaultCode.Transient, problem)),
            { State: RenderOrderState.Waiting } => new CheckOutcome.Pending(options.CheckEvery, 0),
            { State: RenderOrderState.Rendering } order => new CheckOutcome.Pending(options.CheckEvery, order.Progress),
            { State: RenderOrderState.Done } order => new CheckOutcome.Ready([new ClipSource.Stored(order.ResultKey!)]),
            { State: RenderOrderState.Failed, Problem: { } problem } => new CheckOutcome.Refused(Of(
                problem.IsOfServer ? ProviderFaultCode.OwnServer
                : RenderTrouble.IsOfOrder(problem) ? ProviderFaultCode.InvalidInput : ProviderFaultCode.TaskFailed,
                problem)),
            { State: RenderOrderState.Stopped } => new CheckOutcome.Refused(
                new ProviderFault(ProviderFaultCode.NotFoundOrExpired, $"Render order {operation.RemoteId} was stopped.", "The render was stopped. Start it again if you still want it."),
                Stopped: true),
            _ => new CheckOutcome.Refused(
                new ProviderFault(ProviderFaultCode.NotFoundOrExpired, $"Render order {operation.RemoteId} does not exist.", "The render is gone. Start it again.")),
        };

    public Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        orders.StopAsync(operation.RemoteId, cancellationToken);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
        await orders.FindAsync(intent.Nonce, cancellationToken) is null
            ? new FindOutcome.Absent()
            : new FindOutcome.Found(new ProviderOperation(intent.Nonce));

    private static ProviderFault Of(ProviderFaultCode code, Problem problem) =>
        new(code, problem.OperatorText, problem.MerchantText, ProblemCode: problem.Code);
}
