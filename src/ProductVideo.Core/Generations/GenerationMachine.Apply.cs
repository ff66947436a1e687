using ProductVideo.Catalog;
using ProductVideo.Providers;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

public static partial class GenerationMachine
{
    /// <summary>What is true after <paramref name="answer"/>. An answer that does not belong to the state changes nothing.</summary>
    public static Next Apply(Generation generation, Answer answer, DateTimeOffset now, MachineRules rules) =>
        (generation.State, answer) switch
        {
            (Submitting s, Answer.Started started) => Start(generation, s, started.Outcome, now, rules),
            (Submitting s, Answer.Searched searched) => Search(s, searched.Outcome, now, rules),
            (Rendering r, Answer.Checked checkedOn) => Check(r, checkedOn.Outcome, now),
            (Rendering r, Answer.CancelAnswered { Stopped: true }) => Done(new Cancelled(generation.CancelRequestedBy ?? r.Operation.RemoteId)),
            (Rendering r, Answer.CancelAnswered) => new Next(r, now),
            (Fetching, Answer.Fetched fetched) => Review(generation, fetched.Clip, now),
            (Fetching f, Answer.NotFetched not) => Refetch(f, not, now, rules),
            (Publishing p, Answer.Attached attached) =>
                Done(new Published(p.Clip, p.AttachKey, attached.Media.MediaId, attached.Media.ListingUrl, now)),
            (Publishing p, Answer.NotAttached not) => Reattach(p, not, now, rules),
            _ => new Next(generation.State, generation.DueAt),
        };

    private static Next Start(Generation generation, Submitting submitting, StartOutcome outcome, DateTimeOffset now, MachineRules rules) =>
        outcome switch
        {
            StartOutcome.Accepted accepted => new Next(new Rendering(accepted.Operation, now), now),
            // This request was refused, but an earlier one under the same key may have been taken: only the same key may be tried again.
            StartOutcome.Refused refused when submitting.Searches > 0 => refused.Fault.MayPass && now - submitting.Intent.Since < rules.MaxWaiting
                ? new Next(submitting with { LastProblem = Problem.From(refused.Fault) }, now + (refused.Fault.RetryAfter ?? Backoff(submitting.Searches)))
                : Done(Park(submitting with { LastProblem = Problem.From(refused.Fault) }, now)),
            StartOutcome.Refused { Fault: { MayPass: true } fault } when now - generation.CreatedAt < rules.MaxWaiting =>
                new Next(
                    new Planned(submitting.Refusals + 1, submitting.LostBefore, Problem.From(fault)),
                    now + (fault.RetryAfter ?? Backoff(submitting.Refusals))),
            StartOutcome.Refused refused => Done(new Failed(Problem.From(refused.Fault))),
            StartOutcome.Unknown unknown => Unproven(submitting with { LastProblem = Problem.From(unknown.Fault) }, now, rules),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
        };

    private static Next Unproven(Submitting submitting, DateTimeOffset now, MachineRules rules) => rules.Correlation switch
    {
        CorrelationClass.Key when now - submitting.Intent.Since < rules.MaxWaiting => new Next(submitting, now + Backoff(submitting.Searches)),
        CorrelationClass.Tag or CorrelationClass.TagWhenFinished => new Next(submitting, submitting.Intent.Since + rules.Settle),
        _ => Done(Park(submitting, now)),
    };

    /// <summary>A submit that was lost and is proved absent is paid for once more without a person; a second loss waits for one.</summary>
    private static Next Search(Submitting submitting, FindOutcome outcome, DateTimeOffset now, MachineRules rules) => outcome switch
    {
        FindOutcome.Found found => new Next(new Rendering(found.Operation, now), now),
        FindOutcome.Absent when submitting.LostBefore == 0 =>
            new Next(new Planned(submitting.Refusals, LostBefore: 1, submitting.LastProblem), now),
        FindOutcome.CannotTell { Wait: { } wait } when now - submitting.Intent.Since < rules.MaxWaiting => new Next(submitting, now + wait),
        _ => Done(Park(submitting, now)),
    };

    private static Next Check(Rendering rendering, CheckOutcome outcome, DateTimeOffset now) => outcome switch
    {
        CheckOutcome.Pending pending => new Next(
            rendering with { Checks = rendering.Checks + 1, Progress = pending.Progress ?? rendering.Progress, LastProblem = null },
            now + pending.Wait),
        CheckOutcome.Ready ready => new Next(new Fetching(rendering.Operation, ready.Sources, ready.ReportedCost, now), now),
        CheckOutcome.Refused { Fault: { MayPass: true } fault } => new Next(
            rendering with { Checks = rendering.Checks + 1, LastProblem = Problem.From(fault) },
            now + (fault.RetryAfter ?? Backoff(rendering.Checks))),
        CheckOutcome.Refused refused => Done(new Failed(Problem.From(refused.Fault))),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    private static Next Review(Generation generation, Clips.Clip clip, DateTimeOffset now) =>
        generation.CancelRequestedBy is { } by ? Done(new Rejected(clip, by, CancelledLate))
        : generation.Order.AutoApprove ? new Next(new Publishing(clip, AttachKeyOf(generation), "automatic approval", now), now)
        : Done(new AwaitingReview(clip));

    private static Next Refetch(Fetching fetching, Answer.NotFetched not, DateTimeOffset now, MachineRules rules) =>
        not.Retry is FetchRetry.Never || now - fetching.Since > rules.MaxFetching
            ? Done(new Failed(not.Problem))
            : not.Retry is FetchRetry.AskAgain
                ? new Next(new Rendering(fetching.Operation, fetching.Since, fetching.Tries, LastProblem: not.Problem), now + Backoff(fetching.Tries))
                : new Next(fetching with { LastProblem = not.Problem }, now + Backoff(fetching.Tries));

    private static Next Reattach(Publishing publishing, Answer.NotAttached not, DateTimeOffset now, MachineRules rules) =>
        not.Fault is StorefrontFault.ProductNotFound or StorefrontFault.ClipRefused or StorefrontFault.InvalidData
            || now - publishing.Since > rules.MaxPublishing
            ? Done(new Failed(not.Problem, publishing.Clip))
            : new Next(publishing with { LastProblem = not.Problem }, now + (not.RetryAfter ?? Backoff(publishing.Tries)));

    /// <summary>5 s, 10 s, 20 s … at most 5 minutes.</summary>
    private static TimeSpan Backoff(int tries) => TimeSpan.FromSeconds(Math.Min(300, 5 * Math.Pow(2, Math.Clamp(tries, 0, 6))));

    private static Next Done(GenerationState state) => new(state, DueAt: null);
}
