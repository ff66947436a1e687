using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.LocalAi;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class LocalAiOptionsValidation : IValidateOptions<LocalAiOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalAiOptions options)
    {
        string[] mistakes = [.. OfServer(options).Concat(options.Models.SelectMany(OfModel)).Select(mistake => $"{LocalAiOptions.Section}:{mistake}")];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> OfServer(LocalAiOptions options)
    {
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address)
            yield return "BaseAddress is missing or no http address; write where LocalAI listens, for example http://gpu:8080.";
        else if (options.ApiKey.Length > 0 && address.Scheme == "http" && !ProviderAddress.IsInside(address))
            yield return $"BaseAddress is '{address}', to which the ApiKey would travel unencrypted over the internet; use https.";
        if (options.Models.Count == 0)
            yield return "Models is empty; name what the server serves, for example Models:0:Id = wan-2.2-i2v.";
        if (options.Models.Select(model => model.Id).Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return "Models names one model twice.";
        if (options.PricePerSecond is not { } price)
            yield return "PricePerSecond is missing; write what a second of clip costs, or 0 where the machine is your own.";
        else if (price is < 0 or > Micros.Largest)
            yield return FormattableString.Invariant($"PricePerSecond is {price}; it must be 0 or above.");
        if (!Currencies.IsKnown(options.Currency))
            yield return $"Currency is '{options.Currency}'; it must be one of ISO 4217, for example USD.";
        if (options.LongestMinutes is < 1 or > 1_440)
            yield return FormattableString.Invariant($"LongestMinutes is {options.LongestMinutes}; it must be from 1 to 1440.");
    }

    private static IEnumerable<string> OfModel(LocalAiModel model, int index)
    {
        var at = FormattableString.Invariant($"Models:{index}");
        if (string.IsNullOrWhiteSpace(model.Id))
            yield return $"{at}:Id is missing.";
        if (model.Sizes.Count == 0)
            yield return $"{at}:Sizes is empty; name the sizes that '{model.Id}' makes, for example 832x480.";
        foreach (var size in model.Sizes.Where(size => FrameSizes.Parse("", size) is null))
            yield return $"{at}:Sizes has '{size}'; write it like 832x480, each side from 240 to 4096, in a usual ratio.";
        if (model.Seconds.Count == 0 || model.Seconds.Any(seconds => seconds is < 1 or > 600))
            yield return $"{at}:Seconds is empty or out of range; name the lengths that '{model.Id}' makes, for example 5.";
        if (model.FramesPerSecond is < 1 or > 120)
            yield return FormattableString.Invariant($"{at}:FramesPerSecond is {model.FramesPerSecond}; it must be from 1 to 120.");
        if (model.MaxPrompt <= 0)
            yield return $"{at}:MaxPrompt must be above 0.";
    }
}
