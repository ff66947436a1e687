using System.ComponentModel.DataAnnotations;
using ProductVideo.Choosing;
using ProductVideo.Generations;

namespace ProductVideo.Api;

/// <summary>Whom a shop wants its videos made by.</summary>
internal sealed record ProviderListBody
{
    /// <summary>1 to 20 lines, the best first. The local renderer comes last, whether it is named or not.</summary>
    [Required]
    public IReadOnlyList<ProviderChoiceBody>? Choices { get; init; }

    /// <summary>Whether a paid provider may take over from one that may have charged without making a video; else only one that costs nothing may.</summary>
    public bool MayPayTwice { get; init; }

    internal ProviderList ToList() => new()
    {
        Choices = [.. (Choices ?? throw Caller.Bad("choices", "'choices' is missing: the providers, the best first, for example [{\"provider\": \"local\"}]."))
            .Select((choice, place) => (choice ?? new()).ToChoice(place))],
        MayPayTwice = MayPayTwice,
    };

    internal static ProviderListBody Of(ProviderList list) => new() { Choices = [.. list.Choices.Select(ProviderChoiceBody.Of)], MayPayTwice = list.MayPayTwice };
}

/// <summary>One line of the list.</summary>
internal sealed record ProviderChoiceBody
{
    /// <summary>Provider key.</summary>
    [Required]
    public string? Provider { get; init; }

    /// <summary>One of its models; left out, its first.</summary>
    public string? Model { get; init; }

    /// <summary>In the provider's words; left out, the model's best.</summary>
    public string? Resolution { get; init; }

    /// <summary>For which products and videos; left out, for all.</summary>
    public ChoiceRuleBody? Only { get; init; }

    /// <param name="place">From 0.</param>
    /// <param name="field">The field of the request that holds the lines.</param>
    internal ProviderChoice ToChoice(int place, string field = "choices") => new()
    {
        Provider = Provider ?? throw Caller.Bad($"{field}[{place}].provider", $"Line {place + 1} names no 'provider'."),
        Model = Model,
        Resolution = Resolution,
        Only = Only?.ToRule($"{field}[{place}].only") ?? ChoiceRule.Any,
    };

    internal static ProviderChoiceBody Of(ProviderChoice choice) => new()
    {
        Provider = choice.Provider, Model = choice.Model, Resolution = choice.Resolution, Only = choice.Only.IsAny ? null : ChoiceRuleBody.Of(choice.Only),
    };
}

/// <summary>All that is given must hold.</summary>
internal sealed record ChoiceRuleBody
{
    /// <summary>The product's type is one of these.</summary>
    public IReadOnlyList<string>? ProductTypes { get; init; }

    /// <summary>The product costs at least this, in the shop's currency.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>The product costs at most this, in the shop's currency.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>The video is at least so many seconds long.</summary>
    public decimal? MinSeconds { get; init; }

    /// <summary>The video is at most so many seconds long.</summary>
    public decimal? MaxSeconds { get; init; }

    /// <summary>The video has one of these ratios, for example <c>9:16</c> for reels.</summary>
    public IReadOnlyList<string>? Aspects { get; init; }

    /// <summary>It was ordered in one of these ways: click, api, backfill, commandLine, regeneration.</summary>
    public IReadOnlyList<GenerationOrigin>? Origins { get; init; }

    internal ChoiceRule ToRule(string field) => new()
    {
        ProductTypes = BodyLists.Words(ProductTypes, $"{field}.productTypes"),
        MinPrice = MinPrice,
        MaxPrice = MaxPrice,
        MinSeconds = MinSeconds,
        MaxSeconds = MaxSeconds,
        Aspects = BodyLists.Words(Aspects, $"{field}.aspects"),
        Origins = Origins ?? [],
    };

    internal static ChoiceRuleBody Of(ChoiceRule rule) => new()
    {
        ProductTypes = OrNone(rule.ProductTypes),
        MinPrice = rule.MinPrice,
        MaxPrice = rule.MaxPrice,
        MinSeconds = rule.MinSeconds,
        MaxSeconds = rule.MaxSeconds,
        Aspects = OrNone(rule.Aspects),
        Origins = OrNone(rule.Origins),
    };

    private static IReadOnlyList<T>? OrNone<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;
}
