using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Data;
using ProductVideo.Data.Postgres;
using ProductVideo.Data.Sqlite;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>
/// The product's own sweep over its own tables, with all that is written beside a change of state, until every clip is known to be ready and
/// its money settled. The downloads that would follow have places of their own and are left out.
/// </summary>
internal static class SweepSide
{
    public static async Task<int> RunAsync(Uri provider, string folder, string database, int tasks)
    {
        var (transactions, ready) = (new Transactions(), new Ready());
        await using var services = Services(provider, folder, database, transactions, ready);
        await DoAsync(services, ready, RemoteTasks.WarmUp, isWarmUp: true);
        return await RemoteSide.MeasureAsync(tasks, () => transactions.Count, () => DoAsync(services, ready, tasks, isWarmUp: false));
    }

    private static ServiceProvider Services(Uri provider, string folder, string database, Transactions transactions, Ready ready)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<IVideoProvider>(new FakeAdapter(provider));
        services.AddSingleton<IWrittenTogether>(ready);
        services.AddSingleton<IDbContextFactory<ProductVideoDb>>(new Databases(Open(folder, database, transactions)));
        services.AddProductVideo(options =>
        {
            options.DataFolder = folder;
            options.Roles = ProcessRoles.Web;
            if (database.Length > 0)
                options.Database = new DatabaseOptions { Engine = DatabaseOptions.Postgres, ConnectionString = database };
        });
        return services.BuildServiceProvider();
    }

    private static Func<ProductVideoDb> Open(string folder, string database, Transactions transactions)
    {
        if (database.Length > 0)
        {
            var server = new DbContextOptionsBuilder<PostgresProductVideoDb>(PostgresProductVideoDb.Options(database)).AddInterceptors(transactions.Interceptors).Options;
            return () => new PostgresProductVideoDb(server);
        }

        var file = SqliteProductVideoDb.Options(Path.Combine(folder, "productvideo.db"));
        var counted = new DbContextOptionsBuilder<SqliteProductVideoDb>(file).AddInterceptors(transactions.Interceptors).Options;
        return () => new SqliteProductVideoDb(counted);
    }

    private static async Task DoAsync(ServiceProvider services, Ready ready, int tasks, bool isWarmUp)
    {
        // Only now are they due.
        await using (var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync())
            await PreparedOrders.MakeDueAsync(db, isWarmUp);
        var all = ready.Expect(tasks);
        var batches = services.GetRequiredService<BatchAdvance>();
        var stragglers = new Stragglers();
        // A server's second between two looks, at the tasks' speed.
        var rest = services.GetRequiredService<PipelineOptions>().SweepEvery / RemoteTasks.Speed;
        while (!all.IsCompleted)
        {
            await batches.RunAsync(stragglers, CancellationToken.None);
            await Task.WhenAny(all, Task.Delay(rest));
        }
    }

    private sealed class Databases(Func<ProductVideoDb> open) : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext() => open();
    }

    /// <summary>Counts the clips that are ready, as the product's companions are told of them.</summary>
    private sealed class Ready : IWrittenTogether
    {
        private TaskCompletionSource _all = new();
        private int _left;

        public Task Expect(int tasks)
        {
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, tasks);
            return _all.Task;
        }

        public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
        {
            if (after.State is GenerationState.Fetching && Interlocked.Decrement(ref _left) == 0)
                _all.SetResult();
            return Task.CompletedTask;
        }
    }
}
