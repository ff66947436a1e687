using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Kling;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class KlingOptionsValidation : IValidateOptions<KlingOptions>
{
    private const string At = KlingOptions.Section;

    public ValidateOptionsResult Validate(string? name, KlingOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            mistakes.Add($"{At}:ApiKey is missing. Make one in Kling's developer console.");
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            mistakes.Add($"{At}:BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://api-singapore.klingai.com.");
        if (!Currencies.IsKnown(options.Currency))
            mistakes.Add($"{At}:Currency is '{options.Currency}', which is no currency of ISO 4217.");
        if (options.PriceDate is null)
            mistakes.Add($"{At}:PriceDate is missing. Set the day from which the prices are known to be true, for example 2026-11-01.");
        mistakes.AddRange(PriceMistakes(options));
        mistakes.AddRange(ChoiceMistakes(options));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> PriceMistakes(KlingOptions options)
    {
        foreach (var (id, prices) in options.PricePerSecond)
        {
            if (KlingModels.All.FirstOrDefault(model => model.Id == id) is not { } model)
            {
                yield return $"{At}:PricePerSecond:{id} is of no known model. Known are: {string.Join(", ", KlingModels.All.Select(known => known.Id))}.";
                continue;
            }

            foreach (var (resolution, price) in prices)
            {
                if (!model.Capabilities.Resolutions.Contains(resolution, StringComparer.Ordinal))
                    yield return $"{At}:PricePerSecond:{id}:{resolution} is of no known resolution. Known are: {string.Join(", ", model.Capabilities.Resolutions)}.";
                if (price is <= 0 or > Micros.Largest)
                    yield return FormattableString.Invariant($"{At}:PricePerSecond:{id}:{resolution} is {price}; it must be above 0.");
            }
        }
    }

    private static IEnumerable<string> ChoiceMistakes(KlingOptions options)
    {
        var offered = KlingModels.Offered(options).Select(model => model.Id).ToList();
        foreach (var id in options.Models.Where(id => !offered.Contains(id, StringComparer.Ordinal)))
        {
            yield return KlingModels.All.All(model => model.Id != id)
                ? $"{At}:Models names '{id}', which is not known. Known are: {string.Join(", ", KlingModels.All.Select(model => model.Id))}."
                : id == KlingModels.GoodsStudio && !options.GoodsStudio ? $"{At}:Models names '{id}', which is off. Set {At}:GoodsStudio to true."
                : $"{At}:Models names '{id}', whose price is not known. Set {At}:PricePerSecond:{id}:1080p.";
        }

        if (options.GoodsStudio && options.Models.Count == 0 && !offered.Contains(KlingModels.GoodsStudio, StringComparer.Ordinal))
            yield return $"{At}:GoodsStudio is on, and its price is not known. Set {At}:PricePerSecond:{KlingModels.GoodsStudio}:1080p.";
        else if (offered.Count == 0 && options.Models.Count == 0)
            yield return $"{At}:PricePerSecond is missing: Kling's prices are not known here, and without one no model is offered. Set {At}:PricePerSecond:kling-3.0:1080p.";
    }
}
