using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.DashScope;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class DashScopeOptionsValidation : IValidateOptions<DashScopeOptions>
{
    public ValidateOptionsResult Validate(string? name, DashScopeOptions options)
    {
        var at = $"ProductVideo:{name}";
        var family = name == DashScopeFamily.Wan.Section ? DashScopeFamily.Wan : DashScopeFamily.HappyHorse;
        string[] mistakes =
        [
            .. string.IsNullOrWhiteSpace(options.ApiKey) ? [$"{at}:ApiKey is missing. Make one in Model Studio, in the region of BaseAddress."] : (string[])[],
            .. ProviderAddress.KeepsKeySecret(options.BaseAddress) ? [] : (string[])[$"{at}:BaseAddress is '{options.BaseAddress}'; it must be an https address of Model Studio, for example https://dashscope-intl.aliyuncs.com."],
            .. Currencies.IsKnown(options.Currency) ? [] : (string[])[$"{at}:Currency is '{options.Currency}', which is no currency of ISO 4217."],
            .. PriceMistakes(family, options).Select(mistake => $"{at}:PricePerSecond:{mistake}"),
            .. DashScopeFamily.Mistakes(family, options, DashScopePrices.Of(family.Key, family.Models, options)),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    /// <summary>A price that belongs to nothing is one that was meant for something else.</summary>
    private static IEnumerable<string> PriceMistakes(DashScopeFamily family, DashScopeOptions options)
    {
        foreach (var (id, prices) in options.PricePerSecond)
        {
            if (family.Models.FirstOrDefault(model => model.Id == id) is not { } model)
            {
                yield return $"{id} is of no known model. Known are: {string.Join(", ", family.Models.Select(known => known.Id))}.";
                continue;
            }

            foreach (var (resolution, price) in prices)
            {
                if (!model.Capabilities.Resolutions.Contains(resolution, StringComparer.Ordinal))
                    yield return $"{id}:{resolution} is of no known resolution. Known are: {string.Join(", ", model.Capabilities.Resolutions)}.";
                if (price is <= 0 or > Micros.Largest)
                    yield return FormattableString.Invariant($"{id}:{resolution} is {price}; it must be above 0.");
            }
        }
    }
}
