using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Seedance;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class SeedanceOptionsValidation : IValidateOptions<SeedanceOptions>
{
    public ValidateOptionsResult Validate(string? name, SeedanceOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            mistakes.Add($"{SeedanceOptions.Section}:ApiKey is missing. Make one in the Ark console.");
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            mistakes.Add($"{SeedanceOptions.Section}:BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://ark.ap-southeast.bytepluses.com/api/v3.");
        if (options.CallbackAddress is { } callback && !(callback.IsAbsoluteUri && callback.Scheme == Uri.UriSchemeHttps))
            mistakes.Add($"{SeedanceOptions.Section}:CallbackAddress is '{callback}'; it must be the https address of this server, as it is reached from outside, or be left out.");
        mistakes.AddRange(options.Models.Where(id => SeedanceModels.All.All(model => model.Id != id)).Select(id =>
            $"{SeedanceOptions.Section}:Models names '{id}', which is not known. Known are: {string.Join(", ", SeedanceModels.All.Select(model => model.Id))}."));
        if (options.Models.Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            mistakes.Add($"{SeedanceOptions.Section}:Models names one model twice.");
        if (options.PricePerMillionTokens <= 0)
            mistakes.Add(FormattableString.Invariant($"{SeedanceOptions.Section}:PricePerMillionTokens is {options.PricePerMillionTokens}; it must be above 0."));
        if (options.PricePerMillionTokens is null && options.BaseAddress is { IsAbsoluteUri: true } host && SeedanceModel.IsVolcengine(host))
            mistakes.Add($"{SeedanceOptions.Section}:PricePerMillionTokens is missing: Volcengine's prices are not known here. Set it, and Currency.");
        if (!Currencies.IsKnown(options.Currency))
            mistakes.Add($"{SeedanceOptions.Section}:Currency is '{options.Currency}', which is no currency of ISO 4217.");
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
