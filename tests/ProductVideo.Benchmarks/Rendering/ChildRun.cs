using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>What a child process and everything that it started cost.</summary>
/// <param name="CpuSeconds">User and system time of the whole tree.</param>
/// <param name="PeakMegabytes">As the child itself reported it; 0 if it did not.</param>
internal readonly record struct ChildCost(double CpuSeconds, double PeakMegabytes);

/// <summary>Runs children one at a time. Linux only: the kernel adds up what ended children have used.</summary>
internal static partial class ChildRun
{
    private const int Children = -1;

    /// <summary>This program again, with another verb.</summary>
    public static ChildCost Self(params string[] arguments) =>
        Measure(Environment.ProcessPath!, Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(ChildRun).Assembly.Location, .. arguments]
            : arguments);

    public static ChildCost Measure(string program, params string[] arguments)
    {
        var before = CpuOfEndedChildren();
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        return new ChildCost(CpuOfEndedChildren() - before, PeakMegabytes(output));
    }

    private static double PeakMegabytes(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    private static double CpuOfEndedChildren()
    {
        Span<long> usage = stackalloc long[32];
        if (GetUsage(Children, ref usage[0]) != 0)
            throw new InvalidOperationException("The kernel does not tell what children used.");
        return usage[0] + usage[1] / 1e6 + usage[2] + usage[3] / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetUsage(int who, ref long usage);
}
