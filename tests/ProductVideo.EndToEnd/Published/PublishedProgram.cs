using System.Diagnostics;
using ProductVideo.EndToEnd.Hosts;
using Xunit;

namespace ProductVideo.EndToEnd.Published;

/// <summary>
/// What <c>dotnet publish</c> makes of the host, in both forms, once per run; <c>tests/run</c> made the self-contained one already. Nothing is built
/// in the checkout, because other tests run the host from there meanwhile: without <c>tests/run</c>, both are built in a folder of their own.
/// </summary>
public sealed class PublishedProgram : IAsyncLifetime
{
    private readonly string _folder = Checkout.Published ?? Checkout.NewFolder();

    /// <summary>Needs a .NET runtime on the machine.</summary>
    public const string FrameworkDependent = "framework-dependent";

    /// <summary>Brings its own.</summary>
    public const string SelfContained = "self-contained";

    public async ValueTask InitializeAsync()
    {
        if (Checkout.Published is not null)
        {
            await PublishAsync(FrameworkDependent, "--no-build");
            return;
        }

        // The checkout's own build was judged by the analyzers.
        string[] apart = ["--artifacts-path", Path.Combine(_folder, "build"), "-p:RunAnalyzers=false"];
        await PublishAsync(FrameworkDependent, apart);
        await PublishAsync(SelfContained, [.. apart, "-r", "linux-x64", "--self-contained"]);
    }

    public ValueTask DisposeAsync()
    {
        if (Checkout.Published is null)
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public string FolderOf(string form) => Path.Combine(_folder, form);

    /// <summary>The self-contained program.</summary>
    internal static string Of(string folder) => Path.Combine(folder, SelfContained, "ProductVideo.Host");

    /// <summary>Starts it as its user would; the self-contained one where no other runtime is to be found.</summary>
    internal ProcessStartInfo Start(string form, string workingDirectory, params string[] arguments)
    {
        var start = form == SelfContained
            ? new ProcessStartInfo(Of(_folder), arguments)
            : new ProcessStartInfo("dotnet", [Path.Combine(FolderOf(form), "ProductVideo.Host.dll"), .. arguments]);
        start.WorkingDirectory = workingDirectory;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PRODUCTVIDEO_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        if (form == SelfContained)
            start.Environment["DOTNET_ROOT"] = "/nowhere";
        start.Environment[HostProcess.ShortSide] = "256";
        return start;
    }

    private async Task PublishAsync(string form, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Checkout.Root, "src", "ProductVideo.Host"), "-c", "Release", "-o", FolderOf(form), "--nologo", "-v", "quiet", .. more,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var publish = Process.Start(start)!;
        var errors = publish.StandardError.ReadToEndAsync();
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"dotnet publish, {form}, failed:\n{output}{await errors}");
    }
}
