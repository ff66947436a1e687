using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>The GraphQL documents that are sent, each with the fragments that it uses; they lie in <c>Queries</c>.</summary>
internal static partial class ShopifyDocuments
{
    private const string Folder = "shopify/";

    private static readonly ConcurrentDictionary<string, string> _documents = new(StringComparer.Ordinal);

    /// <summary>Of all that are sent, without those that are fragments only.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShopifyDocuments).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..]).Where(name => !name.EndsWith("Fields", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The document as it is sent.</summary>
    public static string Text(string name) => _documents.GetOrAdd(name, static name =>
    {
        var parts = new List<string> { File(name) };
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
            parts.AddRange(Spread().Matches(parts[i]).Select(match => match.Groups["name"].Value).Where(known.Add).Select(File));
        return string.Concat(parts);
    });

    private static string File(string name)
    {
        using var stream = typeof(ShopifyDocuments).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new ArgumentException($"There is no document '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.\.\.(?<name>[A-Za-z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spread();
}
