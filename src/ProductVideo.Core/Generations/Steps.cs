using ProductVideo.Catalog;
using ProductVideo.Clips;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Generations;

/// <summary>What the shell is to do once the decided state is committed.</summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Nothing now.</summary>
    public sealed record Rest : Effect;

    /// <summary>Send the one paid request of this intent.</summary>
    /// <param name="Intent">Which.</param>
    /// <param name="ToNobody">
    /// Whether it was decided while nobody offered the model: then nothing is sent, even if somebody does by now, for whether it may be sent twice
    /// was not asked of them.
    /// </param>
    public sealed record Start(SubmitIntent Intent, bool ToNobody = false) : Effect;

    /// <summary>Look for the task that this intent may have made.</summary>
    public sealed record Find(SubmitIntent Intent) : Effect;

    public sealed record Check(ProviderOperation Operation) : Effect;

    /// <summary>Ask the provider to stop.</summary>
    public sealed record Cancel(ProviderOperation Operation) : Effect;

    /// <summary>Bring the bytes home, measure and store them.</summary>
    public sealed record Fetch(IReadOnlyList<ClipSource> Sources) : Effect;

    public sealed record Publish(Clip Clip, string AttachKey) : Effect;

    /// <summary>Take it off the listing and restore what was there before.</summary>
    public sealed record Withdraw(string AttachKey) : Effect;

    /// <summary>Order the clip of the next provider that stands in.</summary>
    public sealed record HandOver(Handover Handover) : Effect;
}

/// <param name="State">To be committed before <paramref name="Effect"/> is acted on.</param>
/// <param name="DueAt">When to look again if nothing else happens.</param>
/// <param name="Effect">What to do then.</param>
internal sealed record Decision(GenerationState State, DateTimeOffset? DueAt, Effect Effect);

/// <summary>What an effect led to.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    public sealed record Started(StartOutcome Outcome) : Answer;

    public sealed record Searched(FindOutcome Outcome) : Answer;

    public sealed record Checked(CheckOutcome Outcome) : Answer;

    /// <param name="Uncharged">True if the provider will surely make and charge nothing any more.</param>
    public sealed record CancelAnswered(bool Uncharged) : Answer;

    /// <summary>The bytes are stored and passed their checks.</summary>
    public sealed record Fetched(Clip Clip) : Answer;

    /// <summary>The bytes could not be had; <paramref name="Retry"/> says whether another try can help.</summary>
    public sealed record NotFetched(Problem Problem, FetchRetry Retry) : Answer;

    public sealed record Attached(AttachedMedia Media) : Answer;

    /// <param name="Problem">What the shop said.</param>
    /// <param name="Fault">Which kind of thing.</param>
    /// <param name="RetryAfter">When the shop said to come back.</param>
    public sealed record NotAttached(Problem Problem, StorefrontFault Fault, TimeSpan? RetryAfter) : Answer;

    /// <summary>The clip is off the listing, whoever took it off.</summary>
    public sealed record Detached : Answer;

    /// <param name="Problem">What the shop said.</param>
    /// <param name="RetryAfter">When the shop said to come back.</param>
    public sealed record NotDetached(Problem Problem, TimeSpan? RetryAfter) : Answer;

    /// <summary>Another generation was ordered in its place, however often it was asked for.</summary>
    public sealed record HandedOver(Guid To) : Answer;

    /// <param name="Problem">Why nobody stands in.</param>
    /// <param name="MayPass">Whether another try can help.</param>
    public sealed record NotHandedOver(Problem Problem, bool MayPass) : Answer;
}

internal enum FetchRetry
{
    /// <summary>The same sources may work later: the network, a full disk.</summary>
    SameSources,

    /// <summary>The sources died: ask the provider for fresh ones.</summary>
    AskAgain,

    /// <summary>The bytes came and could not be read. They may have been cut short on their way, so they are brought once more.</summary>
    OnceMore,

    /// <summary>This machine was too busy to look at the bytes, which may last.</summary>
    WhenIdle,

    /// <summary>The bytes are good but for their coding, and another clip is being coded anew on this machine: it waits for its turn, however long.</summary>
    InTurn,

    /// <summary>The bytes themselves are wrong: another try would bring the same.</summary>
    Never,
}

/// <param name="State">To be committed.</param>
/// <param name="DueAt">When to look next; null if only a person can move it.</param>
internal sealed record Next(GenerationState State, DateTimeOffset? DueAt);

/// <summary>What a person asks for.</summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <param name="By">Who.</param>
    /// <param name="KeepEarlier">Whether the product's earlier clips stay on the listing; null for what the order wished.</param>
    public sealed record Approve(string By, bool? KeepEarlier = null) : Command;

    public sealed record Reject(string By, string? Reason) : Command;

    /// <param name="By">Who.</param>
    /// <param name="MayReject">Whether that rejects a clip which is finished already; else it stops only what is not.</param>
    public sealed record Cancel(string By, bool MayReject = true) : Command;

    /// <summary>Takes a task found by hand as the one in doubt.</summary>
    public sealed record Adopt(string By, ProviderOperation Operation) : Command;

    /// <summary>Takes a published clip off its listing.</summary>
    /// <param name="By">Who.</param>
    /// <param name="ReplacedBy">The generation whose clip takes its place; null if none does.</param>
    public sealed record Withdraw(string By, Guid? ReplacedBy = null) : Command;

    /// <summary>Ends a generation in doubt, and the money counts as spent; or the tries to take a clip off where its shop does not do it.</summary>
    public sealed record GiveUp(string By) : Command;
}

/// <summary>Times that rule the machine; all have a reason and a default.</summary>
internal sealed record MachineRules
{
    /// <summary>How the provider's lost submits can be found.</summary>
    public required CorrelationClass Correlation { get; init; }

    /// <summary>Whether the provider takes no second order under the same name: then one that is lost and found absent is sent under it again.</summary>
    public bool RefusesSameName { get; init; }

    /// <summary>Whether the provider or its model is gone for now, so that <see cref="Correlation"/> is that of a stand-in, which sends nothing.</summary>
    public bool IsAway { get; init; }

    /// <summary>What the order costs if it is sent now; null where nothing tells.</summary>
    public Money? Price { get; init; }

    /// <summary>How long after a lost submit the provider's list is trusted to show it.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long after its start a task is looked at for the first time.</summary>
    public TimeSpan FirstLook { get; init; }

    /// <summary>Longer than this since it was last seen to wait in the provider's queue, and a render is in doubt. Time in which nobody was heard of it does not count.</summary>
    public TimeSpan MaxRendering { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Longer than this in the provider's own queue, and it is in doubt too.</summary>
    public TimeSpan MaxQueueing { get; init; } = TimeSpan.FromHours(20);

    /// <summary>
    /// How long a refused submit that may pass is tried again; and how much longer than <see cref="MaxRendering"/> a task is asked about that nobody is heard of,
    /// where <see cref="ResultLifetime"/> does not tell how long its clip is kept.
    /// </summary>
    public TimeSpan MaxWaiting { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the bytes of a finished clip are tried for where nothing tells when they die.</summary>
    public TimeSpan MaxFetching { get; init; } = TimeSpan.FromHours(20);

    /// <summary>How long the provider keeps a finished clip; null if it does not say. So much longer than <see cref="MaxRendering"/> a task is asked about that nobody is heard of.</summary>
    public TimeSpan? ResultLifetime { get; init; }

    /// <inheritdoc cref="ProviderCapabilities.KeepsTasks"/>
    public TimeSpan KeepsTasks { get; init; }

    /// <summary>How long a shop that can't be reached is tried.</summary>
    public TimeSpan MaxPublishing { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Longer than any effect takes: a row whose effect was cut off by a crash is looked at again after this.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
}
