using Microsoft.Extensions.Options;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class DashScopeOptionsValidation : IValidateOptions<DashScopeOptions>
{
    public ValidateOptionsResult Validate(string? name, DashScopeOptions options)
    {
        var at = $"ProductVideo:{name}";
        string[] mistakes =
        [
            .. string.IsNullOrWhiteSpace(options.ApiKey) ? [$"{at}:ApiKey is missing. Make one in Model Studio, in the region of BaseAddress."] : (string[])[],
            .. ProviderAddress.KeepsKeySecret(options.BaseAddress) ? [] : (string[])[$"{at}:BaseAddress is '{options.BaseAddress}'; it must be an https address of Model Studio, for example https://dashscope-intl.aliyuncs.com."],
            .. from model in options.PricePerSecond
               from price in model.Value
               where price.Value <= 0
               select FormattableString.Invariant($"{at}:PricePerSecond:{model.Key}:{price.Key} is {price.Value}; it must be above 0."),
            .. Choice(name, options),
        ];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Choice(string? section, DashScopeOptions options)
    {
        var family = section == DashScopeFamily.Wan.Section ? DashScopeFamily.Wan : DashScopeFamily.HappyHorse;
        return DashScopeFamily.Mistakes(family, options, DashScopePrices.Of(family.Key, family.Models, options));
    }
}
