using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Planning;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Fal;

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class FalOptionsValidation : IValidateOptions<FalOptions>
{
    public ValidateOptionsResult Validate(string? name, FalOptions options)
    {
        var mistakes = OfAccount(options).Concat(options.Models.SelectMany(OfModel)).Select(mistake => $"{FalOptions.Section}:{mistake}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> OfAccount(FalOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            yield return "ApiKey is missing. Make one in fal's dashboard.";
        if (!ProviderAddress.KeepsKeySecret(options.BaseAddress))
            yield return $"BaseAddress is '{options.BaseAddress}'; it must be an https address, for example https://queue.fal.run.";
        if (options.Models.Count == 0)
            yield return $"Models is empty; name at least one with its price, for example Models:0:Id = {FalPreset.All[0].Id} and Models:0:PricePerSecond.";
        if (options.Models.Select(model => model.Id).Distinct(StringComparer.Ordinal).Count() != options.Models.Count)
            yield return "Models names one model twice.";
        if (!Currencies.IsKnown(options.Currency))
            yield return $"Currency is '{options.Currency}', which is no currency of ISO 4217.";
    }

    private static IEnumerable<string> OfModel(FalModelOptions model, int index)
    {
        var at = FormattableString.Invariant($"Models:{index}");
        if (!FalModel.IsId(model.Id))
            yield return $"{at}:Id is '{model.Id}'; write it as in the model's address, for example fal-ai/wan/v2.7/image-to-video.";
        if (FalModel.SecondsOf(model) is not { Count: > 0 } lengths || lengths.Any(seconds => seconds is < 1 or > 600))
            yield return $"{at}:Seconds is empty or out of range; name the lengths that '{model.Id}' makes, for example 5, 10.";
        foreach (var aspect in model.Aspects.Where(aspect => AspectRatio.Parse(aspect) is null))
            yield return $"{at}:Aspects has '{aspect}'; write it like 16:9.";
        if (model.PictureField is { } field && string.IsNullOrWhiteSpace(field))
            yield return $"{at}:PictureField is empty; leave it out for image_url.";
        if (model.MaxPrompt <= 0)
            yield return $"{at}:MaxPrompt must be above 0.";
        if (model.MaxNegativePrompt < 0)
            yield return $"{at}:MaxNegativePrompt is below 0.";
        foreach (var price in model.PricePerSecondAt.Values.Append(model.PricePerSecond ?? 1).Where(price => price <= 0))
            yield return FormattableString.Invariant($"{at}:PricePerSecond is {price}; it must be above 0.");
        foreach (var resolution in model.PricePerSecondAt.Keys.Except(FalModel.ResolutionsOf(model), StringComparer.Ordinal))
        {
            yield return $"{at}:PricePerSecondAt:{resolution} is of no known resolution. "
                + (FalModel.ResolutionsOf(model) is { Count: > 0 } known ? $"Known are: {string.Join(", ", known)}." : $"'{model.Id}' can't be asked for one: set PricePerSecond, or Resolutions.");
        }

        foreach (var missing in Unpriced(model))
            yield return $"{at}:PricePerSecond{missing} is missing; fal's page of '{model.Id}' says what a second costs.";
    }

    /// <summary>A model or a resolution without a price is not offered, for nobody could say what it costs.</summary>
    private static IEnumerable<string> Unpriced(FalModelOptions model) => model.PricePerSecond is not null ? []
        : FalModel.ResolutionsOf(model) is { Count: > 0 } resolutions
            ? resolutions.Where(resolution => !model.PricePerSecondAt.ContainsKey(resolution)).Select(resolution => $"At:{resolution}")
            : [""];
}
