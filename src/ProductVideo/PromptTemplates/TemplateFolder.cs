using ProductVideo.Prompts;

namespace ProductVideo.PromptTemplates;

/// <summary>Reads prompt templates from disk: one folder a template, as its README says.</summary>
internal static class TemplateFolder
{
    private const long MostBytes = 100_000;
    private const int MostTemplates = 500;

    /// <summary>The templates that come with ProductVideo, beside the program.</summary>
    public static string BuiltIn { get; } = Path.Combine(AppContext.BaseDirectory, "PromptTemplates");

    /// <summary>Reads every folder within <paramref name="directory"/>, by name. Hidden folders and links are passed over.</summary>
    /// <exception cref="TemplateException">The directory is missing or can't be read, or a file is too large.</exception>
    public static IReadOnlyList<TemplateFiles> Read(string directory)
    {
        try
        {
            var folders = new DirectoryInfo(directory).EnumerateDirectories()
                .Where(d => !d.Name.StartsWith('.') && d.LinkTarget is null)
                .OrderBy(d => d.Name, StringComparer.Ordinal)
                .Take(MostTemplates + 1)
                .ToList();
            return folders.Count <= MostTemplates
                ? [.. folders.Select(ReadOne)]
                : throw new TemplateException("*", null, null, $"'{directory}' holds more than {MostTemplates} folders");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TemplateException("*", null, null, $"'{directory}' can't be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The built-in templates and, where the shop keeps its own, those: the same key takes the built-in one's place.</summary>
    /// <param name="ownDirectory">The shop's own templates; null for none.</param>
    /// <exception cref="TemplateException">One is broken; says which file and line.</exception>
    public static TemplateCatalog Load(string? ownDirectory = null) =>
        TemplateCatalog.Parse(ownDirectory is null ? Read(BuiltIn) : [.. Read(BuiltIn), .. Read(ownDirectory)]);

    private static TemplateFiles ReadOne(DirectoryInfo folder)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in folder.EnumerateFiles().Where(f => !f.Name.StartsWith('.') && f.LinkTarget is null))
        {
            if (file.Length > MostBytes)
                throw new TemplateException(folder.Name, file.Name, null, $"is larger than {MostBytes} bytes");
            files[file.Name] = File.ReadAllText(file.FullName);
        }

        return new TemplateFiles(folder.Name, files);
    }
}
