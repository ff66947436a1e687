using System.Diagnostics;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Provenance;

/// <summary>A reader of C2PA that is not ours: the one of the Content Authenticity Initiative, in a process of its own.</summary>
internal static class C2paReader
{
    /// <param name="file">An MP4.</param>
    /// <param name="root">The file of a root that it is to trust; null for none.</param>
    public static async Task<Verdict> JudgeAsync(string file, string? root = null)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "c2pa");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("The reader is not installed. Run: npm ci --prefix tests/c2pa");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in new[] { "judge.mjs", file, root }.OfType<string>())
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The reader ended with {process.ExitCode}: {await error}");
        var said = JsonDocument.Parse(output).RootElement;
        return new Verdict(
            said.GetProperty("validation_state").GetString()!,
            [.. said.GetProperty("validation_results").GetProperty("activeManifest").GetProperty("failure").EnumerateArray().Select(failure => failure.GetProperty("code").GetString()!)],
            said.GetProperty("manifests").GetProperty(said.GetProperty("active_manifest").GetString()!));
    }
}

/// <param name="State"><c>Trusted</c>, <c>Valid</c> or <c>Invalid</c>.</param>
/// <param name="Failures">What is wrong, for example <c>assertion.bmffHash.mismatch</c>.</param>
/// <param name="Manifest">What was read.</param>
internal sealed record Verdict(string State, IReadOnlyList<string> Failures, JsonElement Manifest);
