namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>Software that speaks <c>/v1/videos</c>, and what sets it apart from the others.</summary>
/// <param name="Name">As the settings call it.</param>
/// <param name="EchoesPrompt">Whether its list shows each task's prompt from the first moment.</param>
/// <param name="TakesDiffusionFields">Whether <c>seed</c>, <c>negative_prompt</c> and the fields of a model's family are form fields of it.</param>
internal sealed record OpenAiVideosPreset(string Name, bool EchoesPrompt = false, bool TakesDiffusionFields = false)
{
    public static OpenAiVideosPreset Generic { get; } = new("generic");

    public static OpenAiVideosPreset VllmOmni { get; } = new("vllm-omni", EchoesPrompt: true, TakesDiffusionFields: true);

    /// <summary>Deleting a task there hides it and lets it run on; of the fields beyond the shape its form takes <c>fps</c>.</summary>
    public static OpenAiVideosPreset Sglang { get; } = new("sglang");

    public static IReadOnlyList<OpenAiVideosPreset> All { get; } = [VllmOmni, Sglang, Generic];

    /// <summary>null if there is none of that name.</summary>
    public static OpenAiVideosPreset? Of(string? name) => All.FirstOrDefault(preset => string.Equals(preset.Name, name, StringComparison.OrdinalIgnoreCase));
}
