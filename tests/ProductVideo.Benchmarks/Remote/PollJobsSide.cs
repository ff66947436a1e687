using System.Globalization;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.Storage.SQLite;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>
/// The usual way: a job that submits and a delayed job for each look, on Hangfire with 20 workers. It writes no intent and keeps no row, and it
/// makes the first look only after the provider's wait. In memory its jobs are gone with the process; in a database they stay, as ours do.
/// </summary>
internal static class PollJobsSide
{
    private static FakeAdapter s_adapter = null!;
    private static BackgroundJobClient s_jobs = null!;
    private static CountdownEvent s_left = null!;

    public static async Task<int> RunAsync(Uri provider, string database, int tasks)
    {
        s_adapter = new FakeAdapter(provider);
        var storage = Storage(database);
        using var disposed = storage as IDisposable;
        s_jobs = new BackgroundJobClient(storage);
        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions { WorkerCount = 20, SchedulePollingInterval = TimeSpan.FromMilliseconds(50) }, storage);
        await DoAsync("warm", RemoteTasks.WarmUp);
        return await RemoteSide.MeasureAsync(tasks, () => 0, () => DoAsync("task", tasks));
    }

    private static JobStorage Storage(string database)
    {
        var often = TimeSpan.FromMilliseconds(50);
        if (database.Length == 0)
            return new InMemoryStorage();
        if (Path.IsPathRooted(database))
            return new SQLiteStorage(database, new SQLiteStorageOptions { QueuePollInterval = often });
        var options = new PostgreSqlStorageOptions { QueuePollInterval = often, EnableTransactionScopeEnlistment = false };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(database + ";Enlist=false", options), options);
    }

    private static async Task DoAsync(string name, int tasks)
    {
        s_left = new CountdownEvent(tasks);
        for (var i = 0; i < tasks; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
            s_jobs.Enqueue(() => SubmitAsync(key));
        }

        await Task.Run(s_left.Wait);
    }

    [AutomaticRetry(Attempts = 0)]
    public static async Task SubmitAsync(string key)
    {
        if (await s_adapter.StartAsync(key, CancellationToken.None) is not StartOutcome.Accepted { Operation.RemoteId: var task })
            throw new InvalidOperationException("The provider did not take the task.");
        s_jobs.Schedule(() => LookAsync(task), RemoteTasks.AskAfter);
    }

    [AutomaticRetry(Attempts = 0)]
    public static async Task LookAsync(string task)
    {
        if (await s_adapter.CheckAsync(new ProviderOperation(task), CancellationToken.None) is CheckOutcome.Pending pending)
            s_jobs.Schedule(() => LookAsync(task), pending.Wait);
        else
            s_left.Signal();
    }
}
