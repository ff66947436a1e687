using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>What a provider's records show of a video in doubt, right now.</summary>
/// <param name="Tasks">Those that are, or may be, this video's.</param>
/// <param name="Certain">Whether the only task surely is this video's.</param>
/// <param name="Text">For the merchant: what was seen and what it means.</param>
public sealed record Sighting(IReadOnlyList<RemoteTask> Tasks, bool Certain, string Text)
{
    /// <param name="outcome">What looking led to.</param>
    /// <param name="doubt">Whose task was looked for.</param>
    /// <param name="now">The deciding clock.</param>
    /// <param name="rules">By which the provider's memory is judged.</param>
    internal static Sighting Of(FindOutcome outcome, GenerationState.InDoubt doubt, DateTimeOffset now, MachineRules rules) => outcome switch
    {
        FindOutcome.Found { ByRequest: true } found => new(
            [new RemoteTask(found.Operation.RemoteId, doubt.Intent!.Since, found.Operation.Handle)], Certain: false,
            "The provider has one task of this video's time that was made of the same text, and nothing else tells whose it is. Compare it at the provider. If it shows this product, adopt it: it is paid for already."),
        FindOutcome.Found found => new(
            [new RemoteTask(found.Operation.RemoteId, doubt.Intent!.Since, found.Operation.Handle)], Certain: true,
            "The provider has this video's task. Adopt it: it is paid for already."),
        FindOutcome.Several several => new(several.Candidates, Certain: false, "These tasks may be this video's, and nothing tells for sure. Compare them at the provider."),
        FindOutcome.Absent when GenerationMachine.IsForgotten(doubt.Intent!.Since, now, rules) => new(
            [], Certain: false,
            "The provider's list shows no task for this video, but it no longer shows what is this old. It may have been made and charged. Look at the provider's bill."),
        FindOutcome.Absent => new([], Certain: false, "The provider's list shows no task for this video. It was most likely never made."),
        FindOutcome.Blind when GenerationMachine.IsForgotten(doubt.Intent!.Since, now, rules) => new(
            [], Certain: false,
            "The provider's list no longer shows what is this old, so it does not tell whether this video was made. It may have been made and charged. Look at the provider's bill."),
        FindOutcome.Blind => new(
            [], Certain: false, "The provider's list lacks videos that it surely made for us, so it does not tell whether this one was made. Look at its own pages."),
        FindOutcome.CannotTell { Fault: { } fault } => new([], Certain: false, $"The provider could not be asked: {fault.MerchantText}"),
        FindOutcome.CannotTell { Wait: not null } => new([], Certain: false, "The provider does not show yet which task is this video's. Look again in a minute."),
        _ => Nowhere,
    };

    /// <summary>Where nothing can be asked.</summary>
    internal static Sighting Nowhere { get; } = new([], Certain: false, "The provider offers no way to look from here. Look at its own pages.");

    /// <summary>Of a task that is known: adopted, its video ends as the provider says, and costs what it says.</summary>
    /// <param name="outcome">What the provider says of it.</param>
    /// <param name="generation">Whose task it is, or may be.</param>
    /// <param name="task">Which.</param>
    internal static Sighting Of(CheckOutcome outcome, Generation generation, ProviderOperation task)
    {
        RemoteTask[] tasks = [new(task.RemoteId, generation.CreatedAt, task.Handle)];
        var isOwn = !GenerationMachine.MayBeOfAnother(generation, (outcome as CheckOutcome.Ready)?.Echo);
        return outcome switch
        {
            CheckOutcome.Ready when isOwn => new(tasks, Certain: true, "The provider has finished this video. Adopt it: it is paid for already."),
            CheckOutcome.Ready => new(
                tasks, Certain: false, "The provider has finished this task, which may be another video's. Compare it at the provider. Adopt it only if it shows this product."),
            CheckOutcome.Pending { Fault.Code: ProviderFaultCode.NotFoundOrExpired } => new(
                tasks, Certain: false,
                "The provider does not show this task at the moment, though it accepted it. It may have been made and charged. Look again later, or at the provider's own pages."),
            CheckOutcome.Pending => new(
                tasks, isOwn, "The provider is still making this video. Look again later, or adopt it: then it is waited for, and fetched when it is finished."),
            CheckOutcome.Refused { Stopped: false, Fault: { Code: ProviderFaultCode.NotFoundOrExpired } } => new(
                [], Certain: false, "The provider no longer knows this video's task. It may have been made and charged. Look at the provider's bill, then try again or give up."),
            CheckOutcome.Refused { Fault: { IsOfAsking: true } fault } => new(tasks, Certain: false, $"The provider could not be asked: {fault.MerchantText}"),
            CheckOutcome.Refused { Fault: var fault } => new(
                tasks, isOwn, $"The task has ended without a clip: {fault.MerchantText} Adopt it to end this video so: then only what the provider charged for it counts as spent."),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
        };
    }
}
