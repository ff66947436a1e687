using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Providers.OpenRouter;

/// <summary>What the fake lists: each shape of prices that OpenRouter's list is known to have, and models that can't film a product.</summary>
public static class OpenRouterModels
{
    /// <summary>Dollars for a second, by sound and by resolution.</summary>
    public const string BySound = "google/veo-3.1-lite";

    /// <summary>US cents for a second; one resolution, no sound, no seed.</summary>
    public const string ByCents = "runway/gen-4.5";

    /// <summary>Dollars for a token of the clip.</summary>
    public const string ByToken = "bytedance/seedance-2.0";

    /// <summary>Dollars for a second, with a line for clips of a picture and no word on sound.</summary>
    public const string ByMode = "kwaivgi/kling-v3.0-std";

    /// <summary>Cents for a second and for the picture given.</summary>
    public const string ByPicture = "x-ai/grok-imagine-video";

    /// <summary>Makes larger clips of other clips; nothing but what must be there is not null.</summary>
    public const string Upscaler = "black-forest-labs/flux-video-upscale";

    public static JsonArray All() =>
    [
        Model(BySound, ["720p", "1080p"], ["16:9", "9:16", "1:1"], [8, 4, 5, 6], ["1280x720", "720x1280", "1920x1080", "1080x1920"], sound: true, seed: true,
            ("duration_seconds_with_audio", "0.08"), ("duration_seconds_without_audio", "0.05"),
            ("duration_seconds_with_audio_720p", "0.05"), ("duration_seconds_without_audio_720p", "0.03")),
        Model(ByCents, ["720p"], ["16:9", "9:16"], [2, 5, 10], null, sound: false, seed: null, ("cents_per_second_output", "12"), ("minimum_cents_per_generation", "36")),
        Model(ByToken, ["480p", "720p", "1080p", "4K"], ["16:9", "1:1", "9:16"], [4, 5, 10], ["640x640", "960x960", "1440x1440", "854x480", "1280x720"], sound: true, seed: true,
            ("video_tokens", "0.000007"), ("video_tokens_without_audio", "0.000007"), ("video_tokens_4k", "0.000004"), ("video_tokens_with_video_input", "0.0000043")),
        Model(ByMode, ["720p"], null, [5, 10], null, sound: true, seed: false,
            ("duration_seconds", "0.084"), ("duration_seconds_with_audio", "0.126"),
            ("text_to_video_duration_seconds_720p", "0.07"), ("image_to_video_duration_seconds_720p", "0.09")),
        Model(ByPicture, ["720p", "480p"], ["1:1"], [5], null, sound: null, seed: false,
            ("cents_per_image_input", "1"), ("cents_per_video_output_second_480p", "8"), ("cents_per_video_output_second_720p", "14")),
        Model(Upscaler, null, null, null, null, sound: null, seed: null, ("cents_per_megapixel_second_precise", "2.5")),
    ];

    public static JsonObject Model(
        string id, string[]? resolutions, string[]? ratios, int[]? lengths, string[]? sizes, bool? sound, bool? seed, params (string Name, string Value)[] prices) => new()
    {
        ["id"] = id, ["canonical_slug"] = id, ["name"] = id, ["created"] = 1_780_000_000, ["description"] = "A model.", ["hugging_face_id"] = null,
        ["allowed_passthrough_parameters"] = new JsonArray(), ["creativity"] = null, ["upscale_factor"] = null,
        ["generate_audio"] = sound, ["seed"] = seed, ["supported_resolutions"] = ArrayOf(resolutions), ["supported_aspect_ratios"] = ArrayOf(ratios),
        ["supported_durations"] = ArrayOf(lengths), ["supported_sizes"] = ArrayOf(sizes), ["supported_frame_images"] = lengths is null ? null : new JsonArray("first_frame", "last_frame"),
        ["pricing_skus"] = new JsonObject(prices.Select(price => KeyValuePair.Create(price.Name, (JsonNode?)price.Value))),
    };

    private static JsonArray? ArrayOf<T>(T[]? items) => items is null ? null : [.. items.Select(item => (JsonNode?)JsonValue.Create(item))];
}
