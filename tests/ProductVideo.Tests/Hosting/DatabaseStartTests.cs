using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Data;
using ProductVideo.Data.Sqlite;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Jobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class DatabaseStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_start_after_a_process_killed_in_mid_migration_does_not_hang()
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "productvideo.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var left = connection.CreateCommand();
            left.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-22 12:00:00');
                """;
            await left.ExecuteNonQueryAsync();
        }

        await using var services = Services(_ => { });
        await StartAsync(services);
        await using var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        (await db.Generations.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task several_processes_may_start_on_one_new_database()
    {
        var starting = Enumerable.Range(0, 4).Select(_ => Services(_ => { })).ToList();
        await Task.WhenAll(starting.Select(services => Task.Run(() => StartAsync(services))));
        foreach (var services in starting)
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
            (await db.Generations.CountAsync()).ShouldBe(0);
            await services.DisposeAsync();
        }
    }

    [Fact]
    public async Task a_start_says_that_it_waits_for_another_process_and_goes_on_when_that_ends()
    {
        var log = new Warnings();
        var path = Path.Combine(_folder, "productvideo.db");
        var clock = new FakeTimeProvider();
        var engine = new SqliteEngine(path, clock, log) { Patience = 1 };
        Task start;
        await using (new FileStream(path + ".migrating", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            start = engine.MigrateAsync(CancellationToken.None);
            (await log.First.WaitAsync(s_limit)).ShouldContain(path + ".migrating");
            start.IsCompleted.ShouldBeFalse();
        }

        while (!start.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(start, Task.Delay(TimeSpan.FromMilliseconds(1)));
        }

        await start.WaitAsync(s_limit);
        (await engine.IsBegunAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task what_does_not_pass_by_waiting_ends_the_start()
    {
        var path = Path.Combine(_folder, "productvideo.db");
        // No privilege opens a link to itself, as none writes to a disk that is read-only.
        File.CreateSymbolicLink(path + ".migrating", path + ".migrating");
        var start = new SqliteEngine(path, TimeProvider.System, new Warnings()).MigrateAsync(CancellationToken.None);
        (await Should.ThrowAsync<IOException>(start.WaitAsync(s_limit))).Message.ShouldContain(path + ".migrating");
    }

    [Fact]
    public async Task a_database_of_a_newer_version_is_refused()
    {
        await using var services = Services(_ => { });
        await StartAsync(services);
        await using (var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");

        await using var older = Services(_ => { });
        (await Should.ThrowAsync<DatabaseUnavailableException>(StartAsync(older))).OperatorText.ShouldContain("used by a newer ProductVideo (29990101000000_Later)");
    }

    [Fact]
    public async Task what_a_crash_left_and_nobody_can_remove_keeps_no_server_from_starting()
    {
        Assert.SkipUnless(Directory.Exists(Undeletable), "Only Linux shows files that not even root can remove.");
        await using var services = Services(_ => { });
        var root = Directory.CreateDirectory(Path.Combine(_folder, "store")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(root, ".incoming"), Undeletable);
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(2));
        var store = new FileBlobStore(new FileBlobOptions { Root = root }, later);
        await Should.ThrowAsync<BlobStoreException>(() => store.SweepAsync(CancellationToken.None));

        using var log = new RecordedLog();
        var start = new DatabaseStart(services.GetRequiredService<IDatabaseEngine>(), new PipelineOptions { WorkFolder = Undeletable }, store, later, log.Of<DatabaseStart>());
        await start.StartAsync(CancellationToken.None);
        var left = log.Lines.Where(line => line.Level is LogLevel.Warning).Select(line => line.Text).ToList();
        left.Where(text => text.StartsWith($"Files stay behind in {Undeletable}/", StringComparison.Ordinal)).Count().ShouldBe(Directory.GetDirectories(Undeletable).Length);
        left.ShouldContain("What interrupted uploads left in the storage could not be removed");
    }

    /// <summary>Of the kernel: a few folders and files.</summary>
    private const string Undeletable = "/proc/tty";

    [Fact]
    public async Task a_hosts_own_data_protection_is_left_alone()
    {
        await using var services = Services(host => host.AddDataProtection().SetApplicationName("the host's"));
        services.GetRequiredService<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator.ShouldBe("the host's");
    }

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private sealed class Warnings : ILogger<SqliteEngine>
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _first.TrySetResult(formatter(state, exception));
    }

    private static async Task StartAsync(ServiceProvider services)
    {
        using var limit = new CancellationTokenSource(s_limit);
        var start = services.GetServices<IHostedService>().Single(service => service.GetType().Name == "DatabaseStart");
        await start.StartAsync(limit.Token);
    }

    private ServiceProvider Services(Action<IServiceCollection> before)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        before(services);
        services.AddProductVideo(options =>
        {
            options.DataFolder = _folder;
            options.Roles = ProcessRoles.Web;
        });
        return services.BuildServiceProvider();
    }
}
