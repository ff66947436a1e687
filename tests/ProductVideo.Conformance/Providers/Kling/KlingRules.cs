using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Providers.Kling;

/// <summary>What the vendor's pages allow in an order. Whatever stands in none of them is refused.</summary>
internal static class KlingRules
{
    public static string? ClipMistake(JsonNode body, string model)
    {
        var (contents, settings) = (Parts(body), body["settings"] as JsonObject ?? []);
        string[] resolutions = model is "kling-3.0" ? ["720p", "1080p", "4k"] : ["720p", "1080p"];
        return Unknown(body, "contents", "settings", "options") ?? Unknown(settings, "multi_shot", "audio", "resolution", "duration")
            ?? OptionsMistake(body, "watermark_info")
            ?? (contents.Any(part => part.Type is not ("prompt" or "first_frame" or "last_frame")) ? "contents.type"
            : Count(contents, "prompt") != 1 || contents.Single(part => part.Type is "prompt").Text is not { Length: > 0 and <= 3_072 } ? "prompt"
            : Count(contents, "first_frame") != 1 || Count(contents, "last_frame") > 1 ? "first_frame"
            : contents.Any(part => part.Type is not "prompt" && !IsPicture(part.Url)) ? "url"
            : Text(settings, "resolution") is { } resolution && !resolutions.Contains(resolution) ? "resolution"
            : Text(settings, "audio") is not (null or "native" or "off") ? "audio"
            : settings["multi_shot"] is { } shots && shots.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? "multi_shot"
            : Number(settings, "duration") is not (>= 3 and <= 15) ? "duration"
            : null);
    }

    public static string? ProductClipMistake(JsonNode body)
    {
        var (contents, settings) = (Parts(body), body["settings"] as JsonObject ?? []);
        return Unknown(body, "contents", "settings", "options") ?? Unknown(settings, "resolution", "aspect_ratio", "duration")
            ?? OptionsMistake(body, "watermark")
            ?? (contents.Any(part => part.Type is not ("ref_image" or "goods_title" or "goods_description")) ? "contents.type"
            : Count(contents, "ref_image") is < 1 or > 5 ? "ref_image"
            : contents.Any(part => part.Type is "ref_image" && !IsPicture(part.Url)) ? "url"
            : Count(contents, "goods_title") != 1 || contents.Single(part => part.Type is "goods_title").Text is not { Length: > 0 and <= 200 } ? "goods_title"
            : Count(contents, "goods_description") > 1 || contents.Any(part => part.Type is "goods_description" && part.Text is not { Length: > 0 and <= 2_000 }) ? "goods_description"
            : Text(settings, "resolution") is not ("720p" or "1080p") ? "resolution"
            : Text(settings, "aspect_ratio") is not ("9:16" or "1:1" or "16:9") ? "aspect_ratio"
            : Number(settings, "duration") is not (15 or 30 or 60) ? "duration"
            : null);
    }

    private static string? OptionsMistake(JsonNode body, string watermark) => body["options"] is not JsonObject options ? null
        : Unknown(options, "callback_url", "external_task_id", watermark)
            ?? (options[watermark] is JsonObject mark && mark["enabled"]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? watermark : null);

    private static string? Unknown(JsonNode node, params string[] known) =>
        node is JsonObject members ? members.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) : "no object";

    private static IReadOnlyList<(string? Type, string? Text, string? Url)> Parts(JsonNode body) =>
        [.. (body["contents"] as JsonArray ?? []).OfType<JsonObject>().Select(part => (Text(part, "type"), Text(part, "text"), Text(part, "url")))];

    private static int Count(IReadOnlyList<(string? Type, string? Text, string? Url)> contents, string type) => contents.Count(part => part.Type == type);

    /// <summary>An address, or base64 without anything before it.</summary>
    private static bool IsPicture(string? url) =>
        url is { Length: > 0 } && (url.StartsWith("https://", StringComparison.Ordinal) || Base64.IsValid(url));

    private static string? Text(JsonNode node, string name) => node[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? (string?)value : null;

    private static int? Number(JsonNode node, string name) => node[name] is JsonValue value && value.GetValueKind() is JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;
}
