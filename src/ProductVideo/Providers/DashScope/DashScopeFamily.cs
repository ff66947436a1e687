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
    /// Those of the settings, in their order, or all. A model or resolution without a price is not offered, for nobody could say what it costs;
    /// nor is a model of which no resolution is left.
    /// </summary>
    public static IReadOnlyList<DashScopeModel> Offered(DashScopeFamily family, DashScopeOptions options, PriceTable prices)
    {
        var priced = family.Models.Select(model => Offered(model, options, prices)).OfType<DashScopeModel>();
        return options.Models.Count == 0 ? [.. priced] : [.. priced.Where(model => options.Models.Contains(model.Id)).OrderBy(model => options.Models.IndexOf(model.Id))];
    }

    /// <summary>What is wrong with the models and resolutions chosen in the settings.</summary>
    public static IEnumerable<string> Mistakes(DashScopeFamily family, DashScopeOptions options, PriceTable prices)
    {
        var at = $"ProductVideo:{family.Section}";
        string[] resolutions = [.. family.Models.SelectMany(model => model.Capabilities.Resolutions).Distinct(StringComparer.Ordinal)];
        foreach (var resolution in options.Resolutions.Except(resolutions, StringComparer.Ordinal))
            yield return $"{at}:Resolutions names '{resolution}', which is not known. Known are: {string.Join(", ", resolutions)}.";
        if (options.Resolutions.Distinct(StringComparer.Ordinal).Count() != options.Resolutions.Count)
            yield return $"{at}:Resolutions names one resolution twice.";
        if (options.Models.Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return $"{at}:Models names one model twice.";
        foreach (var id in options.Models)
        {
            if (family.Models.FirstOrDefault(model => model.Id == id) is not { } model)
                yield return $"{at}:Models names '{id}', which is not known. Known are: {string.Join(", ", family.Models.Select(m => m.Id))}.";
            else if (!HasPrice(model, prices))
                yield return $"{at}:Models names '{id}', whose price is not known. Set {at}:PricePerSecond:{id}:720P, and Currency.";
            else if (Offered(model, options, prices) is null)
                yield return $"{at}:Models names '{id}', which makes none of {at}:Resolutions at a price that is known.";
        }

        if (!family.Models.Any(model => HasPrice(model, prices)) && options.Models.Count == 0)
            yield return $"{at}:PricePerSecond is missing: only Singapore's prices are known here, not those of {options.BaseAddress.Host}. Set {at}:PricePerSecond:{family.Models[0].Id}:720P, and Currency.";
        else if (options.Models.Count == 0 && Offered(family, options, prices).Count == 0)
            yield return $"{at}:Resolutions leaves no model: none makes one of them at a price that is known.";
    }

    /// <summary>As it is offered; null if it is not.</summary>
    private static DashScopeModel? Offered(DashScopeModel model, DashScopeOptions options, PriceTable prices)
    {
        var wanted = options.Resolutions.Count == 0 ? model.Capabilities.Resolutions : [.. options.Resolutions.Intersect(model.Capabilities.Resolutions, StringComparer.Ordinal)];
        string[] left = [.. wanted.Where(resolution => HasPrice(model, prices, resolution))];
        return left.Length == 0 ? null : model with { Capabilities = model.Capabilities with { Resolutions = left } };
    }

    private static bool HasPrice(DashScopeModel model, PriceTable prices, string? resolution = null) =>
        prices.Rows.Any(row => row.Model == model.Id && (resolution is null || row.Resolution == resolution));
}
