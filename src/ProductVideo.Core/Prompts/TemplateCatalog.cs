using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts.Liquid;

namespace ProductVideo.Prompts;

/// <summary>The templates there are. A later folder takes the place of an earlier one with the same key.</summary>
internal sealed class TemplateCatalog
{
    private static readonly string[] KnownFiles = ["template.json", "prompt.liquid", "negative.liquid", "README.md"];
    private readonly FrozenDictionary<string, PromptTemplate> _byKey;

    private TemplateCatalog(IReadOnlyList<PromptTemplate> all)
    {
        All = all;
        _byKey = all.ToFrozenDictionary(t => t.Key, StringComparer.Ordinal);
    }

    /// <summary>By key.</summary>
    public IReadOnlyList<PromptTemplate> All { get; }

    /// <summary>Reads and checks templates.</summary>
    /// <param name="folders">The built-in ones first, then the merchant's.</param>
    /// <exception cref="TemplateException">One is broken, or there is none.</exception>
    public static TemplateCatalog Parse(IEnumerable<TemplateFiles> folders)
    {
        var byKey = new SortedDictionary<string, PromptTemplate>(StringComparer.Ordinal);
        foreach (var folder in folders)
            byKey[folder.Key] = Read(folder);
        return byKey.Count > 0
            ? new TemplateCatalog([.. byKey.Values])
            : throw new TemplateException("*", null, null, "there is no template at all; check that the folder of built-in templates was installed");
    }

    /// <summary>By key, or by the name that people see.</summary>
    /// <exception cref="TemplateException">There is no such template; names those that exist.</exception>
    public PromptTemplate Get(string key) => _byKey.TryGetValue(key, out var template)
        ? template
        : All.FirstOrDefault(named => string.Equals(named.Name, key, StringComparison.OrdinalIgnoreCase)) ?? throw new TemplateException(key, null, null, $"does not exist; there are {string.Join(", ", _byKey.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>The templates that suit a product best, by the words of its type, tags and title.</summary>
    public SuitedTemplates Choose(ProductSnapshot product) => TemplateChoice.Choose(All, product);

    private static PromptTemplate Read(TemplateFiles folder)
    {
        if (!IsKey(folder.Key))
            throw new TemplateException(folder.Key, null, null, "needs a folder name of a-z, 0-9 and '-', at most 40 characters");
        if (folder.Files.Keys.FirstOrDefault(f => !KnownFiles.Contains(f, StringComparer.Ordinal)) is { } unknown)
            throw new TemplateException(folder.Key, unknown, null, $"is not a template's file; there are {string.Join(", ", KnownFiles)}");
        var json = ReadJson(folder);
        var prompt = Need(folder, "prompt.liquid");
        var negative = folder.Files.GetValueOrDefault("negative.liquid", "");
        return new PromptTemplate
        {
            Key = folder.Key,
            Name = json.Name,
            Version = FormattableString.Invariant($"{json.Version}-{Hash(folder)}"),
            Description = json.Description,
            Suits = [.. json.Suits.Select(w => w.Trim().ToLowerInvariant()).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal)],
            IsDefault = json.IsDefault,
            MinPictures = json.MinPictures,
            FreeStart = json.FreeStart,
            SceneSeconds = json.Seconds,
            GeneratedSeconds = json.GeneratedSeconds,
            Aspects = json.Aspects,
            Recipe = json.ToRecipe(),
            PromptSource = prompt,
            NegativeSource = negative,
            Prompt = ReadLiquid(folder.Key, "prompt.liquid", prompt),
            Negative = ReadLiquid(folder.Key, "negative.liquid", negative),
        };
    }

    private static TemplateJson ReadJson(TemplateFiles folder)
    {
        const string File = "template.json";
        try
        {
            var json = TemplateJson.Read(Need(folder, File));
            if (json.Shots.Count is 0 or > 40)
                throw new TemplateException(folder.Key, File, null, "'shots' needs 1 to 40 moves");
            if (json.Aspects.Count == 0 || json.Aspects.FirstOrDefault(a => AspectRatio.Parse(a) is null) is not null)
                throw new TemplateException(folder.Key, File, null, "'aspects' needs ratios such as \"1:1\"");
            return json;
        }
        catch (JsonException e)
        {
            throw new TemplateException(folder.Key, File, (int?)e.LineNumber + 1, $"can't be read at '{e.Path}': {e.Message.TrimEnd('.')}", e);
        }
    }

    private static LiquidTemplate ReadLiquid(string key, string file, string source)
    {
        try
        {
            return LiquidTemplate.Parse(source, TemplateValues.Names);
        }
        catch (LiquidException e)
        {
            throw new TemplateException(key, file, e.Line, e.Message, e);
        }
    }

    private static string Need(TemplateFiles folder, string file) => folder.Files.TryGetValue(file, out var text) && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw new TemplateException(folder.Key, file, null, "is missing or empty");

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= 40 && key.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static string Hash(TemplateFiles folder)
    {
        var content = new StringBuilder();
        foreach (var (file, text) in folder.Files.Where(f => f.Key != "README.md").OrderBy(f => f.Key, StringComparer.Ordinal))
            content.Append(file).Append('\0').Append(text.ReplaceLineEndings("\n")).Append('\0');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..8];
    }
}
