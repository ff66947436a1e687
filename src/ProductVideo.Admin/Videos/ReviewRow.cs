using ProductVideo.Generations;

namespace ProductVideo.Admin.Videos;

/// <summary>One of the videos that are reviewed side by side.</summary>
public sealed class ReviewRow(Generation video)
{
    public Guid Id => Video.Id;

    /// <summary>As it was read last.</summary>
    public Generation Video { get; private set; } = video;

    /// <summary>Whether the merchant ticked it.</summary>
    public bool IsTicked { get; set; }

    /// <summary>Why it is not approved here; null if it may be.</summary>
    public string? WhyToOpen { get; set; }

    /// <summary>Why it was not approved; null if nothing was refused.</summary>
    public Problem? Refused { get; private set; }

    /// <summary>Whether it was approved on this page.</summary>
    public bool IsApproved { get; private set; }

    public bool Waits => Video.State is GenerationState.AwaitingReview;

    public bool MayTick => Waits && WhyToOpen is null;

    /// <summary>Somebody else may have decided about it.</summary>
    public void Follow(Generation now)
    {
        if (now.Version >= Video.Version)
            Video = now;
        IsTicked &= Waits;
    }

    public void Approved(Generation now)
    {
        (IsApproved, Refused) = (true, null);
        Follow(now);
    }

    public void Refuse(Problem why, Generation now)
    {
        Refused = why;
        Follow(now);
    }
}
