using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed partial class OpenRouterOptionsValidation : IValidateOptions<OpenRouterOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenRouterOptions options)
    {
        var mistakes = Mistakes(options).Select(mistake => $"{OpenRouterOptions.Section}:{mistake}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(OpenRouterOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is missing. Make one at openrouter.ai/keys.";
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            yield return $"BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://openrouter.ai/api/v1.";
        if (options.Models.Count == 0)
            yield return "Models is empty; name at least one, for example Models:0 = google/veo-3.1-lite.";
        foreach (var id in options.Models.Where(id => !ModelId().IsMatch(id)))
            yield return $"Models names '{id}'; write it as OpenRouter's list does, for example google/veo-3.1-lite.";
        if (options.Models.Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return "Models names one model twice.";
        if (options.MaxPrompt <= 0)
            yield return "MaxPrompt must be above 0.";
    }

    [GeneratedRegex(@"^[A-Za-z0-9._~-]+/[A-Za-z0-9._:~-]+$", RegexOptions.None, 1000)]
    private static partial Regex ModelId();
}
