using System.Diagnostics;
using System.Runtime.Versioning;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

/// <summary>The script <c>src/run</c>, with a stand-in for .NET that builds nothing and says what it was given.</summary>
public sealed class RunScriptTests : IDisposable
{
    private readonly string _bin = Directory.CreateTempSubdirectory("pv-run-").FullName;

    public void Dispose() => Directory.Delete(_bin, recursive: true);

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("", "serve --print-link")]
    [InlineData("--port 5090", "serve --print-link --port 5090")]
    [InlineData("--data shops --port 5090", "serve --print-link --data shops --port 5090")]
    [InlineData("--data=shops", "serve --print-link --data=shops")]
    [InlineData("--data shops products", "--data shops products")]
    [InlineData("serve --port 5090", "serve --port 5090")]
    [InlineData("--help", "--help")]
    public async Task whoever_starts_the_server_without_its_word_wants_the_link(string words, string given)
    {
        var dotnet = Path.Combine(_bin, "dotnet");
        await File.WriteAllTextAsync(dotnet, "#!/bin/sh\ncase $1 in --list-sdks) echo '10.0.100 [sdk]' ;; build) ;; *) shift; echo \"$*\" ;; esac\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "src", "run"), words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_bin}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["PRODUCTVIDEO_ProductVideo__Local__FfmpegPath"] = "ffmpeg";
        using var run = Process.Start(start)!;
        (await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(given + "\n");
    }
}
