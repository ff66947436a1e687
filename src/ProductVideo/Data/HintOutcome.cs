namespace ProductVideo.Data;

/// <summary>What a hint about a provider's task led to.</summary>
internal abstract record HintOutcome
{
    private HintOutcome()
    {
    }

    public sealed record Due(Guid Generation) : HintOutcome;

    /// <summary>Somebody works on it and may have asked a moment too early: hint again.</summary>
    public sealed record Busy : HintOutcome;

    /// <summary>The task is known and nothing waits for it any more.</summary>
    public sealed record NotWaiting : HintOutcome;

    /// <summary>No generation has this task, or its id is not written down yet.</summary>
    public sealed record Unknown : HintOutcome;
}
