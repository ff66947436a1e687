using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Providers.Fakes;

/// <summary>A task in the ledger of a fake.</summary>
/// <param name="Id">As told.</param>
/// <param name="Number">In the order of making, from 1.</param>
/// <param name="Order">What was asked for.</param>
/// <param name="CreatedAt">By the fake's clock.</param>
public sealed record FakeTask(string Id, int Number, FakeOrder Order, DateTimeOffset CreatedAt)
{
    public FakeTaskState State { get; set; }

    /// <summary>Work on it was begun, which some vendors charge for though it was stopped.</summary>
    public bool Begun { get; set; }
}

/// <param name="Model">The model.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Seconds">The length.</param>
/// <param name="Body">The whole request as JSON, or a form's fields.</param>
public sealed record FakeOrder(string? Model, string? Prompt, decimal? Seconds, JsonNode Body);

public enum FakeTaskState
{
    Queued,
    Running,
    Finished,
    Failed,
    Moderated,

    /// <summary>Ended because the order itself was wrong.</summary>
    Invalid,
    Cancelled,

    /// <summary>A word that stands in no documentation.</summary>
    Strange,
}

public enum FakeRefusal
{
    RateLimited,
    Quota,
    Unauthorised,
    Moderated,
    InvalidInput,
}

/// <summary>What may go wrong with a submit. <c>AfterCreate</c>: the task exists and is charged.</summary>
public enum SubmitFault
{
    None,
    DropAfterCreate,
    HangAfterCreate,
    ServerErrorAfterCreate,
    UnavailableAfterCreate,

    /// <summary>503 in the provider's own form.</summary>
    UnavailableInOwnWordsAfterCreate,

    /// <summary>The task exists; the answer ends in the middle.</summary>
    BrokenJson,

    /// <summary>The task exists; a page comes instead of the answer.</summary>
    Html,
    RateLimited,
    RateLimitedWithTime,
    QuotaAs429,
    Unauthorised,
    Moderated,
    InvalidInput,
}

/// <summary>What may go wrong with the bytes of a finished clip.</summary>
public enum ClipFault
{
    None,

    /// <summary>The address died: a refusal in the words of a file store.</summary>
    Expired,

    /// <summary>The connection ends in the middle of the file.</summary>
    Truncated,

    /// <summary>A page comes instead of the video.</summary>
    Html,

    /// <summary>It calls itself a video and is none.</summary>
    NoVideo,
}

public enum CheckFault
{
    None,
    LateModeration,
    Failed,
    StrangeState,
    RateLimited,
    ServerError,
    Html,
    Drop,
}
