using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>A model as one server offers it.</summary>
/// <param name="Id">As sent.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="PricePerSecond">In the server's currency.</param>
/// <param name="Fields">Form fields beyond the shape, with places to be filled in.</param>
internal sealed record ServedModel(string Id, ProviderCapabilities Capabilities, decimal PricePerSecond, IReadOnlyDictionary<string, string> Fields)
{
    private const int UsualPrompt = 2_000;

    public static ServedModel Of(OpenAiVideosServer server, OpenAiVideosPreset preset, OpenAiVideosModel model)
    {
        var family = ModelFamily.Of(model);
        var sizes = SizesOf(model);
        var price = model.PricePerSecond ?? server.PricePerSecond ?? 0;
        var capabilities = new ProviderCapabilities
        {
            Modes = VideoModes.FirstFrame,
            Duration = DurationRule.OneOf([.. LengthsOf(model).Select(seconds => (decimal)seconds)]),
            Resolutions = [.. sizes.Select(size => size.Resolution).Distinct(StringComparer.Ordinal)],
            Aspect = new AspectRule([.. sizes.Select(size => size.Aspect).Distinct(StringComparer.Ordinal)], FollowsImage: false),
            Images = new ImageRule
            {
                Formats = ["jpeg", "png"],
                MaxCount = 1,
                MinSide = 240,
                FrameSizes = sizes,
            },
            Prompt = new PromptRule
            {
                MaxUnits = model.MaxPrompt ?? family?.MaxPrompt ?? UsualPrompt,
                TakesNegative = preset.TakesDiffusionFields && family is { TakesNegative: true },
                MaxNegativeUnits = family?.MaxPrompt ?? 0,
            },
            Audio = family?.Audio ?? AudioSupport.Never,
            TakesSeed = preset.TakesDiffusionFields,
            Correlation = preset.EchoesPrompt ? CorrelationClass.Tag : CorrelationClass.ListOnly,
            // Who bills for a server of this shape says so nowhere in it; a failed task is taken for charged until somebody knows better.
            Billing = price == 0 ? BillingRule.Free : BillingRule.Unknown,
        };
        return new ServedModel(model.Id, capabilities, price, FieldsOf(server, preset, model, family));
    }

    /// <summary>Empty if the settings name none and the family is not known.</summary>
    public static IReadOnlyList<FrameSize> SizesOf(OpenAiVideosModel model) => FrameSizes.Read(
        model.Sizes.Count > 0
            ? model.Sizes.Select(size => KeyValuePair.Create(size.Key, (IReadOnlyList<string>)size.Value))
            : ModelFamily.Of(model)?.Sizes ?? Enumerable.Empty<KeyValuePair<string, IReadOnlyList<string>>>());

    /// <summary>Empty if the settings name none and the family is not known.</summary>
    public static IReadOnlyList<int> LengthsOf(OpenAiVideosModel model) => model.Seconds.Count > 0 ? [.. model.Seconds] : ModelFamily.Of(model)?.Seconds ?? [];

    private static Dictionary<string, string> FieldsOf(OpenAiVideosServer server, OpenAiVideosPreset preset, OpenAiVideosModel model, ModelFamily? family)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (family is not null && preset != OpenAiVideosPreset.Generic)
            fields["fps"] = FormattableString.Invariant($"{family.FramesPerSecond}");
        var own = family is not null && preset.TakesDiffusionFields ? family.Fields : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in own.Concat(server.Extra).Concat(model.Extra))
            fields[name] = value;
        return fields.Where(field => field.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }
}
