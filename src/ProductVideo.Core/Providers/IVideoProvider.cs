using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Spending;

namespace ProductVideo.Providers;

/// <summary>
/// A service that makes videos. It starts once and checks once: it never polls, sleeps or retries a start. What it returns is all that the
/// pipeline knows; it throws only <see cref="OperationCanceledException"/> and for mistakes in the program.
/// </summary>
public interface IVideoProvider
{
    /// <summary>The provider's key, for example <c>local</c>; unique in the installation.</summary>
    string Key { get; }

    /// <summary>The name that merchants see.</summary>
    string DisplayName { get; }

    /// <summary>The models that can be asked for; the first is the default.</summary>
    IReadOnlyList<string> Models { get; }

    /// <exception cref="ArgumentException">There is no such model.</exception>
    ProviderCapabilities Capabilities(string model);

    /// <summary>What <paramref name="request"/> will cost, from dated price tables.</summary>
    PriceEstimate EstimatePrice(VideoRequest request);

    /// <summary>Sends exactly one paid request. <paramref name="intent"/> was committed before.</summary>
    Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken);

    /// <summary>Asks once how an operation stands.</summary>
    Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken);
}

/// <summary>A provider that can stop an operation.</summary>
public interface ICancelVideo
{
    /// <summary>Asks for the operation to stop; true if it surely will make and charge nothing any more.</summary>
    Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken);
}

/// <summary>A provider that can find the task of a submit whose answer was lost.</summary>
public interface IFindVideo
{
    /// <summary>Looks for the task that <paramref name="intent"/> may have made.</summary>
    Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken);
}

/// <summary>The decision to pay, written down before the request leaves.</summary>
/// <param name="Nonce">Unique to this submit, 26 characters of <c>[a-z0-9]</c>: sent as idempotency key or tag where the provider takes one.</param>
/// <param name="Since">When the intent was committed.</param>
/// <param name="Again">Whether an order under this very nonce was lost before: what is said to this one proves nothing about that one.</param>
/// <param name="Until">
/// By when its task has been made if it ever is. Null where nothing says so: where it is sent again later under the same name, and where a
/// restored backup hides when it was sent.
/// </param>
/// <param name="Price">What it costs by the price list of that moment; null where that is what was told when it was ordered, or nothing tells.</param>
public sealed record SubmitIntent(string Nonce, DateTimeOffset Since, bool Again = false, DateTimeOffset? Until = null, Money? Price = null);

/// <summary>The provider's own handle of a running task.</summary>
/// <param name="RemoteId">The provider's id; unique per provider.</param>
/// <param name="Handle">Whatever else the adapter needs to check it; opaque to everybody else.</param>
public sealed record ProviderOperation(string RemoteId, JsonElement? Handle = null);

/// <summary>What a start led to, by evidence.</summary>
public abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>The provider has the task.</summary>
    public sealed record Accepted(ProviderOperation Operation) : StartOutcome;

    /// <summary>Surely no task was made and nothing charged.</summary>
    public sealed record Refused(ProviderFault Fault) : StartOutcome;

    /// <summary>Bytes left and no answer proves anything: a task may exist.</summary>
    public sealed record Unknown(ProviderFault Fault) : StartOutcome;
}

/// <summary>How an operation stands.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    /// <param name="Wait">When to ask again.</param>
    /// <param name="Progress">0 to 1, where the provider says it.</param>
    /// <param name="Fault">What the task waits for to pass, where it does not just wait its turn.</param>
    /// <param name="Queued">Whether the provider says that it has not begun, as behind other tasks of the account: that is no time of rendering.</param>
    public sealed record Pending(TimeSpan Wait, double? Progress = null, ProviderFault? Fault = null, bool Queued = false) : CheckOutcome;

    /// <param name="Sources">Where the clip can be had; the first that works is taken.</param>
    /// <param name="ReportedCost">What the provider says it charged.</param>
    /// <param name="Echo">What its record of the task repeats of the order; null where it repeats nothing.</param>
    public sealed record Ready(IReadOnlyList<ClipSource> Sources, Money? ReportedCost = null, OrderEcho? Echo = null) : CheckOutcome;

    /// <summary>The task ended without a clip, or can't be asked about.</summary>
    /// <param name="Fault">Why.</param>
    /// <param name="ReportedCost">What the provider charged nevertheless, by its word or, where that is zero, by other proof; null where nothing tells.</param>
    /// <param name="Stopped">Whether the provider says that somebody stopped it; what was spent on it by then may be charged.</param>
    public sealed record Refused(ProviderFault Fault, Money? ReportedCost = null, bool Stopped = false) : CheckOutcome;
}

/// <summary>What looking for a lost submit led to.</summary>
public abstract record FindOutcome
{
    private FindOutcome()
    {
    }

    /// <param name="Operation">The task.</param>
    /// <param name="ByRequest">Whether only what it was made of tells that it is the one, and no mark of ours.</param>
    public sealed record Found(ProviderOperation Operation, bool ByRequest = false) : FindOutcome;

    /// <summary>The provider's records prove that there is none so far.</summary>
    public sealed record Absent : FindOutcome;

    /// <summary>
    /// Tasks of its time, of which one may be it unless other videos hold them all. Whoever asked knows which are held; only when none is left
    /// in either list there is none.
    /// </summary>
    /// <param name="Tasks">Those that were made of this very request, the oldest first.</param>
    /// <param name="Silent">Those that do not show what they were made of, the oldest first.</param>
    /// <param name="Wait">When to look again for what the silent ones show then; null if they never will.</param>
    public sealed record Alike(IReadOnlyList<RemoteTask> Tasks, IReadOnlyList<RemoteTask> Silent, TimeSpan? Wait) : FindOutcome;

    /// <summary><see cref="Alike"/>, or <see cref="Absent"/> where no task of its time is left.</summary>
    public static FindOutcome Among(IReadOnlyList<RemoteTask> tasks, IReadOnlyList<RemoteTask> silent, TimeSpan? wait) =>
        tasks.Count + silent.Count == 0 ? new Absent() : new Alike(tasks, silent, wait);

    /// <summary>Some tasks may be it and nothing tells which, if any: a person decides.</summary>
    /// <param name="Candidates">Those that may be it, the oldest first.</param>
    /// <param name="Why">What keeps them from being told apart, for the operator.</param>
    public sealed record Several(IReadOnlyList<RemoteTask> Candidates, string Why) : FindOutcome;

    /// <summary>The list lacks tasks that surely are there, as that of another account or the first page of several does: it proves nothing, and a person decides.</summary>
    /// <param name="Unseen">The tasks that are known and not listed.</param>
    public sealed record Blind(IReadOnlyList<string> Unseen) : FindOutcome;

    /// <summary>It can't be told; look again after <paramref name="Wait"/>, or park if that is null.</summary>
    public sealed record CannotTell(TimeSpan? Wait, ProviderFault? Fault = null) : FindOutcome;
}

/// <summary>Where a finished clip can be had.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "at")]
[JsonDerivedType(typeof(Remote), "remote")]
[JsonDerivedType(typeof(Stored), "stored")]
[JsonDerivedType(typeof(AtProvider), "provider")]
public abstract record ClipSource
{
    private ClipSource()
    {
    }

    /// <summary>At an address that came from a provider: fetched only by the guarded download.</summary>
    /// <param name="Address">The address.</param>
    /// <param name="ExpiresAt">When it dies; null if not known.</param>
    public sealed record Remote(string Address, DateTimeOffset? ExpiresAt) : ClipSource;

    /// <summary>In the blob store.</summary>
    public sealed record Stored(string BlobKey) : ClipSource;

    /// <summary>Behind the provider's key: fetched by its adapter, an <see cref="IDownloadVideo"/>.</summary>
    /// <param name="RemoteId">Of the task.</param>
    /// <param name="ExpiresAt">When it dies; null if not known.</param>
    public sealed record AtProvider(string RemoteId, DateTimeOffset? ExpiresAt) : ClipSource;
}

/// <param name="Amount">What will be charged.</param>
/// <param name="PriceDate">The date of the price table.</param>
public sealed record PriceEstimate(Money Amount, DateOnly PriceDate);
