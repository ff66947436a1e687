using ProductVideo.Providers;

namespace ProductVideo.Chaos.Outside;

/// <summary>How the outside behaves. All times are real ones.</summary>
internal sealed class Knobs
{
    public CorrelationClass Correlation { get; init; } = CorrelationClass.Tag;

    /// <summary>How long the provider thinks about a create, after it stored the task.</summary>
    public TimeSpan CreateTakes { get; set; } = TimeSpan.FromMilliseconds(15);

    public TimeSpan RenderTakes { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a new task is missing from the list.</summary>
    public TimeSpan ListLag { get; set; }

    /// <summary>What may go wrong with a product's first creates, one drawn by the seed for each.</summary>
    public IReadOnlyList<CreateFault> CreateFaults { get; set; } = [];

    /// <summary>How many creates of one product go wrong.</summary>
    public int FaultsPerProduct { get; set; } = 1;

    /// <summary>What may be wrong with a product's file, one drawn by the seed for each.</summary>
    public IReadOnlyList<FileFault> FileFaults { get; set; } = [];

    public IReadOnlyList<ShopFault> ShopFaults { get; set; } = [];

    /// <summary>How the tasks call back, in turn; empty where the provider never calls.</summary>
    public IReadOnlyList<CallbackFault> Callbacks { get; set; } = [];

    /// <summary>Whether strangers call too.</summary>
    public bool Forgeries { get; set; }

    /// <summary>How long the provider says, on the workers' clock, that whoever is called need not ask.</summary>
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the shop takes to store an upload.</summary>
    public TimeSpan AttachTakes { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Until then every call is cut off without an answer.</summary>
    public DateTimeOffset ProviderDownUntil { get; set; }

    public DateTimeOffset ShopDownUntil { get; set; }
}

/// <summary>What may go wrong with a create. <c>After</c> means that the task was stored and is charged.</summary>
internal enum CreateFault
{
    None,
    ServerErrorAfter,
    ServerErrorBefore,
    BadGatewayAfter,
    TimeoutStatusAfter,
    HangAfter,
    HangBefore,
    DropAfter,
    DropBefore,
    GarbageAfter,
    RateLimitedSeconds,
    RateLimitedDate,
    UnavailableWithRetryAfter,
    Status400,
    Status401,
    Status402,
    Status403,
    Status422,

    /// <summary>Stores the task, but answers with the id of an earlier one.</summary>
    OthersId,
}

/// <summary>What may be wrong with the calls about a task.</summary>
internal enum CallbackFault
{
    None,

    /// <summary>The first is sent before the create is answered.</summary>
    BeforeAnswer,

    /// <summary>The first is sent six times.</summary>
    Doubled,

    /// <summary>Says that it is done while it is not, and later that it is not.</summary>
    OutOfOrder,

    /// <summary>There are none.</summary>
    Missing,
}

internal enum FileFault
{
    None,
    ForbiddenOnce,
    ExpiredOnce,
    HtmlOnce,
    HtmlAsVideo,
    Empty,
    Truncated,
    TooShort,
    Black,
}

internal enum ShopFault
{
    None,
    UnavailableOnce,
    UnauthorisedOnce,
    QuotaOnce,
    ServerErrorAfterStore,
    DropAfterStore,
    ProductDeleted,
}
