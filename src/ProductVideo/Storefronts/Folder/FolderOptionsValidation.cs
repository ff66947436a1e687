using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ProductVideo.Storefronts.Folder;

/// <summary>Finds every mistake in the options of a folder shop, so that a start reports all of them at once.</summary>
internal sealed partial class FolderOptionsValidation : IValidateOptions<FolderOptions>
{
    public ValidateOptionsResult Validate(string? name, FolderOptions options)
    {
        var mistakes = Mistakes(options).Select(m => $"Folder shop “{name}”: {m}").ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(FolderOptions options)
    {
        if (!ShopOptionsRules.IsKey(options.Shop))
            yield return $"the key of the shop {ShopOptionsRules.KeyRule}";
        if (options.DisplayName is { } display && string.IsNullOrWhiteSpace(display))
            yield return "DisplayName is blank; leave it out or write a name.";
        if (!Prefix().IsMatch(options.ListingPrefix))
            yield return "ListingPrefix must be a path such as /shop/{shop}.";

        var original = Full(options.Path);
        var state = Full(options.StatePath);
        if (original is null)
            yield return "Path is missing or not a path; set it to the folder that holds products.csv.";
        else if (!Directory.Exists(original))
            yield return $"Path points to {original}, which is not a folder.";
        if (state is null)
            yield return "StatePath is missing or not a path; set it to a writable folder outside Path.";
        else if (File.Exists(state))
            yield return $"StatePath points to {state}, which is a file.";
        if (original is not null && state is not null && (IsWithin(original, state) || IsWithin(state, original)))
            yield return "StatePath and Path lie inside each other; the shop's own folder is never written, so set StatePath to a folder elsewhere.";
    }

    private static string? Full(string path)
    {
        try
        {
            return string.IsNullOrWhiteSpace(path) ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsWithin(string outer, string inner) =>
        (inner + Path.DirectorySeparatorChar).StartsWith(
            Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex(@"\A(/([A-Za-z0-9_.-]+|\{shop\}))+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();
}
