using ProductVideo.Clips;

namespace ProductVideo.Generations;

/// <summary>What can be told of a generation whatever its state; pure reading.</summary>
public static class GenerationFacts
{
    /// <summary>0 to 1 while it is made, 1 once there is a clip; null where nothing is known.</summary>
    public static double? Progress(Generation generation) => generation.State switch
    {
        GenerationState.Planned or GenerationState.Submitting => 0,
        GenerationState.Rendering rendering => rendering.Progress,
        GenerationState.Fetching => 1,
        _ => Clip(generation) is null ? null : 1,
    };

    /// <summary>Why it waits, failed or is in doubt; null if all is well.</summary>
    public static Problem? Problem(Generation generation) => generation.State switch
    {
        GenerationState.Planned planned => planned.LastProblem,
        GenerationState.Submitting submitting => submitting.LastProblem,
        GenerationState.Rendering rendering => rendering.LastProblem,
        GenerationState.Fetching fetching => fetching.LastProblem,
        GenerationState.AwaitingReview { Clip.Doubts: { Count: > 0 } doubts } => Likeness.Told(doubts),
        GenerationState.Publishing publishing => publishing.LastProblem,
        GenerationState.Withdrawing withdrawing => withdrawing.LastProblem ?? withdrawing.Failure,
        GenerationState.Failed failed => failed.Problem,
        GenerationState.InDoubt doubt => doubt.Problem,
        _ => null,
    };

    /// <summary>The clip, where there is one.</summary>
    public static Clip? Clip(Generation generation) => generation.State switch
    {
        GenerationState.AwaitingReview review => review.Clip,
        GenerationState.Publishing publishing => publishing.Clip,
        GenerationState.Published published => published.Clip,
        GenerationState.Rejected rejected => rejected.Clip,
        GenerationState.Withdrawing withdrawing => withdrawing.Clip,
        GenerationState.Withdrawn withdrawn => withdrawn.Clip,
        GenerationState.Failed failed => failed.Clip,
        _ => null,
    };

    /// <summary>The generation that another provider makes in its place; null if none does.</summary>
    public static Guid? FollowedBy(Generation generation) => (generation.State as GenerationState.Failed)?.FollowedBy;

    /// <summary>Whether something goes on without a person.</summary>
    public static bool IsMoving(Generation generation) => generation.State is
        GenerationState.Planned or GenerationState.Submitting or GenerationState.Rendering or GenerationState.Fetching or GenerationState.Publishing
        or GenerationState.Withdrawing or GenerationState.Failed { Handover: not null };
}
