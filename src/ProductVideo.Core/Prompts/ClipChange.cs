using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Changes a clip that is there instead of making one: what that needs, and what it keeps.</summary>
internal static class ClipChange
{
    /// <summary>Whether the model can do what is asked for: change this clip, or make a new one.</summary>
    /// <exception cref="ComposeException">It can't, or nothing says what is to change.</exception>
    public static void Demand(ComposeOptions options, ICollection<string> notes)
    {
        if (options.SourceClip is not { } clip)
        {
            if (options.Capabilities.OnlyEdits)
                throw new ComposeException("model", "This model only changes videos that are there. To have a new one made, choose another model.");
            return;
        }

        if (options.Capabilities is not { Edits: true, SourceClip: { } rule })
        {
            throw new ComposeException(
                "changeOf", "This model can't change a video that is there. Choose one that can, or have a new video made.",
                $"Model {options.Model} of {options.ProviderKey} has no edit mode.");
        }

        if (rule.Refuse(clip) is { } why)
            throw new ComposeException("changeOf", $"{why} Have a new video made instead.");
        if (string.IsNullOrWhiteSpace(options.ExtraWish))
            throw new ComposeException("wish", "Say in a sentence what shall change in the video.");
        if ((options.Aspect is { } aspect && aspect != clip.Aspect) || options.Seconds is not null || options.LastImageId is not null)
            notes.Add("A video that is changed keeps its format, its length and its end.");
    }

    /// <summary>Of the clip as it was ordered.</summary>
    public static AspectRatio Aspect(RequestClip clip) =>
        AspectRatio.Parse(clip.Aspect) ?? throw new ArgumentException($"'{clip.Aspect}' is no ratio.", nameof(clip));
}
