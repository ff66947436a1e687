using ProductVideo.CatalogIndex;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Spending;

/// <summary>In which currencies the providers that are switched on charge: a limit in another one limits nothing.</summary>
internal static class ChargedCurrencies
{
    /// <summary>In the order of the providers, each once; empty where all of them are free.</summary>
    public static IReadOnlyList<string> Of(VideoProviders providers) =>
        [.. providers.Offering.SelectMany(provider => provider.Models, Of).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What a limit is best written in: what is charged in, else what a shop sells in.</summary>
    public static async Task<string> SuggestAsync(VideoProviders providers, CatalogProducts catalog, IEnumerable<string> shops)
    {
        if (Of(providers) is [var charged, ..])
            return charged;
        foreach (var shop in shops)
        {
            var some = await catalog.LackingAsync(shop, after: null, take: 10, CancellationToken.None);
            if (some.Select(product => product.Price?.Currency).OfType<string>().FirstOrDefault() is { } sold)
                return sold;
        }

        return "USD";
    }

    /// <summary>Why a limit in this currency limits nothing.</summary>
    /// <returns>null where it does, where nothing is charged at all, and where it is no currency.</returns>
    public static string? Unused(VideoProviders providers, string currency)
    {
        var written = currency.Trim().ToUpperInvariant();
        return Currencies.IsKnown(written) && Of(providers) is { Count: > 0 } charged && !charged.Contains(written, StringComparer.Ordinal)
            ? $"No provider that is switched on charges in {written}, so this limits nothing. They charge in {string.Join(" and ", charged)}." : null;
    }

    private static string? Of(IVideoProvider provider, string model)
    {
        var can = provider.Capabilities(model);
        var (seconds, aspect) = (can.Duration.Nearest(5), can.Aspect.Ratios.FirstOrDefault() ?? "1:1");
        var request = new VideoRequest
        {
            Model = model,
            Mode = can.Modes,
            Prompt = "",
            Images = [],
            Seconds = seconds,
            Aspect = aspect,
            Resolution = can.Resolutions.FirstOrDefault(),
            Plan = new ShotPlan { Aspect = aspect, Shots = [], Seconds = seconds },
        };
        try
        {
            return provider.EstimatePrice(request).Amount is { IsZero: false } price ? price.Currency : null;
        }
        catch (Exception e) when (e is RefusedException or ArgumentException)
        {
            // A price that is not known is in no currency.
            return null;
        }
    }
}
