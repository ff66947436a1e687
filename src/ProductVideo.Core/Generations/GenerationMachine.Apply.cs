using ProductVideo.Catalog;
using ProductVideo.Providers;
using ProductVideo.Spending;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

internal static partial class GenerationMachine
{
    /// <summary>What is true after <paramref name="answer"/>. An answer that does not belong to the state changes nothing.</summary>
    public static Next Apply(Generation generation, Answer answer, DateTimeOffset now, MachineRules rules) =>
        HandOver(generation, Wished(generation, After(generation, answer, now, rules), now), now);

    /// <summary>A wish to cancel that was not followed when the answer's question was decided is followed next, however long the answer would wait.</summary>
    private static Next Wished(Generation generation, Next next, DateTimeOffset now) =>
        generation.CancelRequestedBy is not null && next.State is Planned or Rendering { CancelAsked: false } ? next with { DueAt = now } : next;

    private static Next After(Generation generation, Answer answer, DateTimeOffset now, MachineRules rules) =>
        (generation.State, answer) switch
        {
            (Submitting s, Answer.Started started) => Start(s, started.Outcome, now, rules),
            (Submitting s, Answer.Searched searched) => Search(generation, s, searched.Outcome, now, rules),
            (Rendering r, Answer.Checked checkedOn) => Check(generation, r, AsMeant(checkedOn.Outcome), now, rules),
            (Rendering r, Answer.CancelAnswered { Uncharged: true }) => Done(new Cancelled(generation.CancelRequestedBy ?? r.Operation.RemoteId)),
            (Rendering r, Answer.CancelAnswered) => new Next(r, now),
            (Fetching, Answer.Fetched fetched) => Review(generation, fetched.Clip, now),
            (Fetching f, Answer.NotFetched not) => Refetch(f, not, now, rules),
            (Publishing p, Answer.Attached attached) =>
                Done(new Published(
                    p.Clip, p.AttachKey, attached.Media.MediaId, attached.Media.ListingUrl, now, attached.Media.ClipUrl, WantedSince(generation, p), p.KeepEarlier)),
            (Publishing p, Answer.NotAttached not) => Reattach(p, not, now, rules),
            (Withdrawing { Failure: { } why } w, Answer.Detached) => Done(new Failed(why, w.Clip)),
            (Withdrawing w, Answer.Detached) => Done(new Withdrawn(w.Clip, w.By, now, w.ReplacedBy, w.Unpublished)),
            // Never given up: shoppers would go on seeing what somebody took away.
            (Withdrawing w, Answer.NotDetached not) => new Next(w with { LastProblem = not.Problem }, now + Wait(not.RetryAfter, w.Tries)),
            (Failed { Handover: not null } f, Answer.HandedOver handed) => Done(f with { Handover = null, FollowedBy = handed.To }),
            (Failed { Handover: { } handover } f, Answer.NotHandedOver not) => NotHandedOver(f, handover, not, now, rules),
            _ => new Next(generation.State, generation.DueAt),
        };

    private static Next Start(Submitting submitting, StartOutcome outcome, DateTimeOffset now, MachineRules rules) =>
        outcome switch
        {
            StartOutcome.Accepted accepted => new Next(new Rendering(accepted.Operation, now, Price: submitting.Intent.Price), now + rules.FirstLook),
            // This request was refused, but an earlier one under the same key may have been taken: only the same key may be tried again.
            StartOutcome.Refused refused when submitting.Searches > 0 => refused.Fault.MayPass && now - submitting.Intent.Since < rules.MaxWaiting
                ? new Next(submitting with { LastProblem = Problem.From(refused.Fault) }, now + Wait(refused.Fault.RetryAfter, submitting.Searches))
                : Done(Park(submitting with { LastProblem = Problem.From(refused.Fault) }, now)),
            // Since the provider first said no: how long the order waited for us before is none of its doing.
            StartOutcome.Refused { Fault: { MayPass: true } fault } when now - (submitting.RefusedSince ?? now) < rules.MaxWaiting =>
                new Next(
                    new Planned(submitting.Refusals + 1, submitting.LostBefore, Problem.From(fault), RefusedSince: submitting.RefusedSince ?? now),
                    now + Wait(fault.RetryAfter, submitting.Refusals)),
            StartOutcome.Refused refused => Done(new Failed(GivenUp(refused.Fault))),
            StartOutcome.Unknown unknown => Unproven(submitting with { LastProblem = Problem.From(unknown.Fault) }, now, rules),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
        };

    private static Next Unproven(Submitting submitting, DateTimeOffset now, MachineRules rules) => rules.Correlation switch
    {
        CorrelationClass.Key when now - submitting.Intent.Since < rules.MaxWaiting => new Next(submitting, now + Backoff(submitting.Searches)),
        CorrelationClass.Tag or CorrelationClass.TagWhenFinished or CorrelationClass.ListOnly =>
            new Next(submitting, submitting.Intent.Since + rules.Settle),
        _ => Done(Park(submitting, now)),
    };

    /// <summary>A submit that was lost and is proved absent is paid for once more without a person; a second loss waits for one.</summary>
    private static Next Search(Generation generation, Submitting submitting, FindOutcome outcome, DateTimeOffset now, MachineRules rules) => outcome switch
    {
        FindOutcome.Found found => new Next(new Rendering(found.Operation, now, Price: submitting.Intent.Price), now),
        // It was made and forgotten, or never made.
        FindOutcome.Absent when submitting.Otherwise is not InDoubt && IsForgottenOf(generation, submitting, now, rules) => Done(ParkForgotten(submitting, now)),
        FindOutcome.Absent when submitting.Otherwise is { } otherwise => new Next(otherwise, otherwise is InDoubt ? null : now),
        FindOutcome.Absent when submitting.LostBefore == 0 =>
            new Next(new Planned(submitting.Refusals, LostBefore: 1, submitting.LastProblem, RefusedSince: submitting.RefusedSince), now),
        FindOutcome.CannotTell { Wait: { } wait } when now - submitting.Intent.Since < rules.MaxWaiting => new Next(submitting, now + Wait(wait, submitting.Searches)),
        FindOutcome.Several several => Done(Park(submitting, several, now)),
        // What is that old the list lacks for its age, and not for another account's key.
        FindOutcome.Blind when IsForgottenOf(generation, submitting, now, rules) => Done(ParkForgotten(submitting, now)),
        FindOutcome.Blind blind => Done(Park(submitting, blind, now)),
        FindOutcome.CannotTell { Fault: { } fault } => Done(Park(submitting with { LastProblem = submitting.LastProblem ?? Problem.From(fault) }, now)),
        _ => Done(Park(submitting, now)),
    };

    private static Next Check(Generation generation, Rendering rendering, CheckOutcome outcome, DateTimeOffset now, MachineRules rules) => outcome switch
    {
        CheckOutcome.Ready { Echo: var echo } when rendering is { Adopted: false, FetchingSince: null } && EchoedOrder.IsOfAnother(generation, echo) =>
            Done(TaskOfAnother(generation, rendering.Operation, now)),
        CheckOutcome.Ready ready => new Next(
            new Fetching(
                rendering.Operation, ready.Sources, ready.ReportedCost, rendering.FetchingSince ?? now, rendering.FetchTries,
                LastProblem: rendering.FetchingSince is null ? null : rendering.LastProblem,
                DiesAt: ResultLife.EndOf(ready.Sources, rendering.FetchingSince ?? now, rules), Price: rendering.Price),
            now),
        // Another account's key, another address or a slow list: one that is paid for does not end by a single word.
        CheckOutcome.Refused { Fault: { Code: ProviderFaultCode.NotFoundOrExpired } fault, Stopped: false } when IsKept(rendering, now, rules) =>
            Unfinished(rendering, new CheckOutcome.Pending(Wait(fault.RetryAfter, rendering.Checks), Fault: NotShown(fault)), now, rules),
        // It was ready and paid for, and could not be brought home in time.
        CheckOutcome.Refused { Fault.Code: ProviderFaultCode.NotFoundOrExpired } gone when rendering.FetchingSince is not null =>
            Done(ResultLife.Expired(rendering.LastProblem ?? Problem.From(gone.Fault))),
        CheckOutcome.Refused refused when generation.CancelRequestedBy is { } by && IsStopped(rendering, refused) => Done(Stopped(generation, rendering, refused, by)),
        CheckOutcome.Refused { Fault: { Code: ProviderFaultCode.NotFoundOrExpired } fault, Stopped: false } when rendering.Doubt is { } doubt =>
            Done(Unseen(doubt, rendering.Operation, fault)),
        // Accepted or adopted, and never once seen: a mistyped id or a slow list, which only a person can tell apart.
        CheckOutcome.Refused { Fault: { Code: ProviderFaultCode.NotFoundOrExpired } fault, Stopped: false } when rendering.Checks == 0 =>
            Done(new InDoubt(Intent: null, rendering.Operation, NeverSeen(rendering.Operation, fault), now, Price: rendering.Price)),
        CheckOutcome.Refused { Fault: var fault, ReportedCost: var cost } when !fault.IsOfAsking =>
            Done(new Failed(Problem.From(fault), Charged: IsCharged(generation, rendering, fault, cost), Cost: cost)),
        CheckOutcome.Refused { Fault: var fault } => NotHeard(generation, rendering, fault, now, rules),
        CheckOutcome.Pending pending => Unfinished(rendering, pending, now, rules),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    /// <summary>Whether the provider has the task, whatever it says: it took it, and keeps it for longer than since then. What a person named has to be seen once.</summary>
    private static bool IsKept(Rendering rendering, DateTimeOffset now, MachineRules rules) =>
        rendering is { Doubt: null, CancelAsked: false } and ({ Adopted: false } or { Checks: > 0 }) && now - rendering.Since < rules.KeepsTasks;

    private static ProviderFault NotShown(ProviderFault fault) => fault with
    {
        ProblemCode = "provider_task_not_shown", MerchantText = "The provider took this order and does not show it at the moment. We ask again by ourselves.",
    };

    private static Problem NeverSeen(ProviderOperation operation, ProviderFault fault) => new(
        "task_never_seen",
        "The provider does not show this video's task, so it may have been made and charged, or never begun. Look at the provider's own list, then adopt the right task, try again or give up.",
        $"Task {operation.RemoteId} was never seen; the check said: {fault.OperatorText}");

    /// <summary>What may pass was waited for, and is not any more.</summary>
    private static Problem GivenUp(ProviderFault fault) => !fault.MayPass ? Problem.From(fault) : Problem.From(fault) with
    {
        MerchantText = "The provider was busy or out of reach for too long, so this video was given up. Nothing was ordered or charged. Make it again, or choose another provider.",
    };

    /// <summary>A cost that nobody can have meant is none, so what was agreed to is booked; else no step of the video could ever be written.</summary>
    private static CheckOutcome AsMeant(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ready ready => ready with { ReportedCost = MoneyMoves.AsMeant(ready.ReportedCost) },
        CheckOutcome.Refused refused => refused with { ReportedCost = MoneyMoves.AsMeant(refused.ReportedCost) },
        _ => outcome,
    };

    /// <summary>Given up only by the provider's own word, and not for time in which nobody asked: a server that was off for a weekend goes on from there.</summary>
    private static Next Unfinished(Rendering rendering, CheckOutcome.Pending pending, DateTimeOffset now, MachineRules rules)
    {
        // One that was asked about and answered before anybody noted when was asked about all the while.
        var heard = rendering is { Checks: > 0, SeenAt: null, RefusedSince: null } ? now : rendering.SeenAt ?? rendering.QueuedAt ?? rendering.Since;
        var silence = now - heard is var gap && gap > LongestGap ? gap - LongestGap : TimeSpan.Zero;
        var seen = rendering with
        {
            Checks = rendering.Checks + 1,
            Progress = pending.Progress ?? rendering.Progress,
            LastProblem = pending.Fault is not { } fault ? null
                // It was seen, and what kept it from being fetched is why it may be lost.
                : fault.Code is ProviderFaultCode.NotFoundOrExpired && rendering.FetchingSince is not null ? rendering.LastProblem : Problem.From(fault),
            QueuedAt = pending.Queued ? now : rendering.QueuedAt + silence,
            // The wish may never have reached the provider, and what waits costs nothing yet.
            Doubt = null,
            StopAgainAt = rendering.CancelAsked && pending.Queued ? rendering.StopAgainAt ?? now + Backoff(rendering.StopTries) : null,
            SeenAt = now,
            Silence = rendering.Silence + silence,
            RefusedSince = null,
        };
        return IsTooLong(seen, pending.Queued, now, rules) ? Done(TooLong(seen, now))
            : new Next(seen, now + TimeSpan.FromTicks(Math.Clamp(pending.Wait.Ticks, ShortestPoll.Ticks, LongestWait.Ticks)));
    }

    /// <summary>
    /// The task was accepted and may have been paid: a key that stopped working, an outage or a page instead of an answer does not end it, as long as
    /// its clip may be there.
    /// </summary>
    private static Next NotHeard(Generation generation, Rendering rendering, ProviderFault fault, DateTimeOffset now, MachineRules rules)
    {
        var since = rendering.RefusedSince ?? now;
        if (now - since <= PatienceFor(generation, rendering, fault, rules))
        {
            return new Next(
                rendering with { Checks = rendering.Checks + 1, LastProblem = Problem.From(fault), RefusedSince = since }, now + Wait(fault.RetryAfter, rendering.Checks));
        }

        return Done(rendering.Doubt is { } doubt ? Unseen(doubt, rendering.Operation, fault) : Unheard(generation, rendering, fault, since, now));
    }

    /// <summary>What was being made is finished within its time, and its clip kept for the provider's. What a person named and nobody saw may be no task at all; and what is to be cancelled nobody waits for.</summary>
    private static TimeSpan PatienceFor(Generation generation, Rendering rendering, ProviderFault fault, MachineRules rules) =>
        generation.CancelRequestedBy is not null || (rendering.Doubt is not null && !fault.MayPass) ? rules.MaxRendering : rules.MaxRendering + (rules.ResultLifetime ?? rules.MaxWaiting);

    /// <summary>Some providers delete what they are asked to stop. A task that a person named and nobody ever saw is not known for other reasons.</summary>
    private static bool IsStopped(Rendering rendering, CheckOutcome.Refused refused) => refused.Stopped
        || (refused.Fault.Code is ProviderFaultCode.NotFoundOrExpired && rendering is { CancelAsked: true, Doubt: null } and not { Adopted: true, Checks: 0 });

    /// <summary>The doubt as it was before a person named a task that the provider never showed: all that was known of the right one is still known.</summary>
    private static InDoubt Unseen(InDoubt doubt, ProviderOperation named, ProviderFault last) => doubt with
    {
        Problem = new Problem(
            "adopted_task_unknown",
            "The provider does not show the task that was adopted, so this video is in doubt as before: it may have been made and charged. Look at the provider's own list, then adopt the right task, try again or give up.",
            $"Task {named.RemoteId} was adopted and never seen; the last check said: {last.OperatorText} Before that: {doubt.Problem.OperatorText}"),
    };

    /// <summary>What a person cancelled did not fail. What the provider charges for what it had begun is another question, and judged as of a task that failed.</summary>
    private static Cancelled Stopped(Generation generation, Rendering rendering, CheckOutcome.Refused refused, string by) => new(
        by, IsCharged(generation, rendering, refused.Fault, refused.ReportedCost), refused.ReportedCost);

    private static bool IsCharged(Generation generation, Rendering rendering, ProviderFault fault, Money? told) =>
        told is { } cost ? cost.Amount > 0 : MoneyMoves.IsCharged(rendering, Problem.From(fault), generation.Order.Billing);

    /// <summary>A task that waits behind others is asked about for longer: it is paid for, and nobody would fetch its clip.</summary>
    private static bool IsTooLong(Rendering rendering, bool queued, DateTimeOffset now, MachineRules rules)
    {
        var counted = rendering.Since + rendering.Silence;
        return queued
            ? now - counted > (rules.MaxQueueing > rules.MaxRendering ? rules.MaxQueueing : rules.MaxRendering)
            : now - (rendering.QueuedAt ?? counted) > rules.MaxRendering;
    }

    private static InDoubt TooLong(Rendering rendering, DateTimeOffset now) => new(
        Intent: null, rendering.Operation,
        new Problem(
            "render_too_long",
            "The provider has not finished the video in the time it should take. It may still come. Look again and adopt it, try again or give up.",
            $"Task {rendering.Operation.RemoteId} was still unfinished {now - rendering.Since:c} after it was accepted"
                + (rendering.Silence > TimeSpan.Zero ? $", of which it could not be asked about for {rendering.Silence:c}." : ".")),
        now, Price: rendering.Price);

    private static InDoubt Unheard(Generation generation, Rendering rendering, ProviderFault fault, DateTimeOffset since, DateTimeOffset now) => new(
        Intent: null, rendering.Operation,
        new Problem(
            "render_unheard",
            (generation.CancelRequestedBy is null ? "The provider could not be asked about this video for longer than it surely keeps one."
                : "This video was to be cancelled, and the provider could not be asked about it for longer than it should take.")
                + " It may have been made and charged. Look again and adopt it, try again or give up.",
            $"Task {rendering.Operation.RemoteId} could not be asked about for {now - since:c}; the last check said: {fault.OperatorText}"),
        now, Price: rendering.Price);

    private static Next Review(Generation generation, Clips.Clip clip, DateTimeOffset now) =>
        generation.CancelRequestedBy is { } by ? Done(new Rejected(clip, by, CancelledLate))
        // Of a restored backup: since it was taken the clip may have been published, and taken off by a person.
        : generation.Order.AutoApprove && !generation.FromBackup && clip.Doubts.Count == 0 ? new Next(
                new Publishing(clip, AttachKeyOf(generation), ByItself, now, KeepEarlier: generation.Order.Wishes.KeepEarlier), now)
        : Done(new AwaitingReview(clip));

    private static Next Refetch(Fetching fetching, Answer.NotFetched not, DateTimeOffset now, MachineRules rules) =>
        not.Retry is FetchRetry.Never || (not.Retry is FetchRetry.OnceMore && fetching.Unread > 0)
            || (not.Retry is FetchRetry.WhenIdle && fetching.IsMeasuredLast)
            ? Done(new Failed(not.Problem, Charged: true))
        // Whose turn has not come was not tried for: that it is gone, only a try can tell.
        : not.Retry is not FetchRetry.InTurn && now > ResultLife.GiveUpAt(fetching, rules) ? Done(ResultLife.Expired(not.Problem))
        : not.Retry is FetchRetry.AskAgain
            ? new Next(
                new Rendering(
                    fetching.Operation, now, LastProblem: ResultLife.Told(fetching, not.Problem, now), FetchingSince: fetching.Since,
                    FetchTries: fetching.Tries),
                now + Backoff(fetching.Tries))
        : Later(fetching with { LastProblem = ResultLife.Told(fetching, not.Problem, now) }, not.Retry, now, rules);

    private static Next Later(Fetching fetching, FetchRetry retry, DateTimeOffset now, MachineRules rules) => retry switch
    {
        FetchRetry.OnceMore => new Next(fetching with { Unread = fetching.Unread + 1 }, now + Backoff(fetching.Tries)),
        FetchRetry.WhenIdle => new Next(
            fetching with { Unmeasured = fetching.Unmeasured + 1 }, now + IdleWait(fetching.Unmeasured, ResultLife.GiveUpAt(fetching, rules) - now)),
        FetchRetry.InTurn => new Next(
            fetching with { IsForeign = true, Tries = Math.Max(0, fetching.Tries - 1) }, now + TurnWait(ResultLife.GiveUpAt(fetching, rules) - now)),
        _ => new Next(fetching, now + Backoff(fetching.Tries)),
    };

    /// <summary>30 s; down to 5 s in a clip's last half hour, so that of those that wait the one that dies first asks most often.</summary>
    private static TimeSpan TurnWait(TimeSpan left) => TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds / 60, 5, 30));

    /// <summary>5 min, 10 min … 80 min; less where the clip dies before.</summary>
    private static TimeSpan IdleWait(int before, TimeSpan left)
    {
        var wait = TimeSpan.FromMinutes(5 * Math.Pow(2, before));
        return wait < left / 2 ? wait : Backoff(before);
    }

    private static Next Reattach(Publishing publishing, Answer.NotAttached not, DateTimeOffset now, MachineRules rules) =>
        not.Fault is StorefrontFault.ProductNotFound or StorefrontFault.ClipRefused or StorefrontFault.InvalidData
            // A shop that names its time of waiting is not given up for that: a week's quota has room again after a week.
            || (not.Fault is not StorefrontFault.RateLimited && now - publishing.Since > rules.MaxPublishing)
            ? NotPublished(publishing, not, now)
            : new Next(publishing with { LastProblem = not.Problem }, now + Wait(not.RetryAfter, publishing.Tries));

    /// <summary>A try whose answer was lost, or whose process died, may have put it on its listing: it is taken off before it counts as failed.</summary>
    private static Next NotPublished(Publishing publishing, Answer.NotAttached not, DateTimeOffset now) =>
        publishing.Tries > 1 || (publishing.Tries == 1 && not.Fault is StorefrontFault.Unavailable)
            ? new Next(new Withdrawing(publishing.Clip, publishing.AttachKey, "a try that failed", now, Failure: not.Problem), now)
            : Done(new Failed(not.Problem, publishing.Clip));

    /// <summary>Since its approval; one that is approved by itself was wanted when it was ordered, however long it took to make.</summary>
    private static DateTimeOffset WantedSince(Generation generation, Publishing publishing) =>
        publishing.ApprovedBy == ByItself ? generation.CreatedAt : publishing.Since;

    /// <summary>For so long an answer speaks. What is longer between two, nobody asked or was answered, and it is no time that the provider took.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>Whatever somebody outside says, a row is looked at again within this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>As long as the other side said; where it named no time, or one too short to be meant ("Retry-After: 0"), our own.</summary>
    private static TimeSpan Wait(TimeSpan? said, int tries) =>
        said >= TimeSpan.FromSeconds(1) ? TimeSpan.FromTicks(Math.Min(said.Value.Ticks, LongestWait.Ticks)) : Backoff(tries);

    /// <summary>5 s, 10 s, 20 s … at most 5 minutes.</summary>
    private static TimeSpan Backoff(int tries) => TimeSpan.FromSeconds(Math.Min(300, 5 * Math.Pow(2, Math.Clamp(tries, 0, 6))));

    private static Next Done(GenerationState state) => new(state, DueAt: null);
}
