namespace ProductVideo.Generations;

/// <summary>What a merchant may wish for; everything left out is chosen from the product and the shop's settings.</summary>
public sealed record VideoWishes
{
    public static VideoWishes None { get; } = new();

    public string? Provider { get; init; }
    public string? Model { get; init; }

    /// <summary>Key of a prompt template.</summary>
    public string? Template { get; init; }

    /// <summary>For example <c>1:1</c>.</summary>
    public string? Aspect { get; init; }

    public decimal? Seconds { get; init; }
    public string? Resolution { get; init; }
    public int? Seed { get; init; }
    public bool Audio { get; init; }

    /// <summary>One more sentence for the prompt, at most 500 characters.</summary>
    public string? Wish { get; init; }

    /// <summary>The pictures to use, by the listing's ids, in this order.</summary>
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>The picture on which the clip ends, by the listing's id, where the model can do that.</summary>
    public string? LastImageId { get; init; }

    /// <summary>The generation of the same product whose clip is to be changed as <see cref="Wish"/> says, instead of making one anew.</summary>
    public Guid? ChangeOf { get; init; }

    /// <summary>Overrides the shop's setting.</summary>
    public bool? ShowTitle { get; init; }

    /// <summary>Overrides the shop's setting.</summary>
    public bool? ShowPrice { get; init; }

    /// <summary>Whether adults may be seen using the product; overrides the shop's setting. A film of photographs shows who is on them whatever is wished.</summary>
    public bool? AllowPeople { get; init; }

    /// <summary>Publishes without a person's look.</summary>
    public bool AutoApprove { get; init; }

    /// <summary>Leaves the product's earlier clips on the listing; else those of its ratio make room once this one is there, or all where none has its ratio.</summary>
    public bool KeepEarlier { get; init; }

    /// <summary>Makes a clip even if the very same one was published before.</summary>
    public bool Again { get; init; }
}
