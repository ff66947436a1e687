using System.Diagnostics;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Running;

/// <summary>A worker as a process of its own. What it prints goes to a file.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _key;

    private WorkerProcess(Process process, TextWriter log) => (_process, _log, Id) = (process, log, process.Id);

    public Api Api { get; private set; } = null!;

    /// <summary>The API key that it made, where it was told to make one.</summary>
    public string Key => _key!;

    /// <summary>Known also after its end: what it said last may be read only then.</summary>
    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a worker and waits until it listens; null if it died before, as some are meant to.</summary>
    public static async Task<WorkerProcess?> StartAsync(string verb, WorkerSettings settings, string? key, string logFile)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in settings.ToArguments().Prepend(verb))
            start.ArgumentList.Add(argument);
        // A worker is dead before better code could pay for its making.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "60000";
        var worker = new WorkerProcess(
            Process.Start(start)!,
            TextWriter.Synchronized(new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true }));
        worker.Read(worker._process.StandardOutput);
        worker.Read(worker._process.StandardError);
        var ended = worker._process.WaitForExitAsync();
        if (await Task.WhenAny(worker._ready.Task, ended) == ended && !worker._ready.Task.IsCompleted)
        {
            await worker.DisposeAsync();
            return null;
        }

        worker.Api = new Api(await worker._ready.Task, worker._key ??= key!);
        return worker;
    }

    public Task EndedAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    public void Signal(int signal) => Signals.Send(Id, signal);

    public async Task KillAsync()
    {
        if (!_process.HasExited)
            Signals.Send(Id, Signals.Kill);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Api?.Dispose();
        _process.Dispose();
    }

    private async void Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("KEY ", StringComparison.Ordinal))
                _key = line[4..];
            else if (line.StartsWith("READY ", StringComparison.Ordinal))
                _ready.TrySetResult(line[6..]);
            else
                await _log.WriteLineAsync($"{DateTime.UtcNow:HH:mm:ss.fff} [{Id}] {line}");
        }
    }
}
