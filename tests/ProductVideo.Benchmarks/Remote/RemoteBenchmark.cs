using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Benchmarks.Rendering;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using ProductVideo.Data.Postgres;
using ProductVideo.Data.Sqlite;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>
/// Many tasks at a provider in another process: the product's sweep against the usual poll jobs, in turn, so that a busy machine disturbs both
/// alike. Times are the tasks' at fifty times their speed. The poll jobs are once in memory, where a restart loses them, and once in the engine
/// that the sweep's rows are in, as durable as those; there they are much slower, so there are fewer of them.
/// </summary>
internal static class RemoteBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        var tasks = Number(given["tasks"], 10_000);
        var durable = Math.Min(tasks, Number(given["durable-tasks"], 500));
        var inFlight = given["in-flight"] is { } limit ? Number(limit, 0) : (int?)null;
        using var provider = ChildRun.StartSelf("remote-provider");
        var address = provider.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The provider did not start.");
        await using var postgres = given["engine"] == DatabaseOptions.Postgres ? new PostgresCluster() : null;
        if (postgres is not null)
            await postgres.InitializeAsync();
        var (sweeps, jobs, durables, bare) = (new List<RemoteSide>(), new List<RemoteSide>(), new List<RemoteSide>(), new List<RemoteSide>());
        double checks = 0;
        for (var round = 0; round < Number(given["rounds"], 3); round++)
        {
            // Who goes first changes, so that neither always finds the warmer machine.
            foreach (var sweepsNow in round % 2 == 0 ? new[] { true, false } : [false, true])
            {
                if (sweepsNow)
                    checks = await CountedAsync(address, tasks, async () => sweeps.Add(await SweepAsync(address, tasks, inFlight, postgres)));
                else
                    await CountedAsync(address, tasks, () => PollJobsAsync(jobs, address, database: "", tasks));
            }

            await CountedAsync(address, tasks, () => Task.Run(() => bare.Add(RemoteSide.Run("remote-calls", address, Text(tasks)))));
            await CountedAsync(address, durable, () => DurableAsync(durables, address, durable, postgres));
        }

        provider.StandardInput.Close();
        await provider.WaitForExitAsync();
        return Tell(tasks, inFlight, checks, sweeps, jobs, durables, bare);
    }

    private static async Task DurableAsync(List<RemoteSide> sides, string provider, int tasks, PostgresCluster? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("productvideo-benchmark-").FullName;
        try
        {
            await PollJobsAsync(sides, provider, postgres is null ? Path.Combine(folder, "hangfire.db") : await postgres.NewDatabaseAsync(), tasks);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task PollJobsAsync(List<RemoteSide> sides, string provider, string database, int tasks) =>
        Task.Run(() => sides.Add(RemoteSide.Run("remote-jobs", provider, database, Text(tasks))));

    /// <summary>Runs a side and looks at the provider's own count: each task was ordered once.</summary>
    /// <returns>Looks a task.</returns>
    private static async Task<double> CountedAsync(string provider, int tasks, Func<Task> run)
    {
        using var http = new HttpClient { BaseAddress = new Uri(provider) };
        await http.PostAsync(new Uri("/reset", UriKind.Relative), content: null);
        await run();
        var counts = (await http.GetStringAsync(new Uri("/counts", UriKind.Relative))).Split(' ').Select(count => Number(count, 0)).ToList();
        if (counts[0] != tasks + RemoteTasks.WarmUp || counts[1] != counts[0])
            throw new InvalidOperationException($"{counts[0]} tasks were made of {counts[1]} orders; it should be {tasks + RemoteTasks.WarmUp} of each.");
        return counts[2] / (double)counts[0];
    }

    private static int Tell(int tasks, int? inFlight, double checks, List<RemoteSide> sweeps, List<RemoteSide> jobs, List<RemoteSide> durables, List<RemoteSide> bare)
    {
        var report = new Report();
        var longest = RemoteTasks.LongestTask.TotalSeconds;
        var ideal = inFlight is { } places ? Math.Max(longest, tasks * RemoteTasks.MeanTask.TotalSeconds / places) : longest;
        report.Ratio(inFlight is null ? "sweep: wall / longest task" : "sweep: wall / (tasks x mean length / places)", inFlight is null ? 2 : null, [.. sweeps.Select(side => (side.WallSeconds, ideal))]);
        report.Ratio("poll jobs: wall / longest task", null, [.. jobs.Select(side => (side.WallSeconds, longest))]);
        report.Ratio("CPU a task: sweep / poll jobs in memory (us)", 0.25, [.. sweeps.Zip(jobs, (sweep, job) => (sweep.CpuMicroseconds, job.CpuMicroseconds))]);
        report.Ratio("CPU a task: sweep / poll jobs in the same engine (us)", 0.25, [.. sweeps.Zip(durables, (sweep, job) => (sweep.CpuMicroseconds, job.CpuMicroseconds))]);
        report.Ratio("CPU a task: sweep / the calls alone (us)", null, [.. sweeps.Zip(bare, (sweep, calls) => (sweep.CpuMicroseconds, calls.CpuMicroseconds))]);
        report.Ratio("CPU a task: the calls alone / poll jobs in memory (us)", null, [.. bare.Zip(jobs, (calls, job) => (calls.CpuMicroseconds, job.CpuMicroseconds))]);
        report.AtMost("sweep: transactions a task", 0.05, Median(sweeps.Select(side => side.Transactions)));
        report.AtMost("sweep: peak RSS, MB", 120, Median(sweeps.Select(side => side.PeakMegabytes)));
        report.Shown("sweep: looks a second", checks * tasks / Median(sweeps.Select(side => side.WallSeconds)));
        report.Shown("sweep: looks a task", checks);
        report.Shown("poll jobs: peak RSS, MB", Median(jobs.Select(side => side.PeakMegabytes)));
        report.Shown("the calls alone: peak RSS, MB", Median(bare.Select(side => side.PeakMegabytes)));
        Console.WriteLine(report);
        return report.AllMet ? 0 : 1;
    }

    private static async Task<RemoteSide> SweepAsync(string provider, int tasks, int? inFlight, PostgresCluster? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("productvideo-benchmark-").FullName;
        try
        {
            var database = postgres is null ? "" : await postgres.NewDatabaseAsync();
            ProductVideoDb Open() => postgres is null
                ? new SqliteProductVideoDb(SqliteProductVideoDb.Options(Path.Combine(folder, "productvideo.db"))) : new PostgresProductVideoDb(PostgresProductVideoDb.Options(database));
            await using (var db = Open())
            {
                await db.Database.MigrateAsync();
                db.ProviderAccounts.Add(new ProviderAccountRow { Account = FakeAdapter.ProviderKey, Breaker = nameof(BreakerState.Closed), MaxInFlight = inFlight });
                await db.SaveChangesAsync();
            }

            await PreparedOrders.AddAsync(Open, tasks);
            return RemoteSide.Run("remote-sweep", provider, folder, database, Text(tasks));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static int Number(string? text, int otherwise) => text is null ? otherwise : int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
