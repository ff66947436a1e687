using System.Globalization;

namespace ProductVideo.Prompts;

/// <summary>A prompt template is broken or missing. For whoever keeps the templates; it says where.</summary>
internal sealed class TemplateException : Exception
{
    public TemplateException(string template, string? file, int? line, string problem, Exception? inner = null)
        : base(Say(template, file, line, problem), inner)
    {
        Template = template;
        File = file;
        Line = line;
    }

    /// <summary>The template's key.</summary>
    public string Template { get; }

    /// <summary>The file's name within the template's folder; null if the folder as a whole is at fault.</summary>
    public string? File { get; }

    /// <summary>From 1; null if no line is at fault.</summary>
    public int? Line { get; }

    private static string Say(string template, string? file, int? line, string problem)
    {
        var place = file is null ? "" : $", {file}";
        if (line is { } number)
            place += string.Create(CultureInfo.InvariantCulture, $" line {number}");
        return $"Prompt template '{template}'{place}: {problem}.";
    }
}
