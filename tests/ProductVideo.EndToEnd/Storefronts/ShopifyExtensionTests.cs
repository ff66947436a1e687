using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The extension in Shopify's admin holds by the types of Shopify's own package, and is as small as Shopify wants it.</summary>
public sealed partial class ShopifyExtensionTests
{
    private const int Largest = 64 * 1024;

    private static readonly string _extension = Path.Combine(Checkout.Root, "plugin-manifest", "shopify", "extensions", "productvideo");

    [Fact]
    public async Task it_holds_by_shopifys_types_and_fits_its_limit()
    {
        await NpmAsync("ci", "--no-audit", "--no-fund");
        await NpmAsync("run", "check");
        var printed = await NpmAsync("run", "bundle");
        TestContext.Current.TestOutputHelper!.WriteLine(printed);

        var sizes = Size().Matches(printed).ToDictionary(match => match.Groups["target"].Value, match => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        sizes.Keys.ShouldBe(["ProductAction.tsx", "BulkAction.tsx", "ShouldRender.ts"], ignoreOrder: true);
        sizes.Values.ShouldAllBe(bytes => bytes > 0 && bytes <= Largest);
    }

    private static async Task<string> NpmAsync(params IEnumerable<string> arguments)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", arguments) { WorkingDirectory = _extension, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        npm.ExitCode.ShouldBe(0, await output + await errors);
        return await output;
    }

    [GeneratedRegex(@"^(?<target>[A-Za-z.]+): \d+ bytes, (?<bytes>\d+) compressed", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
