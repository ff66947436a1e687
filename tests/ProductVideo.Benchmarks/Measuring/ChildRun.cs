using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ProductVideo.Benchmarks.Measuring;

/// <summary>What a child process and everything that it started cost.</summary>
/// <param name="CpuSeconds">User and system time of the whole tree.</param>
/// <param name="PeakMegabytes">As the child itself reported it; 0 if it did not.</param>
/// <param name="LastClipSeconds">What the last of its clips took of that, as the child itself reported it; 0 if it did not.</param>
/// <param name="WallSeconds">How long what is measured took by the clock, as the child itself reported it; 0 if it did not.</param>
internal readonly record struct ChildCost(double CpuSeconds, double PeakMegabytes, double LastClipSeconds, double WallSeconds);

/// <summary>Runs children one at a time. Linux only: the kernel adds up what ended children have used.</summary>
internal static partial class ChildRun
{
    private const int Itself = 0;
    private const int Children = -1;

    /// <summary>This program again, with another verb.</summary>
    public static ChildCost Self(params string[] arguments) => Measure(Environment.ProcessPath!, OfSelf(arguments));

    /// <summary>
    /// This program again, left running until its input ends. Its code is compiled for good at the first call, as a server's is after its first
    /// minutes: in a run of seconds the compiler would cost more than what is measured.
    /// </summary>
    public static Process StartSelf(params string[] arguments) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, OfSelf(arguments))
    {
        UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["DOTNET_TieredCompilation"] = "0" },
    })!;

    private static string[] OfSelf(string[] arguments) => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [typeof(ChildRun).Assembly.Location, .. arguments]
        : arguments;

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
        return new ChildCost(CpuOfEndedChildren() - before, Reported(output, "VmHWM:") / 1024, Reported(output, "LastClip:"), Reported(output, "Wall:"));
    }

    /// <summary>Said by a child at its end: the most memory it ever had, as the kernel counted it.</summary>
    public static void ReportPeak() =>
        Console.WriteLine(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));

    /// <summary>The number in a line of name, number and unit; 0 if there is none.</summary>
    private static double Reported(string output, string name)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>User and system seconds of this process and of all its children that have ended.</summary>
    public static double CpuSoFar() => CpuOf(Itself) + CpuOf(Children);

    /// <summary>User and system seconds of this process alone.</summary>
    public static double CpuOfSelf() => CpuOf(Itself);

    private static double CpuOfEndedChildren() => CpuOf(Children);

    private static double CpuOf(int who)
    {
        Span<long> usage = stackalloc long[32];
        if (GetUsage(who, ref usage[0]) != 0)
            throw new InvalidOperationException("The kernel does not tell what was used.");
        return usage[0] + usage[1] / 1e6 + usage[2] + usage[3] / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetUsage(int who, ref long usage);
}
