using ProductVideo.Providers;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

/// <summary>What came of a decision to pay.</summary>
internal enum IntentOutcome
{
    /// <summary>Nothing is proved yet.</summary>
    Open,

    /// <summary>The provider has the task.</summary>
    Taken,

    /// <summary>Surely no task was made; the same name may be sent again.</summary>
    Refused,

    /// <summary>It was looked for and was not there; a second one was or will be paid for, or was refused under the same name.</summary>
    Lost,

    /// <summary>A person is to decide.</summary>
    Doubted,

    /// <summary>A person gave it up; it counts as spent.</summary>
    GivenUp,

    /// <summary>It was thought lost and turned up after a second one was paid for.</summary>
    Duplicate,
}

/// <summary>How a change of state changes the intent that it is about.</summary>
/// <param name="Intent">Which.</param>
/// <param name="Outcome">What is known of it now.</param>
/// <param name="RemoteId">Its task, where it has one.</param>
internal sealed record IntentChange(SubmitIntent Intent, IntentOutcome Outcome, string? RemoteId = null)
{
    /// <summary>Whether a task that nobody knows of may still come of it: the lost one's, though a second order under its name was taken.</summary>
    public bool MaySurface => Outcome is IntentOutcome.Lost || (Intent.Again && Outcome is IntentOutcome.Taken);

    /// <summary>The intent that the change from <paramref name="before"/> to <paramref name="after"/> writes; null if it is about none.</summary>
    public static IntentChange? Between(GenerationState before, GenerationState after) => (before, after) switch
    {
        (Planned, Submitting submitting) => new IntentChange(submitting.Intent, IntentOutcome.Open),
        (Planned, InDoubt { Intent: { } intent }) => new IntentChange(intent, IntentOutcome.Doubted),
        // After a restored backup one name is looked for after the other: what was not found was never sent.
        (Submitting looked, Submitting next) when looked.Otherwise == next => new IntentChange(looked.Intent, IntentOutcome.Refused),
        (Submitting earlier, Submitting submitting) when submitting.Intent != earlier.Intent => new IntentChange(submitting.Intent, IntentOutcome.Open),
        (Submitting { Intent: var intent }, Rendering rendering) => new IntentChange(intent, IntentOutcome.Taken, rendering.Operation.RemoteId),
        (Submitting submitting, Planned planned) => new IntentChange(
            submitting.Intent, planned.LostBefore > submitting.LostBefore ? IntentOutcome.Lost : Unmade(submitting.Intent)),
        (Submitting { Intent: var intent }, Failed) => new IntentChange(intent, Unmade(intent)),
        (Submitting { Intent: var intent }, InDoubt) => new IntentChange(intent, IntentOutcome.Doubted),
        (InDoubt { Intent: { } intent }, Rendering rendering) => new IntentChange(intent, IntentOutcome.Taken, rendering.Operation.RemoteId),
        // A person named a task for it that the provider does not know, or named for another video too.
        (Rendering { Doubt.Intent: { } doubted }, InDoubt { Intent: { } intent }) when doubted == intent => new IntentChange(intent, IntentOutcome.Doubted),
        (InDoubt { Intent: { } intent, Operation: var task }, Failed) => new IntentChange(intent, IntentOutcome.GivenUp, task?.RemoteId),
        (InDoubt doubt, InDoubt { Intent: { } intent, Operation: { } task }) when doubt.Intent != intent => new IntentChange(intent, IntentOutcome.Doubted, task.RemoteId),
        _ => null,
    };

    /// <summary>All that the change writes: mostly one, and none where it is about no intent.</summary>
    public static IEnumerable<IntentChange> All(GenerationState before, GenerationState after)
    {
        if (Between(before, after) is { } change)
            yield return change;
        // The doubt is about an earlier submit now, whose task came late. The later one's may come too, and is one too many then.
        if ((before, after) is (InDoubt { Intent: { } later }, InDoubt { Intent: { } earlier }) && later.Nonce != earlier.Nonce)
            yield return new IntentChange(later, IntentOutcome.Lost);
    }

    /// <summary>A refusal settles the order that it answers, not the lost one of the same name.</summary>
    private static IntentOutcome Unmade(SubmitIntent intent) => intent.Again ? IntentOutcome.Lost : IntentOutcome.Refused;
}
