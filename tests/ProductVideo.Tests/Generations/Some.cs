using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Tests.Generations;

/// <summary>Generations and their parts, complete enough for any test.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly SubmitIntent Intent = new("abcdefghijklmnopqrstuvwxyz", Noon);

    public static readonly ProviderOperation Operation = new("task-1");

    public static readonly Problem Problem = new("code", "merchant", "operator");

    public static readonly AttachedMedia Media = new("media-1", "/shop/mug", WasThere: false);

    public static readonly ShotPlan Plan = new()
    {
        Aspect = "1:1",
        Shots = [new Shot(0, new CameraMove(CameraWindow.Whole, new CameraWindow(1.1)), 5)],
        Seconds = 5,
    };

    public static readonly Clip Clip = new()
    {
        BlobKey = "sample/clips/a.mp4",
        PosterKey = "sample/clips/a.jpg",
        Length = 1000,
        Sha256 = new string('a', 64),
        Seconds = 5,
        Width = 1080,
        Height = 1080,
        AltText = "A mug",
        MadeAt = Noon,
        Checks = [],
    };

    public static readonly StandIns StandIns = new([new ProviderChoice { Provider = "other" }], MayPayTwice: false);

    public static MachineRules Rules(CorrelationClass correlation = CorrelationClass.Tag) => new() { Correlation = correlation };

    public static ProviderFault Fault(ProviderFaultCode code, TimeSpan? retryAfter = null) => new(code, "operator", "merchant", retryAfter);

    public static VideoRequest Request(string model = "slideshow-1") => new()
    {
        Model = model,
        Mode = VideoModes.Slideshow,
        Prompt = "",
        Images = [new RequestImage(ImageRole.Reference, "sample/images/a.jpeg", "image/jpeg", 1200, 1200)],
        Seconds = 5,
        Aspect = "1:1",
        Plan = Plan,
    };

    public static Generation Generation(GenerationState state, bool autoApprove = false, string? cancelRequestedBy = null, string provider = "local") => new()
    {
        Id = Guid.CreateVersion7(),
        Product = new ProductRef("sample", "mug"),
        Order = new GenerationOrder
        {
            ProductTitle = "A mug",
            Provider = provider,
            Request = Request(),
            Template = "turntable@1",
            Fingerprint = Guid.NewGuid().ToString("n"),
            Price = new PriceEstimate(Money.Zero("EUR"), new DateOnly(2026, 11, 1)),
            RequestedBy = "tester",
            Origin = GenerationOrigin.Api,
            AutoApprove = autoApprove,
        },
        State = state,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        DueAt = Noon,
        CancelRequestedBy = cancelRequestedBy,
    };

    /// <summary>One of each state.</summary>
    public static IReadOnlyList<GenerationState> States { get; } =
    [
        new GenerationState.Planned(),
        new GenerationState.Submitting(Intent),
        new GenerationState.Rendering(Operation, Noon),
        new GenerationState.Fetching(Operation, [new ClipSource.Stored("sample/clips/a.mp4")], null, Noon),
        new GenerationState.AwaitingReview(Clip),
        new GenerationState.Publishing(Clip, "pv-1", "tester", Noon),
        new GenerationState.Published(Clip, "pv-1", "media-1", "/shop/mug", Noon),
        new GenerationState.Failed(Problem),
        new GenerationState.Rejected(Clip, "tester", "dull"),
        new GenerationState.Cancelled("tester"),
        new GenerationState.InDoubt(Intent, null, Problem, Noon),
        new GenerationState.Withdrawn(Clip, "tester", Noon),
        new GenerationState.Withdrawing(Clip, "pv-1", "tester", Noon),
    ];

    /// <summary>One of each answer, by the kinds that the machine tells apart.</summary>
    public static IReadOnlyList<Answer> Answers { get; } =
    [
        new Answer.Started(new StartOutcome.Accepted(Operation)),
        new Answer.Started(new StartOutcome.Refused(Fault(ProviderFaultCode.RateLimited))),
        new Answer.Started(new StartOutcome.Refused(Fault(ProviderFaultCode.OutOfCredit))),
        new Answer.Started(new StartOutcome.Unknown(Fault(ProviderFaultCode.Transient))),
        new Answer.Searched(new FindOutcome.Found(Operation)),
        new Answer.Searched(new FindOutcome.Absent()),
        new Answer.Searched(new FindOutcome.CannotTell(TimeSpan.FromMinutes(1))),
        new Answer.Searched(new FindOutcome.CannotTell(null)),
        new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(10), 0.5)),
        new Answer.Checked(new CheckOutcome.Ready([new ClipSource.Remote("https://provider.example/a.mp4", null)])),
        new Answer.Checked(new CheckOutcome.Refused(Fault(ProviderFaultCode.Transient))),
        new Answer.Checked(new CheckOutcome.Refused(Fault(ProviderFaultCode.ContentRefused))),
        new Answer.CancelAnswered(true),
        new Answer.CancelAnswered(false),
        new Answer.Fetched(Clip),
        new Answer.NotFetched(Problem, FetchRetry.SameSources),
        new Answer.NotFetched(Problem, FetchRetry.AskAgain),
        new Answer.NotFetched(Problem, FetchRetry.Never),
        new Answer.Attached(Media),
        new Answer.NotAttached(Problem, StorefrontFault.Unavailable, TimeSpan.FromMinutes(7)),
        new Answer.NotAttached(Problem, StorefrontFault.ProductNotFound, null),
        new Answer.Detached(),
        new Answer.NotDetached(Problem, TimeSpan.FromMinutes(7)),
        new Answer.HandedOver(Guid.CreateVersion7()),
        new Answer.NotHandedOver(Problem, MayPass: true),
        new Answer.NotHandedOver(Problem, MayPass: false),
        new Answer.NotFetched(Problem, FetchRetry.OnceMore),
        new Answer.NotFetched(Problem, FetchRetry.WhenIdle),
        new Answer.NotFetched(Problem, FetchRetry.InTurn),
    ];

    public static IReadOnlyList<Command> Commands { get; } =
    [
        new Command.Approve("tester"), new Command.Reject("tester", "dull"), new Command.Cancel("tester"),
        new Command.Adopt("tester", new ProviderOperation("found")), new Command.Withdraw("tester"), new Command.GiveUp("tester"),
    ];
}
