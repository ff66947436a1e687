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

    /// <summary>
    /// Those of the settings, in their order, or all. A model or resolution without a price is not offered, for nobody could say what it costs.
    /// </summary>
    public static IReadOnlyList<DashScopeModel> Offered(DashScopeFamily family, DashScopeOptions options, PriceTable prices)
    {
        var priced = family.Models.Select(model => Priced(model, prices)).OfType<DashScopeModel>();
        return options.Models.Count == 0 ? [.. priced] : [.. priced.Where(model => options.Models.Contains(model.Id)).OrderBy(model => options.Models.IndexOf(model.Id))];
    }

    /// <summary>What is wrong with the models chosen in the settings.</summary>
    public static IEnumerable<string> Mistakes(DashScopeFamily family, DashScopeOptions options, PriceTable prices)
    {
        if (options.Models.Count == 0 && Offered(family, options, prices).Count == 0)
            yield return $"ProductVideo:{family.Section}:PricePerSecond is missing: only Singapore's prices are known here, not those of {options.BaseAddress.Host}. Set ProductVideo:{family.Section}:PricePerSecond:{family.Models[0].Id}:720P, and Currency.";
        if (options.Models.Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return $"ProductVideo:{family.Section}:Models names one model twice.";
        foreach (var id in options.Models)
        {
            if (family.Models.FirstOrDefault(model => model.Id == id) is not { } model)
                yield return $"ProductVideo:{family.Section}:Models names '{id}', which is not known. Known are: {string.Join(", ", family.Models.Select(m => m.Id))}.";
            else if (Priced(model, prices) is null)
                yield return $"ProductVideo:{family.Section}:Models names '{id}', whose price is not known. Set ProductVideo:{family.Section}:PricePerSecond:{id}:720P, and Currency.";
        }
    }

    /// <summary>As it is offered: in the resolutions that have a price; null if none has.</summary>
    private static DashScopeModel? Priced(DashScopeModel model, PriceTable prices)
    {
        string[] known = [.. model.Capabilities.Resolutions.Where(resolution => prices.Rows.Any(row => row.Model == model.Id && row.Resolution == resolution))];
        return known.Length == 0 ? null : model with { Capabilities = model.Capabilities with { Resolutions = known } };
    }
}
