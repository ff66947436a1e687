using ProductVideo.Clips;

namespace ProductVideo.Generations;

/// <summary>What can be told of a generation whatever its state; pure reading.</summary>
internal static class GenerationFacts
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
        GenerationState.AwaitingReview review => ForReview(review.Clip, generation.FromBackup),
        GenerationState.Publishing publishing => publishing.LastProblem,
        GenerationState.Withdrawing withdrawing => withdrawing.LastProblem ?? withdrawing.Failure,
        GenerationState.Failed failed => failed.Problem,
        GenerationState.InDoubt doubt => doubt.Problem,
        _ => null,
    };

    /// <summary>Why it waits for a person even where clips go to their listings by themselves; null where only nobody looked yet.</summary>
    private static Problem? ForReview(Clip clip, bool fromBackup)
    {
        var doubt = clip.Doubts.Count > 0 ? Likeness.Told(clip.Doubts) : null;
        return !fromBackup ? doubt
            : doubt is null ? Restored : doubt with { MerchantText = $"{doubt.MerchantText} {Restored.MerchantText}" };
    }

    private static readonly Problem Restored = new(
        "restored_unapproved",
        "The database was put back from a backup. After that backup was taken this video may have been published, and taken off again, which is not known here. Look at the listing. If the video is there, or is to be there, approve it; it can be taken off then. Else reject it.",
        "The backup had this generation unfinished; what was decided about it since is unknown.");

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
