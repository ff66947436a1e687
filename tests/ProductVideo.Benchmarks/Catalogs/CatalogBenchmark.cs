using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Conformance.Databases;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>How scan, sync, needs, dry run and orders grow with the catalogue, on both engines, each size in a process of its own.</summary>
internal static class CatalogBenchmark
{
    private const int Tracked = 20_000;

    private static readonly string[] Figures =
    [
        "scan us", "scan rows/s", "sync us", "sync rows/s", "resync us", "changed us", "next 1000 ms", "click CPU ms", "plan us", "plan rows/s", "start CPU ms", "progress ms", "order us",
        "order rows/s", "size MB", "VmHWM",
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var sizes = (given["products"] ?? "10000,100000,1000000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var engines = (given["engine"] ?? "sqlite,postgres").Split(',');
        await using var postgres = engines.Contains("postgres", StringComparer.Ordinal) ? new PostgresCluster() : null;
        if (postgres is not null)
            await postgres.InitializeAsync();
        var columns = new List<(string Name, IReadOnlyDictionary<string, double> Figures)>();
        foreach (var engine in engines)
        {
            foreach (var size in sizes)
                columns.Add(($"{engine} {size:N0}", await RunAsync("catalogue-once", engine, size, postgres)));
        }

        var tracked = (await RunAsync("catalogue-tracked", engines[0], Tracked, postgres))["tracked us"];
        Print(columns);
        return Judge(engines, sizes, columns, tracked);
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync(string verb, string engine, int size, PostgresCluster? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("productvideo-benchmark-").FullName;
        try
        {
            return ChildFigures.Of(verb, folder, engine == "postgres" ? await postgres!.NewDatabaseAsync() : "", size.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<(string Name, IReadOnlyDictionary<string, double> Figures)> columns)
    {
        Console.WriteLine($"| | {string.Join(" | ", columns.Select(column => column.Name))} |");
        Console.WriteLine($"| --- |{string.Concat(columns.Select(_ => " ---: |"))}");
        foreach (var figure in Figures)
        {
            var cells = columns.Select(column => (column.Figures.TryGetValue(figure, out var value) ? figure == "VmHWM" ? value / 1024 : value : double.NaN).ToString("#,0.##", CultureInfo.InvariantCulture));
            Console.WriteLine($"| {(figure == "VmHWM" ? "peak RSS MB" : figure)} | {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>The goals are SQLite's; what a server does is its own.</summary>
    private static int Judge(string[] engines, List<int> sizes, List<(string Name, IReadOnlyDictionary<string, double> Figures)> columns, double tracked)
    {
        if (engines[0] != "sqlite")
            return 0;
        var (small, large) = (columns[0].Figures, columns[sizes.Count - 1].Figures);
        var report = new Rendering.Report();
        report.AtMost("sync: CPU us a row", 10, large["sync us"]);
        report.AtMost("sync: CPU a row / change tracker's", 1 / 6.0, large["sync us"] / tracked);
        report.AtMost("unchanged sync: CPU us a row", 8, large["resync us"]);
        report.AtMost("next 1000 that lack a video, ms", 5, large["next 1000 ms"]);
        report.AtMost("next 1000: largest / smallest catalogue", 1.5, large["next 1000 ms"] / small["next 1000 ms"]);
        report.AtMost("one click on all: CPU s", 1, large["click CPU ms"] / 1000);
        Console.WriteLine(report);
        return report.AllMet ? 0 : 1;
    }
}
