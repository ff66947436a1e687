using ProductVideo.Admin.Layout;
using ProductVideo.Choosing;
using ProductVideo.Generations;

namespace ProductVideo.Admin.Choosing;

/// <summary>A line of the list while it is written.</summary>
public sealed class ChoiceForm
{
    /// <summary>Ratios that a line may be for, and the channels that show them.</summary>
    public static IReadOnlyList<(string Ratio, string Label)> Aspects { get; } =
        [("1:1", "Square, for listings"), ("9:16", "Upright, for reels and stories"), ("16:9", "Wide, for banners")];

    public string Provider { get; set; } = "";

    /// <summary>Empty for the provider's first.</summary>
    public string Model { get; set; } = "";

    /// <summary>Empty for the model's best.</summary>
    public string Resolution { get; set; } = "";

    /// <summary>Parted by commas.</summary>
    public string ProductTypes { get; set; } = "";

    public TypedNumber MinPrice { get; } = new(NumberKind.Money);

    public TypedNumber MaxPrice { get; } = new(NumberKind.Money);

    public TypedNumber MinSeconds { get; } = new(NumberKind.Measure);

    public TypedNumber MaxSeconds { get; } = new(NumberKind.Measure);

    public HashSet<string> OnlyAspects { get; } = new(StringComparer.Ordinal);

    public HashSet<GenerationOrigin> OnlyOrigins { get; } = [];

    /// <summary>What can't be read, by field.</summary>
    public IReadOnlyList<(string Field, string Text)> Mistakes() => TypedNumber.Mistakes(
        ("minPrice", "Price from", MinPrice), ("maxPrice", "Price to", MaxPrice), ("minSeconds", "Seconds from", MinSeconds), ("maxSeconds", "Seconds to", MaxSeconds));

    /// <summary>Without <see cref="Mistakes"/>.</summary>
    public ProviderChoice ToChoice() => new()
    {
        Provider = Provider,
        Model = Model.Length == 0 ? null : Model,
        Resolution = Resolution.Length == 0 ? null : Resolution,
        Only = new ChoiceRule
        {
            ProductTypes = ProductTypes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            MinPrice = MinPrice.Value,
            MaxPrice = MaxPrice.Value,
            MinSeconds = MinSeconds.Value,
            MaxSeconds = MaxSeconds.Value,
            Aspects = [.. Aspects.Select(aspect => aspect.Ratio).Where(OnlyAspects.Contains)],
            Origins = [.. Enum.GetValues<GenerationOrigin>().Where(OnlyOrigins.Contains)],
        },
    };
}
