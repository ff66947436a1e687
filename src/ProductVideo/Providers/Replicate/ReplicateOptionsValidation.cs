using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Planning;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Replicate;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed partial class ReplicateOptionsValidation : IValidateOptions<ReplicateOptions>
{
    public ValidateOptionsResult Validate(string? name, ReplicateOptions options)
    {
        string[] mistakes = [.. OfAccount(options).Concat(options.Models.SelectMany(OfModel)).Select(mistake => $"{ReplicateOptions.Section}:{mistake}")];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> OfAccount(ReplicateOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is missing. Make one under Account, API tokens.";
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            yield return $"BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://api.replicate.com/v1.";
        if (options.Models.Count == 0)
            yield return "Models is empty. Name what may be chosen, for example Models:0:Id = owner/name, with its Seconds and PricePerSecond.";
        if (options.Models.Select(model => model.Id).Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return "Models names one model twice.";
        if (!Currencies.IsKnown(options.Currency))
            yield return $"Currency is '{options.Currency}', which is no currency of ISO 4217.";
        if (options.PriceDate is null)
            yield return "PriceDate is missing. Set the day from which the prices are known to be true, for example 2026-11-01.";
    }

    private static IEnumerable<string> OfModel(ReplicateModelOptions model, int index)
    {
        var at = FormattableString.Invariant($"Models:{index}");
        if (!Identifier().IsMatch(model.Id))
            yield return $"{at}:Id is '{model.Id}'; write it like owner/name or owner/name:version.";
        if (model.Seconds.Count == 0 || model.Seconds.Any(seconds => seconds is < 1 or > 600))
            yield return $"{at}:Seconds is empty or out of range; name the lengths that '{model.Id}' makes, for example 5, 10.";
        foreach (var aspect in model.Aspects.Where(aspect => AspectRatio.Parse(aspect) is null))
            yield return $"{at}:Aspects has '{aspect}'; write it like 9:16.";
        foreach (var (resolution, price) in model.PricePerSecond.Where(price => price.Value is <= 0 or > Micros.Largest))
            yield return FormattableString.Invariant($"{at}:PricePerSecond:{resolution} is {price}; it must be above 0.");
        foreach (var resolution in model.PricePerSecond.Keys.Where(key => key != ReplicateModel.AnyResolution && !model.Resolutions.Contains(key)))
        {
            yield return $"{at}:PricePerSecond:{resolution} is of no known resolution. "
                + $"Known are: {string.Join(", ", [.. model.Resolutions, ReplicateModel.AnyResolution])}.";
        }

        if (model.Resolutions.Count == 0 && !model.PricePerSecond.ContainsKey(ReplicateModel.AnyResolution))
            yield return $"{at}:PricePerSecond:{ReplicateModel.AnyResolution} is missing: without a price '{model.Id}' can't be offered.";
        foreach (var resolution in model.Resolutions.Where(resolution => !ReplicateModel.HasPrice(model, resolution)))
            yield return $"{at}:PricePerSecond:{resolution} is missing: without a price it can't be offered.";
        if (model.MaxPrompt <= 0)
            yield return $"{at}:MaxPrompt must be above 0.";
        if (model.Inputs.Prompt.Length == 0 || model.Inputs.FirstFrame.Length == 0)
            yield return $"{at}:Inputs:Prompt and Inputs:FirstFrame are needed: a product is filmed from its picture, as it is told.";
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]*/[a-z0-9][a-z0-9._-]*(:[0-9a-z]{1,64})?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();
}
