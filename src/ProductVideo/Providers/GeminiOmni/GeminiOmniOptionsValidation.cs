using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class GeminiOmniOptionsValidation : IValidateOptions<GeminiOmniOptions>
{
    private static readonly string Known = string.Join(", ", GeminiOmniModels.All.Select(model => model.Id));

    public ValidateOptionsResult Validate(string? name, GeminiOmniOptions options)
    {
        var mistakes = Mistakes(options).Concat(PriceMistakes(options)).Select(mistake => $"{GeminiOmniOptions.Section}:{mistake}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(GeminiOmniOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is missing. Make one in Google AI Studio, in a project with billing.";
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            yield return $"BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://generativelanguage.googleapis.com/v1.";
        if (!Currencies.IsKnown(options.Currency))
            yield return $"Currency is '{options.Currency}', which is no currency of ISO 4217.";
        if (options.PriceDate is null)
            yield return "PriceDate is missing. Set the day from which the prices are known to be true, for example 2026-11-01.";
        var offered = GeminiOmniModels.Offered(options);
        if (options.PricePerSecond.Count == 0)
            yield return $"PricePerSecond is missing. Set what a second costs, for example PricePerSecond:{GeminiOmniModels.All[0].Id}:720p.";
        foreach (var id in options.Models.Where(id => offered.All(model => model.Id != id)))
        {
            yield return GeminiOmniModels.All.All(model => model.Id != id)
                ? $"Models names '{id}', which is not known. Known are: {Known}."
                : $"Models names '{id}', whose price is not known. Set PricePerSecond:{id}:720p.";
        }
    }

    private static IEnumerable<string> PriceMistakes(GeminiOmniOptions options)
    {
        foreach (var (id, prices) in options.PricePerSecond)
        {
            if (GeminiOmniModels.All.FirstOrDefault(model => model.Id == id) is not { } model)
            {
                yield return $"PricePerSecond:{id} is of no known model. Known are: {Known}.";
                continue;
            }

            foreach (var (resolution, price) in prices)
            {
                if (!model.Capabilities.Resolutions.Contains(resolution, StringComparer.Ordinal))
                    yield return $"PricePerSecond:{id}:{resolution} is of no known resolution. Known are: {string.Join(", ", model.Capabilities.Resolutions)}.";
                if (price is <= 0 or > Micros.Largest)
                    yield return FormattableString.Invariant($"PricePerSecond:{id}:{resolution} is {price}; it must be above 0.");
            }
        }
    }
}
