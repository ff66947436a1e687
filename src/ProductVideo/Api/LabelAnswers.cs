using System.ComponentModel.DataAnnotations;
using ProductVideo.Pipeline;

namespace ProductVideo.Api;

/// <summary>What a shop wants of its label.</summary>
internal sealed record ShopLabelBody
{
    /// <summary>Whether clips that a model drew carry one in the picture.</summary>
    [Required]
    public bool? IsDrawn { get; init; }
}

/// <summary>Whether clips that a model drew say so in the picture.</summary>
/// <param name="IsDrawn">Whether a label is drawn.</param>
/// <param name="ChangedBy">Who said so; null if nobody ever did.</param>
/// <param name="ChangedAt">When; null if never.</param>
internal sealed record ShopLabelAnswer(bool IsDrawn, string? ChangedBy, DateTimeOffset? ChangedAt)
{
    internal static ShopLabelAnswer Of(ShopLabel? label) => new(label?.IsDrawn ?? false, label?.By, label?.At);
}
