using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Conformance.Databases;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>
/// One click on a whole catalogue, run until thousands of its videos are in the making at once, against a provider in another process whose
/// tasks take longer than that. Says what ordering and following them costs.
/// </summary>
internal static class BackfillBenchmark
{
    /// <summary>No task ends before all are there.</summary>
    private const string TaskSeconds = "86400";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var (products, inFlight) = (given["products"] ?? "1000000", given["in-flight"] ?? "10000");
        await using var postgres = given["engine"] is "postgres" ? new PostgresCluster() : null;
        if (postgres is not null)
            await postgres.InitializeAsync();
        using var provider = ChildRun.StartSelf("remote-provider", TaskSeconds);
        var address = await provider.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The provider did not start.");
        var folder = Directory.CreateTempSubdirectory("productvideo-benchmark-").FullName;
        try
        {
            var figures = ChildFigures.Of("backfill-once", folder, postgres is null ? "" : await postgres.NewDatabaseAsync(), products, address, inFlight);
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            var counts = (await http.GetStringAsync(new Uri("/counts", UriKind.Relative))).Split(' ');
            if (counts[0] != counts[1])
                throw new InvalidOperationException($"{counts[0]} tasks were made of {counts[1]} orders.");
            foreach (var (name, value) in figures)
                Console.WriteLine($"| {(name == "VmHWM" ? "peak RSS MB" : name)} | {(name == "VmHWM" ? value / 1024 : value).ToString("#,0.##", CultureInfo.InvariantCulture)} |");
            Console.WriteLine($"| tasks made, each once | {counts[0]} |");
            return 0;
        }
        finally
        {
            provider.StandardInput.Close();
            await provider.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
