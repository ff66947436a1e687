using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;

namespace ProductVideo.Conformance.Blobs;

/// <summary>The blob emulator as a process of its own, on a free port, with an account made for this run; it keeps nothing.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private Process? _process;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var folder = Path.Combine(TestsFolder(), "azurite");
        var main = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(main))
            throw new InvalidOperationException("The blob emulator is not installed. Run: npm ci --prefix tests/azurite");

        var start = new ProcessStartInfo("node", [main, "--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence", "--disableTelemetry"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"productvideo:{_key}";
        var listens = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => FindAddress(line.Data, listens);
        _process.ErrorDataReceived += (_, _) => { };
        _process.Exited += (_, _) => listens.TrySetException(new InvalidOperationException("The blob emulator ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var address = await listens.Task;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=productvideo;AccountKey={_key};BlobEndpoint={address}/productvideo;";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The emulator prints where it listens once it does.</summary>
    private static void FindAddress(string? line, TaskCompletionSource<string> found)
    {
        const string before = "successfully listens on ";
        var at = line?.IndexOf(before, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at >= 0)
            found.TrySetResult(line![(at + before.Length)..].Trim());
    }

    private static string TestsFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProductVideo.sln")))
                return Path.Combine(folder.FullName, "tests");
        }

        throw new InvalidOperationException("ProductVideo.sln is in no folder above the tests.");
    }
}
