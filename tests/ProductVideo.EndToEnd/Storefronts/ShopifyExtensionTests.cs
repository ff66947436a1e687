using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The extension in Shopify's admin holds by the types of Shopify's own package, and is as small as Shopify wants it.</summary>
public sealed partial class ShopifyExtensionTests
{
    private const int Largest = 64 * 1024;

    [Fact]
    public async Task it_holds_by_shopifys_types_and_fits_its_limit()
    {
        await ShopifyExtension.InstallAsync();
        await ShopifyExtension.RunAsync("npm", ["run", "check"], ShopifyExtension.Folder);
        var printed = await ShopifyExtension.RunAsync("npm", ["run", "bundle"], ShopifyExtension.Folder);

        var sizes = Size().Matches(printed).ToDictionary(match => match.Groups["target"].Value, match => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        sizes.Keys.ShouldBe(["ProductAction.tsx", "BulkAction.tsx", "ShouldRender.ts"], ignoreOrder: true);
        // Into the log of the run: how much room is left.
        Console.WriteLine($"Shopify extension, compressed, of {Number(Largest)} bytes: {string.Join(", ", sizes.Select(size => $"{Path.GetFileNameWithoutExtension(size.Key)} {Number(size.Value)}"))}");
        sizes.Values.ShouldAllBe(bytes => bytes > 0 && bytes <= Largest);
    }

    private static string Number(int bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<target>[A-Za-z.]+): \d+ bytes, (?<bytes>\d+) compressed", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
