using ProductVideo.Providers;
using ProductVideo.Spending;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

/// <summary>
/// The business rule as two total, pure functions. <see cref="Decide"/> gives the state to write before acting and the effect;
/// <see cref="Apply"/> gives the state after the answer and when to wake. Nothing here reads a clock or a store.
/// </summary>
internal static partial class GenerationMachine
{
    /// <summary>Who approved, where no person did.</summary>
    private const string ByItself = "automatic approval";

    private const string CancelledLate = "Cancelled; the video was finished before the provider could stop.";

    /// <summary>What to do now.</summary>
    /// <param name="generation">As loaded under a lease.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="rules">Times and the provider's correlation class.</param>
    public static Decision Decide(Generation generation, DateTimeOffset now, MachineRules rules) =>
        generation.State switch
        {
            // Neither a cancelled order nor a second task may be paid for; which of them it would be, nobody can tell.
            Planned { MaybeSent: true } planned when generation.CancelRequestedBy is not null || rules.Correlation is not CorrelationClass.Key
                || IsForgotten(generation.CreatedAt, now, rules) => Rest(MaybeSentDoubt(generation, planned, now, rules)),
            // Not written down as sent now: what was sent before would be looked for from now on only.
            Planned { MaybeSent: true } planned when rules.IsAway => new Decision(planned, now + rules.Settle, new Effect.Rest()),
            Planned when generation.CancelRequestedBy is { } by => Rest(new Cancelled(by)),
            AwaitingReview review when generation.CancelRequestedBy is { } by => Rest(new Rejected(review.Clip, by, CancelledLate)),
            // Automatic approval may overtake a wish to cancel; nothing was sent to the shop yet.
            Publishing { Tries: 0 } publishing when generation.CancelRequestedBy is { } by => Rest(new Rejected(publishing.Clip, by, CancelledLate)),
            Planned { MaybeSent: false } when rules.Price is { } price && !Agreed.Covers([generation.Order.Price.Amount], price) => Dearer(generation, price, now),
            Planned planned => Submit(planned, IntentOf(generation, planned.LostBefore, now, rules) with { Until = UntilOf(now, rules), Price = PriceOf(generation, rules) }, now, rules),
            Submitting submitting => Recover(generation, submitting, now, rules),
            Rendering rendering when generation.CancelRequestedBy is not null && (!rendering.CancelAsked || rendering.StopAgainAt <= now) => new Decision(
                rendering with { CancelAsked = true, StopTries = rendering.StopTries + 1, StopAgainAt = null }, now + rules.Lease, new Effect.Cancel(rendering.Operation)),
            Rendering rendering => new Decision(rendering, now + rules.Lease, new Effect.Check(rendering.Operation)),
            Fetching fetching => new Decision(fetching with { Tries = fetching.Tries + 1 }, now + rules.Lease, new Effect.Fetch(fetching.Sources)),
            Publishing publishing => new Decision(
                publishing with { Tries = publishing.Tries + 1 }, now + rules.Lease, new Effect.Publish(publishing.Clip, publishing.AttachKey)),
            Withdrawing withdrawing => new Decision(
                withdrawing with { Tries = withdrawing.Tries + 1 }, now + rules.Lease, new Effect.Withdraw(withdrawing.AttachKey)),
            Failed { Handover: not null } failed when generation.CancelRequestedBy is not null => Rest(failed with { Handover = null }),
            Failed { Handover: { } handover } failed => new Decision(
                failed with { Handover = handover with { Tries = handover.Tries + 1 } }, now + rules.Lease, new Effect.HandOver(handover)),
            var waiting => Rest(waiting),
        };

    /// <summary>A row found in Submitting is one whose answer never came back: the process died, or nothing was proved.</summary>
    private static Decision Recover(Generation generation, Submitting submitting, DateTimeOffset now, MachineRules rules)
    {
        var settled = submitting.Intent.Since + rules.Settle;
        return rules.Correlation switch
        {
            // A key that is forgotten makes a second task.
            CorrelationClass.Key when IsForgottenOf(generation, submitting, now, rules) => Rest(ParkForgotten(submitting, now)),
            CorrelationClass.Key => new Decision(
                submitting with { Searches = submitting.Searches + 1 }, now + rules.Lease, new Effect.Start(submitting.Intent, rules.IsAway)),
            CorrelationClass.Tag or CorrelationClass.TagWhenFinished or CorrelationClass.ListOnly when now < settled =>
                new Decision(submitting, settled, new Effect.Rest()),
            CorrelationClass.Tag or CorrelationClass.TagWhenFinished or CorrelationClass.ListOnly =>
                new Decision(submitting with { Searches = submitting.Searches + 1 }, now + rules.Lease, new Effect.Find(submitting.Intent)),
            _ => Rest(Park(submitting, now)),
        };
    }

    /// <summary>Where the same name can't be taken twice, a lost request that comes late is refused instead of being a second task.</summary>
    private static SubmitIntent IntentOf(Generation generation, int lostBefore, DateTimeOffset since, MachineRules rules) => rules.RefusesSameName
        ? new SubmitIntent(IntentNonce.Of(generation.Id, lostBefore: 0), since, Again: lostBefore > 0)
        : new SubmitIntent(IntentNonce.Of(generation.Id, lostBefore), since);

    /// <summary>An order may have waited over a change of its provider's prices, and is charged as they are when it is sent. What is free is so in every currency.</summary>
    /// <returns>null where that is what was told, or can't be counted with it.</returns>
    private static Money? PriceOf(Generation generation, MachineRules rules)
    {
        var told = generation.Order.Price.Amount;
        var price = rules.Price is { IsZero: true } ? Money.Zero(told.Currency) : rules.Price;
        return price?.Currency == told.Currency && price != told ? price : null;
    }

    /// <summary>Nobody agreed to that price, which may be in another currency, and no cap has seen it. Nothing was sent, so what was held is free again, and whoever stands in may cost what was agreed to.</summary>
    private static Decision Dearer(Generation generation, Money price, DateTimeOffset now)
    {
        var told = generation.Order.Price.Amount;
        var problem = new Problem(
            Agreed.NotAgreed,
            $"The provider makes this video for {price} now, and it was ordered at {told}. Nothing was sent and nothing is spent. Try again to see what it costs, and agree to that.",
            $"Provider {generation.Order.Provider} estimates {price} at the moment of sending; ordered at {told}.");
        return HandOver(generation, problem, now) is { } next ? new Decision(next.State, next.DueAt, new Effect.Rest()) : Rest(new Failed(problem));
    }

    private static Decision Submit(Planned planned, SubmitIntent intent, DateTimeOffset now, MachineRules rules) => new(
        new Submitting(intent, planned.Refusals, planned.LostBefore, Searches: planned.MaybeSent ? 1 : 0, RefusedSince: planned.RefusedSince), now + rules.Lease,
        new Effect.Start(intent, rules.IsAway));

    /// <summary>A request leaves within its claim and has an answer within another, and what it made is in the list once that has settled.</summary>
    /// <param name="since">When the intent was committed.</param>
    /// <param name="rules">Times and the provider's correlation class.</param>
    /// <returns>null where it may be sent again later under the same name.</returns>
    public static DateTimeOffset? UntilOf(DateTimeOffset since, MachineRules rules) =>
        rules.Correlation is CorrelationClass.Tag or CorrelationClass.TagWhenFinished or CorrelationClass.ListOnly ? since + (2 * rules.Lease) + rules.Settle : null;

    /// <summary>What the submit or the last search met was told while it went on by itself; from here on only a person does, so that is the operator's to read.</summary>
    private static InDoubt Park(Submitting submitting, DateTimeOffset now)
    {
        var open = submitting.Otherwise is null ? LostProblem(submitting) : MaybeSentProblem(submitting.Intent);
        return new InDoubt(
            submitting.Intent, Operation: null,
            submitting.LastProblem is { } met ? open with { OperatorText = $"{open.OperatorText} Met: {met.OperatorText}" } : open, now);
    }

    private static Problem LostProblem(Submitting submitting) => new(
        "submit_unproven",
        "The video was ordered, but the provider's answer was lost. It may have been made and charged. Look at the provider's own list, then adopt the task, try again or give up.",
        $"No answer to the submit of intent {submitting.Intent.Nonce} was recorded"
            + (submitting.LostBefore > 0 ? ", and it is the second that is lost." : submitting.LastProblem is null ? ", and the provider offers no way to look for it." : "."));

    private static InDoubt ParkForgotten(Submitting submitting, DateTimeOffset now) => new(
        submitting.Intent, Operation: null,
        submitting.Otherwise is not null ? MaybeSentProblem(submitting.Intent) : new Problem(
            "submit_forgotten",
            "The video was ordered, but the provider's answer was lost, and it was looked for too late: the provider no longer shows what it made then. It may have been made and charged. Look at the provider's bill, then try again or give up.",
            $"Intent {submitting.Intent.Nonce} was committed {now - submitting.Intent.Since:c} ago, which is longer than the provider is known to remember."),
        now);

    private static InDoubt Park(Submitting submitting, FindOutcome.Several several, DateTimeOffset now) => new(
        submitting.Intent, Operation: null,
        new Problem(
            "several_tasks",
            "The video was ordered, but the provider's answer was lost, and its list does not tell for sure which task is this video's. Look at the tasks, then adopt the right one, try again or give up.",
            $"Of intent {submitting.Intent.Nonce}: {several.Why}: {string.Join(", ", several.Candidates.Select(task => task.RemoteId))}."),
        now, several.Candidates);

    private static InDoubt Park(Submitting submitting, FindOutcome.Blind blind, DateTimeOffset now)
    {
        var seen = $"Of intent {submitting.Intent.Nonce}: the list does not show what videos of its time hold: {string.Join(", ", blind.Unseen)}.";
        return new InDoubt(
            submitting.Intent, Operation: null,
            // Of a restored backup nobody knows that it was ordered.
            submitting.Otherwise is not null ? MaybeSentProblem(submitting.Intent) with { OperatorText = seen } : new Problem(
                "list_incomplete",
                "The video was ordered, but the provider's answer was lost, and its list lacks videos that it surely made for us, so it proves nothing. Whoever runs the server should check whether the access key is still the same account's. Look at the provider's own pages, then adopt the task, try again or give up.",
                seen),
            now);
    }

    /// <summary>What is true where nothing may be sent now: it waits as it was, and says why.</summary>
    public static Next NotNow(Generation generation, DateTimeOffset until, Problem problem) => new(
        generation.State switch
        {
            Planned planned => planned with { LastProblem = problem },
            Submitting submitting => submitting with { LastProblem = submitting.LastProblem ?? problem },
            var other => other,
        },
        until);

    /// <summary>Where the provider's answer names a task that already is another generation's: only a person can tell whose it is.</summary>
    public static Next TaskTaken(Generation generation, DateTimeOffset now) => Done(new InDoubt(
        (generation.State as Submitting)?.Intent, Operation: null,
        new Problem(
            Problem.TaskTaken,
            "The provider named a task that belongs to another video. Look at the provider's own list, then adopt the right task, try again or give up.",
            $"The answer for generation {generation.Id} names a task that another generation holds."),
        now));

    /// <summary>Of the one that holds a task which the provider named for another video as well: whose clip it makes is as open as there.</summary>
    /// <returns>null where nothing can be held back any more, or nothing was begun.</returns>
    public static Next? TaskNamedAgain(Generation holder, DateTimeOffset now) =>
        ((holder.State as Rendering)?.Operation ?? (holder.State as Fetching)?.Operation) is not { } operation ? null : Done(new InDoubt(
            (holder.State as Rendering)?.Doubt?.Intent, operation,
            new Problem(
                Problem.TaskTaken,
                "The provider named the same task for this video and for another one. Look at the provider's own list for which is whose, then adopt the right task, try again or give up.",
                $"Task {operation.RemoteId} of generation {holder.Id} was named for another generation too."),
            now, (holder.State as Rendering)?.Doubt?.Candidates, (holder.State as Rendering)?.Price ?? (holder.State as Fetching)?.Price));

    /// <summary>
    /// What is true of an order in doubt of which no task was known, once that of an earlier submit turns up late: it is paid for and can be adopted.
    /// What became of the submit that the doubt was about stays open, as it was of the earlier one.
    /// </summary>
    /// <param name="generation">As it stands.</param>
    /// <param name="intent">Of the earlier submit.</param>
    /// <param name="task">What it made.</param>
    /// <returns>null where it is not in doubt, or another task of it is known.</returns>
    public static Next? Surfaced(Generation generation, SubmitIntent intent, ProviderOperation task) =>
        generation.State is not InDoubt { Operation: null } doubt ? null : Done(doubt with
        {
            Intent = intent,
            Operation = task,
            Problem = new Problem(
                "late_task",
                "The task of an earlier order of this video turned up at the provider. Look at it there. If it shows this product, adopt it: it is paid for already. Else try again or give up.",
                $"Task {task.RemoteId} of intent {intent.Nonce} turned up late. Before that: {doubt.Problem.OperatorText}"),
            // What the earlier one was sent for stands in no row; the later one's is nearer to it than what the order was told.
            Price = doubt.Price ?? doubt.Intent?.Price,
            Candidates = [new RemoteTask(task.RemoteId, intent.Since, task.Handle), .. doubt.Candidates?.Where(other => other.RemoteId != task.RemoteId) ?? []],
        });

    /// <summary>Whether the task of a video in doubt may be another's, by what is known of it or by what the provider repeats of its order.</summary>
    public static bool MayBeOfAnother(Generation generation, OrderEcho? echo) =>
        generation.State is InDoubt { Problem.Code: Problem.TaskTaken or Problem.TaskOfAnother } || EchoedOrder.IsOfAnother(generation, echo);

    private static InDoubt TaskOfAnother(Generation generation, ProviderOperation operation, DateTimeOffset now) => new(
        Intent: null, operation,
        new Problem(
            Problem.TaskOfAnother,
            "The provider's record says that this clip was made for another order, so it may show another product. It was not used. Look at the provider's own list, then adopt the right task, try again or give up.",
            $"Task {operation.RemoteId}, which the provider named for generation {generation.Id}, repeats another order's mark or prompt."),
        now, Price: (generation.State as Rendering)?.Price);

    private static Decision Rest(GenerationState state) => new(state, DueAt: null, new Effect.Rest());
}
