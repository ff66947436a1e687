using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>Says every mistake in the settings of a server at once, when the host starts.</summary>
internal sealed class OpenAiVideosValidation : IValidateOptions<OpenAiVideosServer>
{
    public ValidateOptionsResult Validate(string? name, OpenAiVideosServer options)
    {
        var at = $"ProductVideo:OpenAiVideos:Servers:{name}";
        string[] mistakes = [.. OfServer(name ?? "", options).Concat(options.Models.SelectMany(OfModel)).Select(mistake => $"{at}:{mistake}")];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> OfServer(string name, OpenAiVideosServer server)
    {
        if (name.Length is 0 or > 40 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            yield return $" '{name}' can't name a server: use at most 40 letters, digits and hyphens.";
        if (server.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address)
            yield return "BaseAddress is missing or no http address; write where the server listens, for example http://gpu:8091.";
        else if (server.ApiKey.Length > 0 && address.Scheme == "http" && !ProviderAddress.IsInside(address))
            yield return $"BaseAddress is '{address}', to which the ApiKey would travel unencrypted over the internet; use https.";
        if (OpenAiVideosPreset.Of(server.Preset) is null)
            yield return $"Preset is '{server.Preset}'; it must be one of: {string.Join(", ", OpenAiVideosPreset.All.Select(preset => preset.Name))}.";
        if (server.Models.Count == 0)
            yield return "Models is empty; name what the server serves, for example Models:0:Id = Wan-AI/Wan2.2-I2V-A14B-Diffusers.";
        if (server.PricePerSecond is null && server.Models.Any(model => model.PricePerSecond is null))
            yield return "PricePerSecond is missing; write what a second of clip costs, or 0 where the GPU is your own.";
        if (server.PricePerSecond < 0)
            yield return "PricePerSecond is below 0.";
        if (!Currencies.IsKnown(server.Currency))
            yield return $"Currency is '{server.Currency}'; it must be one of ISO 4217, for example USD.";
        if (server.Models.Select(model => model.Id).Distinct(StringComparer.Ordinal).Count() != server.Models.Count)
            yield return "Models names one model twice.";
    }

    private static IEnumerable<string> OfModel(OpenAiVideosModel model, int index)
    {
        var at = FormattableString.Invariant($"Models:{index}");
        if (string.IsNullOrWhiteSpace(model.Id))
            yield return $"{at}:Id is missing.";
        if (model.Family is not null && ModelFamily.Of(model) is null)
            yield return $"{at}:Family is '{model.Family}'; known are {string.Join(", ", ModelFamily.All.Select(family => family.Name))}.";
        foreach (var (resolution, size) in model.Sizes.SelectMany(size => size.Value.Select(text => (size.Key, text))))
        {
            if (FrameSizes.Parse(resolution, size) is null)
                yield return $"{at}:Sizes:{resolution} has '{size}'; write it like 1280x720, each side from 240 to 4096, in a usual ratio.";
        }

        if (ServedModel.SizesOf(model).Count == 0)
            yield return $"{at}:Sizes is empty, or no ratio is in all of its resolutions. '{model.Id}' is of no known family, so its sizes must be named.";
        if (ServedModel.LengthsOf(model) is not { Count: > 0 } lengths || lengths.Any(seconds => seconds is < 1 or > 600))
            yield return $"{at}:Seconds is empty or out of range; name the lengths that '{model.Id}' makes, for example 4, 8, 12.";
        if (model.PricePerSecond < 0)
            yield return $"{at}:PricePerSecond is below 0.";
        if (model.MaxPrompt <= 0)
            yield return $"{at}:MaxPrompt must be above 0.";
    }
}
