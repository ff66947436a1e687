using System.Text.Json.Serialization;
using ProductVideo.Clips;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Generations;

/// <summary>Where a generation stands, with all that is true there. The set is closed; the row in the database holds one of these.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(Planned), nameof(Planned))]
[JsonDerivedType(typeof(Submitting), nameof(Submitting))]
[JsonDerivedType(typeof(Rendering), nameof(Rendering))]
[JsonDerivedType(typeof(Fetching), nameof(Fetching))]
[JsonDerivedType(typeof(AwaitingReview), nameof(AwaitingReview))]
[JsonDerivedType(typeof(Publishing), nameof(Publishing))]
[JsonDerivedType(typeof(Published), nameof(Published))]
[JsonDerivedType(typeof(Failed), nameof(Failed))]
[JsonDerivedType(typeof(Rejected), nameof(Rejected))]
[JsonDerivedType(typeof(Cancelled), nameof(Cancelled))]
[JsonDerivedType(typeof(InDoubt), nameof(InDoubt))]
[JsonDerivedType(typeof(Withdrawing), nameof(Withdrawing))]
[JsonDerivedType(typeof(Withdrawn), nameof(Withdrawn))]
public abstract record GenerationState
{
    private GenerationState()
    {
    }

    /// <summary>The state's name, as stored, shown and answered by the API.</summary>
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>The names of all states.</summary>
    [JsonIgnore]
    public static IReadOnlyList<string> Names { get; } =
    [
        nameof(Planned), nameof(Submitting), nameof(Rendering), nameof(Fetching), nameof(AwaitingReview), nameof(Publishing), nameof(Published),
        nameof(Failed), nameof(Rejected), nameof(Cancelled), nameof(Withdrawing), nameof(Withdrawn), nameof(InDoubt),
    ];

    /// <summary>Whether nothing happens any more unless a person starts a new attempt.</summary>
    [JsonIgnore]
    public bool IsFinal => this is Published or Failed { Handover: null } or Rejected or Cancelled or Withdrawn;

    /// <summary>Whether a clip is still coming of it, so that the same clip is not made beside it.</summary>
    [JsonIgnore]
    public bool IsActive => !IsFinal && this is not Withdrawing;

    /// <summary>Written down; nothing was sent.</summary>
    /// <param name="Refusals">How often a submit was surely refused but may pass later.</param>
    /// <param name="LostBefore">How often a submit was lost and then proved never to have made a task.</param>
    /// <param name="LastProblem">Why it waits.</param>
    /// <param name="MaybeSent">Whether a restored backup hides that it was sent already: only the same key may be sent, and a refusal proves nothing.</param>
    /// <param name="RefusedSince">When a submit was first refused; null if none was.</param>
    public sealed record Planned(
        int Refusals = 0, int LostBefore = 0, Problem? LastProblem = null, bool MaybeSent = false, DateTimeOffset? RefusedSince = null) : GenerationState;

    /// <summary>A paid request is about to leave, has left, or its answer was lost: a task may exist.</summary>
    /// <param name="Intent">Committed before the request.</param>
    /// <param name="Refusals">Carried from <see cref="Planned"/>.</param>
    /// <param name="LostBefore">Carried from <see cref="Planned"/>.</param>
    /// <param name="Searches">How often the task was looked for, or the same key sent again.</param>
    /// <param name="LastProblem">What the submit or the last search met.</param>
    /// <param name="Otherwise">What is true if it was never sent, where a restored backup leaves that open; null where it was sent.</param>
    /// <param name="RefusedSince">Carried from <see cref="Planned"/>.</param>
    public sealed record Submitting(
        SubmitIntent Intent, int Refusals = 0, int LostBefore = 0, int Searches = 0, Problem? LastProblem = null, GenerationState? Otherwise = null,
        DateTimeOffset? RefusedSince = null)
        : GenerationState;

    /// <summary>The provider has the task.</summary>
    /// <param name="Operation">The provider's handle.</param>
    /// <param name="Since">When it was accepted.</param>
    /// <param name="Checks">How often it was asked about.</param>
    /// <param name="Progress">0 to 1, where the provider says it.</param>
    /// <param name="CancelAsked">Whether the provider was asked to stop.</param>
    /// <param name="LastProblem">What the last check met.</param>
    /// <param name="FetchingSince">Since when its bytes are tried for, where it was ready before and is only asked for fresh addresses.</param>
    /// <param name="FetchTries">How often its bytes were tried for.</param>
    /// <param name="Adopted">Whether a person said that the task is this video's: then nothing that the provider shows says otherwise.</param>
    /// <param name="QueuedAt">When it was last seen to wait in the provider's own queue, and by as much later as nobody was heard of it since; null if it never was.</param>
    /// <param name="StopTries">How often the provider was asked to stop.</param>
    /// <param name="StopAgainAt">When it is to be asked once more, while the task still waits in its queue; null if it is not.</param>
    /// <param name="Doubt">The doubt that a person ended by naming the task, until the provider shows that task; null after that, and where nobody named it.</param>
    /// <param name="Price">Carried from its intent.</param>
    /// <param name="SeenAt">When the provider last said that it is not finished; null if it never did.</param>
    /// <param name="Silence">For how long nobody was heard of it, as in an outage there or here: that is no time of making.</param>
    /// <param name="RefusedSince">Since when every question about it fails; null if the last one was answered.</param>
    public sealed record Rendering(
        ProviderOperation Operation, DateTimeOffset Since, int Checks = 0, double? Progress = null, bool CancelAsked = false,
        Problem? LastProblem = null, DateTimeOffset? FetchingSince = null, int FetchTries = 0,
        bool Adopted = false, DateTimeOffset? QueuedAt = null, int StopTries = 0, DateTimeOffset? StopAgainAt = null,
        InDoubt? Doubt = null, Money? Price = null, DateTimeOffset? SeenAt = null, TimeSpan Silence = default, DateTimeOffset? RefusedSince = null) : GenerationState;

    /// <summary>The provider has finished; the bytes are not ours yet.</summary>
    /// <param name="Operation">The provider's handle.</param>
    /// <param name="Sources">Where the clip can be had.</param>
    /// <param name="ReportedCost">What the provider says it charged.</param>
    /// <param name="Since">Since when it is known to be ready.</param>
    /// <param name="Tries">How often its bytes were tried for.</param>
    /// <param name="LastProblem">What the last try met.</param>
    /// <param name="DiesAt">When the provider throws it away; null if it keeps it.</param>
    /// <param name="Unread">How often its bytes came and could not be read.</param>
    /// <param name="Unmeasured">How often its bytes came and this machine was too busy to look at them.</param>
    /// <param name="IsForeign">Whether its bytes came, and must be coded anew: before every browser plays them, or for their label.</param>
    /// <param name="Price">Carried from <see cref="Rendering"/>.</param>
    public sealed record Fetching(
        ProviderOperation Operation, IReadOnlyList<ClipSource> Sources, Money? ReportedCost, DateTimeOffset Since, int Tries = 0,
        Problem? LastProblem = null, DateTimeOffset? DiesAt = null, int Unread = 0, int Unmeasured = 0,
        bool IsForeign = false, Money? Price = null) : GenerationState
    {
        /// <summary>A machine that stays too busy for a clip all the while does not get to it any more.</summary>
        private const int MostUnmeasured = 6;

        /// <summary>Whether it is not brought once more for a machine that is too busy again.</summary>
        [JsonIgnore]
        public bool IsMeasuredLast => Unmeasured >= MostUnmeasured - 1;
    }

    /// <summary>The clip is stored and passed its checks; a person decides.</summary>
    public sealed record AwaitingReview(Clip Clip) : GenerationState;

    /// <summary>Approved and on its way to the listing.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="AttachKey">The same at every try, so that the listing is looked at before it is written.</param>
    /// <param name="ApprovedBy">Who approved.</param>
    /// <param name="Since">When.</param>
    /// <param name="Tries">How often the shop was asked.</param>
    /// <param name="LastProblem">What the last try met.</param>
    /// <param name="KeepEarlier">Whether the product's earlier clips stay on the listing; else they make room once this one is there.</param>
    public sealed record Publishing(
        Clip Clip, string AttachKey, string ApprovedBy, DateTimeOffset Since, int Tries = 0, Problem? LastProblem = null, bool KeepEarlier = false)
        : GenerationState;

    /// <summary>On the listing.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="AttachKey">What it was attached under.</param>
    /// <param name="MediaId">The shop's id of it.</param>
    /// <param name="ListingUrl">Where shoppers see it, as the shop told.</param>
    /// <param name="At">Since when.</param>
    /// <param name="ClipUrl">Where the file itself can be had, as the shop told; null where it told nothing, and of clips from before that was kept.</param>
    /// <param name="WantedSince">Since when it was wanted there: of two clips of a product the one wanted later takes the other's place, whichever came first. Null of clips from before that was kept.</param>
    /// <param name="KeepsEarlier">Whether those that were wanted earlier stay beside it.</param>
    public sealed record Published(
        Clip Clip, string AttachKey, string MediaId, string? ListingUrl, DateTimeOffset At, string? ClipUrl = null, DateTimeOffset? WantedSince = null,
        bool KeepsEarlier = false) : GenerationState;

    /// <param name="Problem">Why.</param>
    /// <param name="Clip">The clip, where there is one that is only not on the listing.</param>
    /// <param name="Charged">Whether the provider charged for it though there is no clip: it counts as spent.</param>
    /// <param name="Cost">What the provider says it charged for it; null where it does not say.</param>
    /// <param name="Handover">While another provider is being asked to stand in; null once that is settled.</param>
    /// <param name="FollowedBy">The generation that was ordered in its place; null if none was.</param>
    /// <param name="Unfollowed">Why nobody could stand in, where somebody should have.</param>
    public sealed record Failed(
        Problem Problem, Clip? Clip = null, bool Charged = false, Money? Cost = null, Handover? Handover = null, Guid? FollowedBy = null, Problem? Unfollowed = null)
        : GenerationState;

    public sealed record Rejected(Clip Clip, string By, string? Reason) : GenerationState;

    /// <param name="By">Who wanted it.</param>
    /// <param name="Charged">Whether the provider may have charged for what it had begun: then that counts as spent.</param>
    /// <param name="Cost">What it charged for that; null where nothing tells.</param>
    public sealed record Cancelled(string By, bool Charged = false, Money? Cost = null) : GenerationState;

    /// <summary>On its way off the listing; tried until the shop has done it.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="AttachKey">What it was attached under.</param>
    /// <param name="By">Who wanted it.</param>
    /// <param name="Since">When.</param>
    /// <param name="ReplacedBy">The generation whose clip took its place; null if a person took it off.</param>
    /// <param name="Tries">How often the shop was asked.</param>
    /// <param name="LastProblem">What the last try met.</param>
    /// <param name="Failure">Why it could not be put on its listing, where a try of that may have put it there all the same; null if it was published.</param>
    /// <param name="Unpublished">Whether somebody stopped it before its shop had taken it; a try that failed may have put it there all the same.</param>
    public sealed record Withdrawing(
        Clip Clip, string AttachKey, string By, DateTimeOffset Since, Guid? ReplacedBy = null, int Tries = 0, Problem? LastProblem = null, Problem? Failure = null,
        bool Unpublished = false)
        : GenerationState;

    /// <summary>Taken off its listing, or kept from it; what had been there before is there again.</summary>
    /// <param name="Clip">The clip.</param>
    /// <param name="By">Who wanted it.</param>
    /// <param name="At">When it was off.</param>
    /// <param name="ReplacedBy">The generation whose clip took its place; null if a person took it off.</param>
    /// <param name="Unpublished">Whether it was stopped before its shop had taken it.</param>
    public sealed record Withdrawn(Clip Clip, string By, DateTimeOffset At, Guid? ReplacedBy = null, bool Unpublished = false) : GenerationState;

    /// <summary>A task may exist and may have cost money; only a person can tell.</summary>
    /// <param name="Intent">What was sent under.</param>
    /// <param name="Operation">The task, where it is known and only its end is not.</param>
    /// <param name="Problem">What is known.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Candidates">The provider's tasks that may be it, where its list was read.</param>
    /// <param name="Price">Carried from <see cref="Rendering"/>, where there is no intent to tell it.</param>
    public sealed record InDoubt(
        SubmitIntent? Intent, ProviderOperation? Operation, Problem Problem, DateTimeOffset Since, IReadOnlyList<RemoteTask>? Candidates = null,
        Money? Price = null)
        : GenerationState;
}

/// <summary>Another provider of the shop's list is being asked to stand in for one that made no clip.</summary>
/// <param name="Since">Since when.</param>
/// <param name="MayHavePaid">Whether the first may have charged: then who stands in must cost nothing, unless the shop allows it.</param>
/// <param name="Tries">How often it was tried.</param>
public sealed record Handover(DateTimeOffset Since, bool MayHavePaid, int Tries = 0);

/// <summary>Something that went wrong, told to both who need to know.</summary>
/// <param name="Code">Stable, lower case with underscores, for example <c>image_unreadable</c>.</param>
/// <param name="MerchantText">What happened and the way out.</param>
/// <param name="OperatorText">What was seen, without secrets.</param>
public sealed record Problem(string Code, string MerchantText, string OperatorText)
{
    /// <summary>The provider no longer knows the task, or threw its clip away.</summary>
    public const string TaskGone = "provider_task_gone";

    /// <summary>The provider named one task for two videos.</summary>
    public const string TaskTaken = "task_taken";

    /// <summary>The provider's record of a task says that it was ordered for another video.</summary>
    public const string TaskOfAnother = "task_of_another";

    /// <summary>The provider's moderation said no.</summary>
    public const string ContentRefused = "content_refused";

    /// <summary>A person gave up on what was in doubt.</summary>
    public const string GivenUp = "given_up";

    /// <summary>The account at the provider is empty.</summary>
    public const string OutOfCredit = "provider_out_of_credit";

    /// <summary>The provider does not let us in with our key.</summary>
    public const string Unauthorised = "provider_unauthorised";

    /// <summary>The account, or the provider at all, does not have the model or what is asked of it.</summary>
    public const string Unsupported = "provider_unsupported";

    /// <summary>A person stopped new orders; those that are there wait.</summary>
    public const string SubmitsPaused = "submits_paused";

    /// <summary>The provider takes nothing from the account until a person has mended it and said so; orders wait.</summary>
    public const string AccountRefused = "provider_account_refused";

    /// <summary>The store of pictures and clips is away, full, or has lost a picture.</summary>
    public const string StorageUnavailable = "storage_unavailable";

    /// <summary>This server's disk is full.</summary>
    public const string DiskFull = "disk_full";

    /// <summary>This server can't write its own files.</summary>
    public const string WorkFolderUnavailable = "work_folder_unavailable";

    /// <summary>A program that makes videos is not installed here.</summary>
    public const string FfmpegMissing = "ffmpeg_missing";

    /// <summary>A font that belongs to the product is not there any more.</summary>
    public const string FontMissing = "font_missing";

    /// <summary>A program that makes videos fails here.</summary>
    public const string EncoderFailed = "encoder_failed";

    /// <summary>This server took too long for a film.</summary>
    public const string RenderTimedOut = "render_timed_out";

    /// <summary>This server could not do its part, and no more is known.</summary>
    public const string ServerFailed = "server_failed";

    /// <summary>Whether it lies with this server: any other order would meet it too, until whoever runs the server has mended it.</summary>
    [JsonIgnore]
    public bool IsOfServer => Code is StorageUnavailable or DiskFull or WorkFolderUnavailable or FfmpegMissing or FontMissing or EncoderFailed or RenderTimedOut or ServerFailed;

    public static Problem From(ProviderFault fault) => new(fault.ProblemCode ?? CodeOf(fault.Code), fault.MerchantText, fault.OperatorText);

    private static string CodeOf(ProviderFaultCode code) => code switch
    {
        ProviderFaultCode.RateLimited => "provider_rate_limited",
        ProviderFaultCode.Concurrency => "provider_busy",
        ProviderFaultCode.OutOfCredit => OutOfCredit,
        ProviderFaultCode.ContentRefused => ContentRefused,
        ProviderFaultCode.InvalidInput => "provider_invalid_input",
        ProviderFaultCode.InputUnreachable => "provider_input_unreachable",
        ProviderFaultCode.Unauthorised => Unauthorised,
        ProviderFaultCode.NotFoundOrExpired => TaskGone,
        ProviderFaultCode.Unsupported => Unsupported,
        ProviderFaultCode.Transient => "provider_unavailable",
        ProviderFaultCode.Protocol => "provider_protocol",
        ProviderFaultCode.TaskFailed => "provider_failed",
        ProviderFaultCode.OwnServer => ServerFailed,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };
}
