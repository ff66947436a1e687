using System.Diagnostics;
using System.Globalization;
using ProductVideo.Benchmarks.Measuring;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>What one side needed for its tasks; said by the child in one line.</summary>
/// <param name="WallSeconds">From the first order to the last task that is known to be done.</param>
/// <param name="CpuMicroseconds">Of the side's own process, a task.</param>
/// <param name="Transactions">Of its database, a task.</param>
/// <param name="PeakMegabytes">The most memory that it ever had.</param>
internal sealed record RemoteSide(double WallSeconds, double CpuMicroseconds, double Transactions, double PeakMegabytes)
{
    private const string Head = "SIDE ";

    /// <summary>Runs what is measured and says what it took.</summary>
    public static async Task<int> MeasureAsync(int tasks, Func<int> transactions, Func<Task> run)
    {
        var (cpu, before, watch) = (ChildRun.CpuOfSelf(), transactions(), Stopwatch.StartNew());
        await run();
        var wall = watch.Elapsed.TotalSeconds;
        var used = (ChildRun.CpuOfSelf() - cpu) * 1e6 / tasks;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Head}{wall} {used} {(transactions() - before) / (double)tasks}"));
        ChildRun.ReportPeak();
        return 0;
    }

    public static RemoteSide Run(params string[] arguments)
    {
        using var child = ChildRun.StartSelf(arguments);
        child.StandardInput.Close();
        var output = child.StandardOutput.ReadToEnd().Split('\n');
        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"{arguments[0]} ended with {child.ExitCode}.");
        var said = output.Single(line => line.StartsWith(Head, StringComparison.Ordinal))[Head.Length..].Split(' ')
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        var peak = output.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RemoteSide(said[0], said[1], said[2], double.Parse(peak[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024);
    }
}
