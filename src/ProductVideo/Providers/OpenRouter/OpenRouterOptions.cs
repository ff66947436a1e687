namespace ProductVideo.Providers.OpenRouter;

/// <summary>An account at OpenRouter. Bound from <c>ProductVideo:OpenRouter</c>.</summary>
public sealed class OpenRouterOptions
{
    public const string Section = "ProductVideo:OpenRouter";

    /// <summary>Of openrouter.ai/keys; begins with <c>sk-or-</c>. Secret.</summary>
    public string ApiKey { get; set; } = "";

    public Uri BaseAddress { get; set; } = new("https://openrouter.ai/api/v1");

    /// <summary>Ids of the models wanted, for example <c>google/veo-3.1-lite</c>; the first is the default. At least one.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>Most UTF-16 units of a prompt, because OpenRouter's list does not name it.</summary>
    /// <value>1000, the least that the vendors behind it are known to take.</value>
    public int MaxPrompt { get; set; } = 1_000;
}
