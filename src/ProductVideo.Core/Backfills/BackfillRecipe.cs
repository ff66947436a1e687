using ProductVideo.Choosing;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>How the videos are made. What is left out is chosen for each product, as for a click.</summary>
public sealed record BackfillRecipe
{
    /// <summary>Key of a prompt template.</summary>
    public string? Template { get; init; }

    /// <summary>Who makes them, best first, and nobody else; empty for the shop's list.</summary>
    public IReadOnlyList<ProviderChoice> Providers { get; init; } = [];

    /// <summary>For example <c>1:1</c> and <c>9:16</c>: one video of each for every product. Empty for one in the ratio that suits.</summary>
    public IReadOnlyList<string> Aspects { get; init; } = [];

    /// <summary>Length of each.</summary>
    public decimal? Seconds { get; init; }

    /// <summary>One more sentence for the prompt.</summary>
    public string? Wish { get; init; }

    /// <summary>What is wished for each product: priced and then ordered by the same.</summary>
    /// <param name="aspect">One of <see cref="Aspects"/>; null for the one that suits.</param>
    public VideoWishes WishesFor(string? aspect) => new() { Template = Template, Aspect = aspect, Seconds = Seconds, Wish = Wish };
}
