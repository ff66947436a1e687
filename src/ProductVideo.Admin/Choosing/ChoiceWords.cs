using System.Globalization;
using ProductVideo.Choosing;
using ProductVideo.Generations;

namespace ProductVideo.Admin.Choosing;

/// <summary>A line of the list in words.</summary>
internal static class ChoiceWords
{
    public static string Of(ProviderChoice choice) => string.Join(" · ", new[] { choice.Model, choice.Resolution }.OfType<string>());

    public static string Of(ChoiceRule rule) => rule.IsAny ? "For every product." : $"Only {string.Join(", ", Parts(rule))}.";

    public static string Of(GenerationOrigin origin) => origin switch
    {
        GenerationOrigin.Click => "clicks",
        GenerationOrigin.Api => "the API",
        GenerationOrigin.Backfill => "backfills",
        GenerationOrigin.Regeneration => "changes in the shop",
        _ => "the command line",
    };

    private static IEnumerable<string> Parts(ChoiceRule rule)
    {
        if (rule.ProductTypes.Count > 0)
            yield return "products of type " + string.Join(" or ", rule.ProductTypes);
        if (Range(rule.MinPrice, rule.MaxPrice, "") is { } price)
            yield return "priced " + price;
        if (Range(rule.MinSeconds, rule.MaxSeconds, " s") is { } length)
            yield return "videos of " + length;
        if (rule.Aspects.Count > 0)
            yield return "in " + string.Join(" or ", rule.Aspects);
        if (rule.Origins.Count > 0)
            yield return "ordered by " + string.Join(" or ", rule.Origins.Select(Of));
    }

    private static string? Range(decimal? least, decimal? most, string unit) => (least, most) switch
    {
        (null, null) => null,
        ({ } from, null) => $"{Number(from)}{unit} or more",
        (null, { } to) => $"{Number(to)}{unit} or less",
        ({ } from, { } to) => $"{Number(from)} to {Number(to)}{unit}",
    };

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
