using Microsoft.Extensions.Options;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Runway;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class RunwayOptionsValidation : IValidateOptions<RunwayOptions>
{
    private static readonly string Known = string.Join(", ", RunwayModels.All.Select(model => model.Id));

    public ValidateOptionsResult Validate(string? name, RunwayOptions options)
    {
        var mistakes = Mistakes(options).Select(mistake => $"{RunwayOptions.Section}:{mistake}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(RunwayOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is missing. Make one in Runway's developer portal.";
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            yield return $"BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://api.dev.runwayml.com.";
        foreach (var id in options.Models.Where(id => !IsKnown(id)))
            yield return $"Models names '{id}', which is not known. Known are: {Known}.";
        if (options.Models.Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return "Models names one model twice.";
        foreach (var (id, credits) in options.CreditsPerSecond)
        {
            if (!IsKnown(id))
                yield return $"CreditsPerSecond names '{id}', which is not known. Known are: {Known}.";
            else if (credits <= 0)
                yield return FormattableString.Invariant($"CreditsPerSecond:{id} is {credits}; it must be above 0.");
        }

        if (options.CreditPrice <= 0)
            yield return FormattableString.Invariant($"CreditPrice is {options.CreditPrice}; it must be above 0.");
    }

    private static bool IsKnown(string id) => RunwayModels.All.Any(model => model.Id == id);
}
