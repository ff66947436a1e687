namespace ProductVideo.Prompts;

/// <summary>A template's folder as read from disk: <c>template.json</c>, <c>prompt.liquid</c> and, if wanted, <c>negative.liquid</c>.</summary>
/// <param name="Key">The folder's name, for example <c>turntable</c>.</param>
/// <param name="Files">File name to text.</param>
internal sealed record TemplateFiles(string Key, IReadOnlyDictionary<string, string> Files);
