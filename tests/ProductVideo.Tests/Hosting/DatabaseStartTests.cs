using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Hosting;
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
    public async Task a_hosts_own_data_protection_is_left_alone()
    {
        await using var services = Services(host => host.AddDataProtection().SetApplicationName("the host's"));
        services.GetRequiredService<IOptions<DataProtectionOptions>>().Value.ApplicationDiscriminator.ShouldBe("the host's");
    }

    private static async Task StartAsync(ServiceProvider services)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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
