using System.Text.RegularExpressions;
using ProductVideo.Catalog;

namespace ProductVideo.Admin.Connecting;

/// <summary>What is wrong with a connection, in the words of its form: nobody sees there what a setting is called.</summary>
internal static class FieldWords
{
    /// <param name="kind">Whose form it is.</param>
    /// <param name="text">Names settings; what was written stands in quotes, and stays.</param>
    public static string Of(IStorefrontKind kind, string text)
    {
        var names = string.Join('|', kind.Fields.Select(field => Regex.Escape(field.Name)));
        return Regex.Replace(
            text, $@"(?<![A-Za-z])'[^']*'|\b(?<name>{names})\b",
            match => match.Groups["name"] is { Success: true } name ? kind.Fields.First(field => field.Name == name.Value).Label : match.Value,
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }
}
