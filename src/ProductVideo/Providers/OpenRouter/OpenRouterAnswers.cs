using System.Text;
using System.Text.Json;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>A task, as a submit and a question show it.</summary>
internal sealed record OpenRouterJob(string? Id, string? Status, string? Error, OpenRouterUsage? Usage)
{
    public static OpenRouterJob? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<OpenRouterJob>(body);
}

/// <param name="Cost">In US dollars.</param>
/// <param name="IsByok">Whether a key of our own at the vendor was used, whose bill is not in <paramref name="Cost"/>.</param>
internal sealed record OpenRouterUsage(decimal? Cost, bool? IsByok);

/// <summary>The list of models, each read by itself: one that can't be read takes no other with it.</summary>
internal sealed record OpenRouterModelList(IReadOnlyList<JsonElement>? Data)
{
    /// <summary>null where the body is no list, or an empty one, which would take every model away.</summary>
    public static IReadOnlyList<OpenRouterListed>? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<OpenRouterModelList>(body)?.Data?.Select(OpenRouterListed.Read).OfType<OpenRouterListed>().ToList() is { Count: > 0 } listed ? listed : null;
}

/// <summary>A model as the list describes it; whatever it does not say is null.</summary>
internal sealed record OpenRouterListed(
    string? Id, IReadOnlyList<string>? SupportedResolutions, IReadOnlyList<string>? SupportedAspectRatios, IReadOnlyList<decimal>? SupportedDurations,
    IReadOnlyList<string>? SupportedFrameImages, IReadOnlyList<string>? SupportedSizes, bool? GenerateAudio, bool? Seed, Dictionary<string, string>? PricingSkus)
{
    public static OpenRouterListed? Read(JsonElement model) =>
        SnakeJson.Read<OpenRouterListed>(Encoding.UTF8.GetBytes(model.GetRawText())) is { Id.Length: > 0 } listed ? listed : null;
}

internal sealed record OpenRouterKey(OpenRouterKeyData? Data)
{
    public static OpenRouterKey? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<OpenRouterKey>(body) is { Data: not null } read ? read : null;
}

/// <param name="LimitRemaining">US dollars that the key may still spend; null without a limit.</param>
internal sealed record OpenRouterKeyData(decimal? LimitRemaining);

internal sealed record OpenRouterRefusal(OpenRouterError? Error)
{
    /// <summary>null where the body is no refusal in the provider's own words. The code is a number like the status, and more where moderation said no.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<OpenRouterRefusal>(body)?.Error is { Message: { } message, Code: var code } error
            ? (error.Reasons is null ? code ?? "error" : $"{code} {OpenRouterFaults.Moderated}", message) : null;
}

internal sealed record OpenRouterError(string? Code, string? Message, JsonElement? Metadata)
{
    /// <summary>Why moderation refused; null where it was not moderation.</summary>
    public JsonElement? Reasons => Metadata is { ValueKind: JsonValueKind.Object } metadata && metadata.TryGetProperty("reasons", out var reasons)
        && reasons.ValueKind is JsonValueKind.Array ? reasons : null;
}
