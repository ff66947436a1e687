using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ProductVideo.EndToEnd.Hosts;

/// <summary>The real host as a process of its own, as <c>src/run</c> starts it, on its own data folder.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process) => _process = process;

    /// <summary>The one-time link that the host printed.</summary>
    public string SignInLink { get; private set; } = "";

    /// <summary>For example <c>http://127.0.0.1:41234</c>.</summary>
    public string Address => new Uri(SignInLink).GetLeftPart(UriPartial.Authority);

    /// <summary>Starts the server on a free port and waits until it says that it is running.</summary>
    public static async Task<HostProcess> ServeAsync(string data, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = new HostProcess(Process.Start(StartInfo(["serve", "--port", "0", "--data", data], environment))!);
        host.Read(host._process.StandardOutput);
        host.Read(host._process.StandardError);
        var exited = host._process.WaitForExitAsync();
        if (await Task.WhenAny(host._link.Task, exited) == exited)
            throw new InvalidOperationException("The host ended before it was running:\n" + host.Output);
        host.SignInLink = await host._link.Task;
        return host;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Process.Start(StartInfo(arguments, environment))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>All that the host printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>SIGKILL: nothing can be tidied up.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    /// <summary>The host was built beside the tests, which reference it.</summary>
    internal static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Checkout.Root, "src", "ProductVideo.Host", "bin", Configuration, "net10.0", "ProductVideo.Host.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private async void Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
                _output.AppendLine(line);
            if (Link().Match(line) is { Success: true } match)
                _link.TrySetResult(match.Value);
        }
    }

    [GeneratedRegex(@"http://\S+/sign-in\?token=\S+")]
    private static partial Regex Link();
}

/// <param name="ExitCode">What the shell sees.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record Ended(int ExitCode, string Output, string Errors);
