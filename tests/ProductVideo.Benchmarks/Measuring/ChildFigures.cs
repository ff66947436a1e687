using System.Diagnostics;
using System.Globalization;

namespace ProductVideo.Benchmarks.Measuring;

/// <summary>What a child process says of itself: a name, a colon and a number on each line.</summary>
internal static class ChildFigures
{
    /// <summary>Runs this program again, with another verb.</summary>
    /// <returns>By name; <c>VmHWM</c> is its peak memory in kB, where it reported that.</returns>
    public static IReadOnlyDictionary<string, double> Of(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        string[] all = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ChildFigures).Assembly.Location, .. arguments] : arguments;
        using var child = Process.Start(new ProcessStartInfo(program, all) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        while (child.StandardOutput.ReadLine() is { } line)
        {
            Console.Error.WriteLine($"{arguments[0]} {arguments[^1]}: {line}");
            if (line.Split(':', 2) is [var name, var value])
                figures[name] = double.Parse(value.Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }

        child.WaitForExit();
        return child.ExitCode == 0 ? figures : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {child.ExitCode}.");
    }
}
