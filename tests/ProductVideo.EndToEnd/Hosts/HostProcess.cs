using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ProductVideo.Conformance.Databases;
using ProductVideo.EndToEnd.Published;

namespace ProductVideo.EndToEnd.Hosts;

/// <summary>
/// The real host as a process of its own, on its own data folder: as it was published, where <c>tests/run</c> did that beforehand, else as it was
/// built beside the tests, which reference it.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process) => _process = process;

    /// <summary>The one-time link that the host printed; for a process without the role web, where it tells its health.</summary>
    public string SignInLink { get; private set; } = "";

    /// <summary>For example <c>http://127.0.0.1:41234</c>.</summary>
    public string Address => new Uri(SignInLink).GetLeftPart(UriPartial.Authority);

    /// <summary>Starts the server on a free port and waits until it says that it is running.</summary>
    public static Task<HostProcess> ServeAsync(string data, IReadOnlyDictionary<string, string>? environment = null, string? roles = null) =>
        ServeAsync(StartInfo(["serve", "--port", "0", "--print-link", "--data", data, .. roles is null ? Array.Empty<string>() : ["--roles", roles]], environment));

    /// <summary>Starts a program that serves, and waits until it says that it is running.</summary>
    internal static async Task<HostProcess> ServeAsync(ProcessStartInfo start)
    {
        var host = new HostProcess(Process.Start(start)!);
        host.Read(host._process.StandardOutput);
        host.Read(host._process.StandardError);
        var exited = host._process.WaitForExitAsync();
        if (await Task.WhenAny(host._running.Task, exited) == exited)
            throw new InvalidOperationException("The host ended before it was running:\n" + host.Output);
        host.SignInLink = await host._running.Task;
        return host;
    }

    /// <summary>Presses the button to which a link leads.</summary>
    /// <returns>The page behind it.</returns>
    public static async Task<string> SignInAsync(HttpClient visitor, string link, CancellationToken cancellationToken)
    {
        var address = new Uri(link);
        using var form = new FormUrlEncodedContent([new("token", System.Web.HttpUtility.ParseQueryString(address.Query)["token"]!)]);
        using var answer = await visitor.PostAsync(new Uri(address, "/sign-in"), form, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The database that a first start makes in a data folder: most commands act only on one that is there.</summary>
    public static Task BeginAsync(string data) => MigratedFile.CopyToAsync(Path.Combine(data, "productvideo.db"), CancellationToken.None);

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

    /// <summary>SIGTERM, as a service manager stops a program.</summary>
    /// <returns>How it ended.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
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

    /// <summary>The setting of how large clips are. Small ones, so that what is looked at is the program and not the encoder.</summary>
    internal const string ShortSide = "PRODUCTVIDEO_ProductVideo__Local__ShortSide";

    /// <summary>For what is about the clip itself, or takes as long as a clip does.</summary>
    internal static IReadOnlyDictionary<string, string> FullSize { get; } = new Dictionary<string, string> { [ShortSide] = "1080" };

    internal static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Checkout.Published is { } published ? PublishedProgram.Of(published) : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Checkout.Published is null)
            start.ArgumentList.Add(Path.Combine(Checkout.Root, "src", "ProductVideo.Host", "bin", Configuration, "net10.0", "ProductVideo.Host.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // It lives for seconds: what would be compiled anew for hours of work is a tenth of its start. Milliseconds of calm before that, in hexadecimal.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "7D0";
        start.Environment[ShortSide] = "360";
        // The fakes finish at once.
        start.Environment["PRODUCTVIDEO_ProductVideo__Pipeline__LongestFirstLook"] = "00:00:00";
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
            if (Running().Match(line) is { Success: true } match)
                _running.TrySetResult(match.Value);
        }
    }

    [GeneratedRegex(@"http://\S+/(sign-in\?token=\S+|health/ready)")]
    private static partial Regex Running();
}

/// <param name="ExitCode">What the shell sees.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record Ended(int ExitCode, string Output, string Errors);
