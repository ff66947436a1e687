using System.Globalization;
using System.Text.RegularExpressions;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>One line of a model's prices. What it is the price of, stands in its name alone.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">US dollars of one unit.</param>
/// <param name="Resolution">Only of this one; null for all that have no line of their own.</param>
/// <param name="WithSound">Only with sound, or only without; null for both.</param>
/// <param name="OfPictures">Only of clips that begin with a picture.</param>
internal sealed partial record OpenRouterSku(SkuUnit Unit, decimal Amount, string? Resolution, bool? WithSound, bool OfPictures)
{
    private static readonly Dictionary<string, (SkuUnit Unit, decimal Dollars)> Units = new(StringComparer.Ordinal)
    {
        ["duration_seconds"] = (SkuUnit.Second, 1),
        ["image_to_video_duration_seconds"] = (SkuUnit.Second, 1),
        ["cents_per_second_output"] = (SkuUnit.Second, 0.01m),
        ["cents_per_video_output_second"] = (SkuUnit.Second, 0.01m),
        ["video_tokens"] = (SkuUnit.Token, 1),
        ["cents_per_image_input"] = (SkuUnit.Picture, 0.01m),
        ["reference_images"] = (SkuUnit.Picture, 1),
        ["minimum_cents_per_generation"] = (SkuUnit.Least, 0.01m),
        ["text_to_video_duration_seconds"] = (SkuUnit.OtherOrders, 1),
        ["reference_duration_seconds"] = (SkuUnit.OtherOrders, 1),
        ["cents_per_second_video_continuation"] = (SkuUnit.OtherOrders, 0.01m),
    };

    /// <returns>null where the name says nothing that we know, or the amount is none.</returns>
    public static OpenRouterSku? Read(string name, string? value)
    {
        if (Name().Match(name) is not { Success: true } parts || !Units.TryGetValue(parts.Groups["unit"].Value, out var known)
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) || amount < 0)
            return null;
        bool? sound = parts.Groups["sound"] is { Success: true, Value: var with } ? with == "with" : null;
        var unit = parts.Groups["film"].Success ? SkuUnit.OtherOrders : known.Unit;
        // That a clip costs nothing is no price but a mistake.
        return unit is SkuUnit.Second or SkuUnit.Token && amount == 0 ? null
            : new OpenRouterSku(
                unit, amount * known.Dollars, parts.Groups["resolution"] is { Success: true, Value: var resolution } ? resolution : null, sound,
                OfPictures: parts.Groups["unit"].Value.StartsWith("image_to_video", StringComparison.Ordinal));
    }

    /// <summary>Whether it is of fewer orders than the other, among those that both are of.</summary>
    public bool SaysMoreThan(OpenRouterSku other) =>
        (Resolution is not null || other.Resolution is null) && (WithSound is not null || other.WithSound is null) && (OfPictures || !other.OfPictures)
        && (Resolution is null, WithSound is null, OfPictures) != (other.Resolution is null, other.WithSound is null, other.OfPictures);

    [GeneratedRegex(
        @"^(?<unit>[a-z]+(_[a-z]+)*?)(_(?<sound>with|without)_audio|_(?<film>with_video_input)|_(?<resolution>[0-9]+[pkPK]))*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}

internal enum SkuUnit
{
    /// <summary>Of the clip.</summary>
    Second,

    /// <summary>Of the clip, counted from its pixels.</summary>
    Token,

    /// <summary>Given with the order.</summary>
    Picture,

    /// <summary>What any order costs at least.</summary>
    Least,

    /// <summary>Something that we never order.</summary>
    OtherOrders,
}
