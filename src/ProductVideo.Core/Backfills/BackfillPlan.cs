using System.Text.Json.Serialization;

namespace ProductVideo.Backfills;

/// <summary>What is wanted of a backfill.</summary>
public sealed record BackfillPlan
{
    public BackfillScope Scope { get; init; } = new();

    public BackfillRecipe Recipe { get; init; } = new();

    public BackfillCaps Caps { get; init; } = new();

    /// <summary>Whether the videos go onto their listings without a person's look.</summary>
    public bool AutoApprove { get; init; }

    public BackfillSchedule Schedule { get; init; } = new();

    public BackfillPriority Priority { get; init; } = BackfillPriority.Normal;

    private static readonly IReadOnlyList<string?> OneThatSuits = [null];

    /// <summary>The ratios, with null for the one that suits the product.</summary>
    [JsonIgnore]
    public IReadOnlyList<string?> Aspects => Recipe.Aspects is { Count: > 0 } aspects ? aspects : OneThatSuits;

    /// <summary>Whether each product gets several videos. Each ratio is then judged for itself, and takes the place of no other.</summary>
    [JsonIgnore]
    public bool MakesSeveral => Recipe.Aspects.Count > 1;
}

/// <summary>Which of several backfills orders first. What a person clicks goes before all of them.</summary>
public enum BackfillPriority
{
    High,
    Normal,
    Low,
}
