using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>A started ffmpeg or ffprobe. It never outlives this object.</summary>
internal sealed partial class ToolProcess : IAsyncDisposable
{
    private const int ErrorLimit = 8 * 1024;

    private readonly Process _process;
    private readonly string _name;
    private readonly Task<string> _errors;

    private ToolProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        _errors = ReadTailAsync(process.StandardError);
    }

    /// <summary>What the tool reads; only if asked for at the start.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the tool writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    public int Id => _process.Id;

    /// <exception cref="FfmpegMissingException">If the program cannot be started.</exception>
    public static ToolProcess Start(string path, IEnumerable<string> arguments, bool feed = false)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = feed,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start) ?? throw new FfmpegMissingException($"'{path}' did not start.");
            if (feed && OperatingSystem.IsLinux() && process.StandardInput.BaseStream is PipeStream pipe)
                Widen(pipe);
            return new ToolProcess(process, Path.GetFileNameWithoutExtension(path));
        }
        catch (Win32Exception failure)
        {
            throw new FfmpegMissingException($"'{path}' cannot be started: {failure.Message}.", failure);
        }
    }

    /// <summary>Runs to the end and gives back what the tool wrote to its output.</summary>
    public static async Task<byte[]> RunAsync(string path, IEnumerable<string> arguments, TimeSpan limit, int maximumBytes, CancellationToken ct)
    {
        await using var tool = Start(path, arguments);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(limit);
        try
        {
            using var output = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await tool.Output.ReadAsync(buffer, deadline.Token)) > 0)
            {
                if (output.Length + read > maximumBytes)
                    throw new ToolFailedException(Invariant($"{tool._name} wrote more than {maximumBytes} bytes."));
                output.Write(buffer, 0, read);
            }

            await tool.ExitAsync(deadline.Token);
            return output.ToArray();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RenderException(
                RenderFault.TimedOut,
                "The video took too long to read, so it was not used. Make it once more.",
                Invariant($"{tool._name} was stopped after {limit.TotalSeconds:0} s."));
        }
    }

    /// <summary>Waits for the end; anything but success is thrown with the tool's own words.</summary>
    /// <exception cref="ToolFailedException">If the exit code is not 0.</exception>
    public async Task ExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        if (_process.ExitCode != 0)
            throw new ToolFailedException(Invariant($"{_name} ended with code {_process.ExitCode}: {(await _errors).Trim()}"), WasStopped(_process.ExitCode));
    }

    /// <summary>Whether somebody ended it by a signal: the system, which needed memory, or a person. The tool itself answers a polite one with 255.</summary>
    private static bool WasStopped(int exitCode)
    {
        const int signalled = 128, hangUp = 1, interrupt = 2, kill = 9, terminate = 15;
        return !OperatingSystem.IsWindows() && exitCode is signalled + hangUp or signalled + interrupt or signalled + kill or signalled + terminate or 255;
    }

    /// <summary>Ends the tool and everything that it started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime, which is all that was wanted.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _errors;
        _process.Dispose();
    }

    /// <summary>
    /// Lets the pipe hold as much as an ordinary user may ask for. The usual 64 KiB wake both ends thirty times a frame, which costs
    /// a tenth of what the encoder itself does.
    /// </summary>
    private static void Widen(PipeStream pipe)
    {
        const int SetPipeSize = 1031;
        // A system that refuses leaves the pipe as it was: slower, not wrong.
        _ = FileControl(pipe.SafePipeHandle, SetPipeSize, 1024 * 1024);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(SafePipeHandle pipe, int command, int argument);

    /// <summary>The last words: what went wrong stands at the end.</summary>
    private static async Task<string> ReadTailAsync(StreamReader reader)
    {
        var tail = new StringBuilder();
        var buffer = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            tail.Append(buffer, 0, read);
            if (tail.Length > ErrorLimit)
                tail.Remove(0, tail.Length - ErrorLimit);
        }

        return tail.ToString();
    }
}

/// <summary>The tool said no; the caller knows what that means.</summary>
internal sealed class ToolFailedException(string words, bool stopped = false) : Exception(words)
{
    /// <summary>It was ended from outside, so it said nothing about the file.</summary>
    public bool Stopped => stopped;

    /// <summary>ffmpeg has no exit code for a full disk, only the system's sentence.</summary>
    public bool DiskFull =>
        Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("not enough space on the disk", StringComparison.OrdinalIgnoreCase);
}
