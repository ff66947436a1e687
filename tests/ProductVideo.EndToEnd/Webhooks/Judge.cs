using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Webhooks;

/// <summary>A receiver that is not ours: the reference library of Standard Webhooks in a process of its own, on a free port.</summary>
internal sealed class Judge : IAsyncDisposable
{
    private readonly Process _process;

    private Judge(Process process) => _process = process;

    public int Port { get; private set; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/hooks");

    /// <summary>Starts it with the statuses that it answers, one after the other; the last stays.</summary>
    public static async Task<Judge> StartAsync(params int[] answers)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "standardwebhooks");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "standardwebhooks")))
            throw new InvalidOperationException("The reference library is not installed. Run: npm ci --prefix tests/standardwebhooks");
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.ArgumentList.Add("judge.mjs");
        foreach (var answer in answers)
            start.ArgumentList.Add(answer.ToString(CultureInfo.InvariantCulture));
        var judge = new Judge(Process.Start(start)!);
        judge.Port = (await judge.NextAsync()).GetProperty("port").GetInt32();
        return judge;
    }

    /// <summary>Tells it the secret that it is to verify with.</summary>
    public async Task UseAsync(string secret)
    {
        await _process.StandardInput.WriteLineAsync(secret);
        await _process.StandardInput.FlushAsync();
        (await NextAsync()).GetProperty("ready").GetBoolean();
    }

    /// <summary>Its verdict of the next call.</summary>
    public async Task<JsonElement> NextAsync() =>
        JsonDocument.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException("The judge has ended.")).RootElement;

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
