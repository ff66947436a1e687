using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>What a provider's records show of a video in doubt, right now.</summary>
/// <param name="Tasks">Those that are, or may be, this video's.</param>
/// <param name="Certain">Whether the only task surely is this video's.</param>
/// <param name="Text">For the merchant: what was seen and what it means.</param>
public sealed record Sighting(IReadOnlyList<RemoteTask> Tasks, bool Certain, string Text)
{
    internal static Sighting Of(FindOutcome outcome, GenerationState.InDoubt doubt) => outcome switch
    {
        FindOutcome.Found found => new(
            [new RemoteTask(found.Operation.RemoteId, doubt.Intent!.Since, found.Operation.Handle)], Certain: true,
            "The provider has this video's task. Adopt it: it is paid for already."),
        FindOutcome.Several several => new(several.Candidates, Certain: false, "These tasks may be this video's, and nothing tells for sure. Compare them at the provider."),
        FindOutcome.Absent => new([], Certain: false, "The provider's list shows no task for this video. It was most likely never made."),
        FindOutcome.CannotTell { Fault: { } fault } => new([], Certain: false, $"The provider could not be asked: {fault.MerchantText}"),
        _ => new([], Certain: false, "The provider offers no way to look from here. Look at its own pages."),
    };
}
