using System.Diagnostics;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>A client that somebody else wrote, in a process of its own.</summary>
internal static class ForeignClient
{
    /// <summary>Runs the script and reads the one line of JSON that it prints.</summary>
    public static async Task<JsonElement> RunAsync(string script, params IReadOnlyList<string> arguments)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "foreign-clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("The foreign clients are not installed. Run: npm ci --prefix tests/foreign-clients");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in arguments.Prepend(script))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {await error}");
        return JsonDocument.Parse(output).RootElement;
    }
}
