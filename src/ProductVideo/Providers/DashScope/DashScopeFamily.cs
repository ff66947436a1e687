using ProductVideo.Spending;

namespace ProductVideo.Providers.DashScope;

/// <summary>Models that stand under one name in the shop.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="DisplayName">For merchants.</param>
/// <param name="Section">Of the settings, under <c>ProductVideo</c>.</param>
/// <param name="Models">All that is known, the default first.</param>
internal sealed record DashScopeFamily(string Key, string DisplayName, string Section, IReadOnlyList<DashScopeModel> Models)
{
    public static DashScopeFamily HappyHorse { get; } = new("happyhorse", "HappyHorse", "HappyHorse", DashScopeModels.HappyHorse);

    public static DashScopeFamily Wan { get; } = new("wan", "Wan", "Wan", DashScopeModels.Wan);

    /// <summary>Those of the settings, in their order, or all; a model without a price is not offered, for nobody could say what it costs.</summary>
    public static IReadOnlyList<DashScopeModel> Choose(DashScopeFamily family, DashScopeOptions options, PriceTable prices) => options.Models.Count == 0
        ? [.. family.Models.Where(model => HasPrice(prices, model))]
        : [.. options.Models.Select(id => family.Models.First(model => model.Id == id))];

    /// <summary>What is wrong with the models chosen in the settings.</summary>
    public static IEnumerable<string> Mistakes(DashScopeFamily family, DashScopeOptions options, PriceTable prices)
    {
        foreach (var id in options.Models)
        {
            if (family.Models.FirstOrDefault(model => model.Id == id) is not { } model)
                yield return $"ProductVideo:{family.Section}:Models names '{id}', which is not known. Known are: {string.Join(", ", family.Models.Select(m => m.Id))}.";
            else if (!HasPrice(prices, model))
                yield return $"ProductVideo:{family.Section}:Models names '{id}', whose price is not known. Set ProductVideo:{family.Section}:PricePerSecond:{id}:720P, in USD.";
        }
    }

    private static bool HasPrice(PriceTable prices, DashScopeModel model) => prices.Rows.Any(row => row.Model == model.Id);
}
