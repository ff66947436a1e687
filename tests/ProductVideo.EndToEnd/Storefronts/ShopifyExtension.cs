using System.Diagnostics;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The extension's folder and the tools that its lock file names.</summary>
internal static class ShopifyExtension
{
    public static string Folder { get; } = Path.Combine(Checkout.Root, "plugin-manifest", "shopify", "extensions", "productvideo");

    private static readonly Lazy<Task> _installed = new(() => RunAsync("npm", ["ci", "--no-audit", "--no-fund"], Folder));

    /// <summary>Once for all tests of a run.</summary>
    public static Task InstallAsync() => _installed.Value;

    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await output + await errors);
        return await output;
    }
}
