using ProductVideo.Providers;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

internal static partial class GenerationMachine
{
    /// <summary>How long a key or a task is surely remembered where the provider says nothing; the shortest seen is a day.</summary>
    private static readonly TimeSpan UnknownMemory = TimeSpan.FromHours(24);

    /// <summary>
    /// What is true of an order that a restored backup shows as not sent, or as lost: it may have been sent and paid for after the backup
    /// was taken. Nothing is sent for it before that is known.
    /// </summary>
    /// <param name="generation">As the backup has it.</param>
    /// <param name="since">
    /// For providers whose list bears no mark of ours: when the oldest of all such orders was made, so that each of them counts as a
    /// possible owner of every task since.
    /// </param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="rules">Times and the provider's correlation class.</param>
    /// <returns>null where the backup says all that matters.</returns>
    public static Next? Restored(Generation generation, DateTimeOffset since, DateTimeOffset now, MachineRules rules)
    {
        if (generation.Order.Billing is BillingRule.Free)
            return null;
        var settled = now + rules.Settle;
        return (generation.State, rules.Correlation) switch
        {
            (Planned { MaybeSent: true }, _) => null,
            (Planned planned, CorrelationClass.Key) => IsForgotten(generation.CreatedAt, now, rules)
                ? Done(MaybeSentDoubt(generation, planned, now, rules)) : new Next(planned with { MaybeSent = true }, generation.DueAt ?? now),
            (Planned planned, CorrelationClass.Tag or CorrelationClass.TagWhenFinished) => new Next(
                LookForAll(generation, First(generation, planned, generation.CreatedAt, now, rules), rules), settled),
            (Planned planned, CorrelationClass.ListOnly) => new Next(First(generation, planned, since, now, rules), settled),
            (Planned planned, _) => Done(MaybeSentDoubt(generation, planned, now, rules)),
            (Submitting { Otherwise: null } submitting, CorrelationClass.Tag or CorrelationClass.TagWhenFinished) =>
                LookForAll(generation, submitting, rules) is var all && all != submitting ? new Next(all, settled) : null,
            // A second one may have been sent for it since, at any time.
            (Submitting { Otherwise: null } submitting, CorrelationClass.ListOnly) when submitting.Intent.Since > since || submitting.Intent.Until is not null =>
                new Next(submitting with { Intent = submitting.Intent with { Since = since, Until = null } }, settled),
            _ => null,
        };
    }

    /// <summary>
    /// What is true of a clip that a restored backup shows on its way to the listing: it may have been there since, and a person may have taken it
    /// off again. Whoever approved it then did not see that.
    /// </summary>
    /// <returns>null where nothing is on its way.</returns>
    public static Next? Unapproved(Generation generation) => generation.State is Publishing publishing ? Done(new AwaitingReview(publishing.Clip)) : null;

    /// <summary>Looks for the submit that would come next; if there is none, the order is planned as it was.</summary>
    private static Submitting First(Generation generation, Planned planned, DateTimeOffset since, DateTimeOffset now, MachineRules rules) => new(
        IntentOf(generation, planned.LostBefore, since, rules), planned.Refusals, planned.LostBefore,
        // Where the list may have forgotten it, that it is absent proves nothing.
        Otherwise: IsForgotten(since, now, rules) ? MaybeSentDoubt(generation, planned, now, rules) : planned with { LastProblem = null },
        RefusedSince: planned.RefusedSince);

    /// <summary>
    /// The submit in the backup may have been lost since, and a second one paid for: that one is looked for before it, unless both went by one
    /// name.
    /// </summary>
    private static Submitting LookForAll(Generation generation, Submitting submitting, MachineRules rules) => submitting.LostBefore > 0 || rules.RefusesSameName
        ? submitting
        : new Submitting(IntentOf(generation, lostBefore: 1, generation.CreatedAt, rules), submitting.Refusals, LostBefore: 1, Otherwise: submitting);

    /// <summary>Whether that the provider shows nothing of an order, or takes its key, no longer proves that it made nothing of it.</summary>
    /// <param name="since">When it was sent at the earliest.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="rules">Times and the provider's correlation class.</param>
    public static bool IsForgotten(DateTimeOffset since, DateTimeOffset now, MachineRules rules) =>
        now - since > (rules.Correlation is CorrelationClass.Key ? UnknownMemory : rules.ResultLifetime ?? UnknownMemory);

    /// <summary>What costs nothing may be made twice.</summary>
    private static bool IsForgottenOf(Generation generation, Submitting submitting, DateTimeOffset now, MachineRules rules) =>
        generation.Order.Billing is not BillingRule.Free && IsForgotten(submitting.Intent.Since, now, rules);

    private static InDoubt MaybeSentDoubt(Generation generation, Planned planned, DateTimeOffset now, MachineRules rules)
    {
        var intent = IntentOf(generation, planned.LostBefore, generation.CreatedAt, rules);
        return new InDoubt(intent, Operation: null, MaybeSentProblem(intent), now);
    }

    private static Problem MaybeSentProblem(SubmitIntent intent) => new(
        "restored_unproven",
        "The database was put back from a backup. This video may have been ordered and charged after that backup was taken, and nothing can tell for sure. Look at the provider's own list, then adopt the task, try again or give up.",
        $"Intent {intent.Nonce} may have been sent after the backup was taken, and the provider offers no proof that it was not.");
}
