using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>All that is asked of a provider for one clip, before pictures are prepared and money is held.</summary>
public sealed record Composition
{
    /// <summary><c>key@version</c>.</summary>
    public required string Template { get; init; }

    /// <summary>Within the model's limit; empty if it takes none.</summary>
    public required string Prompt { get; init; }

    /// <summary>Null if the model takes none.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Null unless the model takes the listing's own words.</summary>
    public ProductWords? Product { get; init; }

    /// <summary>Its shots' <see cref="Shot.ImageIndex"/> counts <see cref="ImageIndexes"/>. Without shots if the model sees no pictures, or changes a clip that has its own.</summary>
    public required ShotPlan Plan { get; init; }

    /// <summary>One of the model's modes.</summary>
    public required VideoModes Mode { get; init; }

    /// <summary>What is changed in <see cref="VideoModes.Edit"/>; null in every other mode.</summary>
    public RequestClip? SourceClip { get; init; }

    /// <summary>A length that the model makes.</summary>
    public required decimal Seconds { get; init; }

    /// <summary>A ratio that the model makes, or to which the first picture must be padded where the clip follows it.</summary>
    public required string Aspect { get; init; }

    /// <summary>Null if the model knows no resolutions.</summary>
    public string? Resolution { get; init; }

    /// <summary>Places in <see cref="Catalog.ProductSnapshot.Images"/>, in the order in which the prompt names them.</summary>
    public required IReadOnlyList<int> ImageIndexes { get; init; }

    /// <summary>What was changed, ignored or cut, for the merchant's preview.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required ProductFacts Facts { get; init; }

    /// <summary>Whether people may be seen where a model draws the clip.</summary>
    public bool AllowsPeople { get; init; }

    /// <summary>The shop's and the merchant's words that got into prompt or film; part of the fingerprint.</summary>
    public required IReadOnlyList<string> TextUsed { get; init; }

    /// <summary>The same before a model's limits cut any of it: what it is compared by when the product has changed.</summary>
    public required IReadOnlyList<string> TextGiven { get; init; }

    /// <summary>Length of <see cref="Prompt"/>, counted as the provider counts.</summary>
    public required int PromptUnits { get; init; }
}
