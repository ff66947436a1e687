using ProductVideo.Generations;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>What the merchant's systems can be told of.</summary>
internal static class EventTypes
{
    /// <summary>Sent when a person asks for it, to see that it arrives.</summary>
    public const string Test = "webhook.test";

    /// <summary>Everything that happens to a generation and is told, by name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "generation.published", "generation.awaiting_review", "generation.failed", "generation.in_doubt", "generation.withdrawn",
        "generation.rejected", "generation.cancelled",
    ];

    /// <summary>The type that tells of reaching this state; null where nobody is told.</summary>
    public static string? Of(GenerationState state) => state switch
    {
        GenerationState.Published => "generation.published",
        GenerationState.AwaitingReview => "generation.awaiting_review",
        // While another provider is asked to stand in, nothing has ended.
        GenerationState.Failed { Handover: null } => "generation.failed",
        GenerationState.InDoubt => "generation.in_doubt",
        GenerationState.Withdrawn => "generation.withdrawn",
        GenerationState.Rejected => "generation.rejected",
        GenerationState.Cancelled => "generation.cancelled",
        _ => null,
    };
}
