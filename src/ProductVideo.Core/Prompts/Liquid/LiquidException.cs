namespace ProductVideo.Prompts.Liquid;

/// <summary>A template that can't be read, or that does more than a template may.</summary>
internal sealed class LiquidException(int line, string problem, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>From 1.</summary>
    public int Line { get; } = line;
}
