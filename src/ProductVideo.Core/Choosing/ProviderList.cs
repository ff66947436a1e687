using ProductVideo.Spending;

namespace ProductVideo.Choosing;

/// <summary>Whom a shop wants its clips made by: the first line that fits the product makes it, those behind it stand in where it can't.</summary>
internal sealed record ProviderList
{
    /// <summary>More lines than anybody can oversee.</summary>
    public const int MostChoices = 20;

    /// <summary>Best first.</summary>
    public required IReadOnlyList<ProviderChoice> Choices { get; init; }

    /// <summary>
    /// Whether a paid provider may take over from one that may have charged without making a clip. Else only one that costs nothing may.
    /// </summary>
    public bool MayPayTwice { get; init; }
}

/// <summary>One line of the list.</summary>
public sealed record ProviderChoice
{
    /// <summary>The provider's key.</summary>
    public required string Provider { get; init; }

    /// <summary>One of its models; null for its first.</summary>
    public string? Model { get; init; }

    /// <summary>In the provider's words; null for the model's best.</summary>
    public string? Resolution { get; init; }

    /// <summary>For which products and clips.</summary>
    public ChoiceRule Only { get; init; } = ChoiceRule.Any;
}

/// <summary>What is left of a list for an order: who stands in where its own provider makes no clip.</summary>
/// <param name="Choices">Best first; at least one.</param>
/// <param name="MayPayTwice">See <see cref="ProviderList.MayPayTwice"/>.</param>
/// <param name="FreeOnly">Whether somebody before may have been paid already, so that none of them may cost anything.</param>
/// <param name="Agreed">What each of them may cost at most, see <see cref="Spending.Agreed"/>; null where no price was asked about.</param>
public sealed record StandIns(IReadOnlyList<ProviderChoice> Choices, bool MayPayTwice, bool FreeOnly = false, IReadOnlyList<Money>? Agreed = null);
