using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Catalog;
using ProductVideo.Chaos.Points;
using ProductVideo.Data;
using ProductVideo.Data.Postgres;
using ProductVideo.Data.Sqlite;
using ProductVideo.Hosting;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using ProductVideo.Security;

namespace ProductVideo.Chaos.Inside;

/// <summary>The product as a host embeds it, with a provider and a shop that lie in another process.</summary>
internal static class WorkerHost
{
    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        Leash.PutOn();
        if (settings.Crash?.Split(':') is [var point, var hit])
            Crash.Arm(point, int.Parse(hit, System.Globalization.CultureInfo.InvariantCulture));
        var app = Build(settings);
        app.MapProductVideo();
        MapControls(app);
        await app.StartAsync();
        await Habits.TakeUpAsync(settings, app.Services);
        if (settings.NewKey)
            Console.WriteLine("KEY " + await app.Services.GetRequiredService<ApiKeys>().CreateAsync("chaos", [.. Scopes.All], shop: null, lifetime: null, CancellationToken.None));
        Console.WriteLine("READY " + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>What the command <c>restored</c> does, and nothing else: then it ends.</summary>
    public static async Task<int> RestoredAsync(WorkerSettings settings)
    {
        await using var app = Build(settings);
        app.Services.GetRequiredService<ProductVideoOptions>().Roles = ProcessRoles.Web;
        await app.StartAsync();
        Console.WriteLine(await app.Services.GetRequiredService<RestoredBackup>().RunAsync(CancellationToken.None));
        await app.StopAsync();
        return 0;
    }

    private static WebApplication Build(WorkerSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Configure(builder, settings);
        Add(builder.Services, settings);
        return builder.Build();
    }

    private static void Configure(WebApplicationBuilder builder, WorkerSettings settings)
    {
        // On the fast clock: a lease of 2.4 s, settled after 1.5 s, a sweep each 50 ms.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ProductVideo:Pipeline:Lease"] = settings.Patient ? "00:02:00" : "00:00:48",
            ["ProductVideo:Pipeline:Settle"] = settings.Has(BadHabit.NoSettling) ? "00:00:00" : "00:00:30",
            ["ProductVideo:Pipeline:SweepEvery"] = settings.Has(BadHabit.NoSweep) ? "01:00:00" : "00:00:01",
            ["ProductVideo:Pipeline:LoopbackAllowed:0"] = new Uri(settings.World).Authority,
            ["ProductVideo:Local:Workers"] = "0",
            // A task's clip is known again by its bytes, of which no two signatures of the same have the same.
            ["ProductVideo:Signing:Enabled"] = "false",
            ["ProductVideo:Accounts:chaos:Exclusive"] = "true",
            ["ProductVideo:Database:Engine"] = settings.Database is null ? DatabaseOptions.Sqlite : DatabaseOptions.Postgres,
            ["ProductVideo:Database:ConnectionString"] = settings.Database,
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("ProductVideo", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
    }

    private static void Add(IServiceCollection services, WorkerSettings settings)
    {
        var clock = new FastClock(settings.Epoch, settings.Ahead);
        var weather = new Weather();
        var commits = new CommitPoints(weather);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(weather);
        services.AddSingleton<IWrittenTogether>(commits);
        AddDatabase(services, settings, clock, [commits, new SqlHabits(settings, weather)]);
        services.AddSingleton<FileBlobStore>();
        services.AddSingleton<IBlobStore>(provider => new ChaosBlobs(provider.GetRequiredService<FileBlobStore>(), weather));
        services.AddSingleton<IVideoProvider>(new ChaosVideoProvider(settings, clock));
        services.AddSingleton<IStorefront>(new ChaosStorefront(settings));
        var downloads = new ShopDownloads();
        downloads[ChaosStorefront.ShopKey] = new PictureRules { LoopbackAllowed = [new Uri(settings.World).Authority] };
        services.AddSingleton(downloads);
        services.AddSingleton<FfmpegTool>(settings.Has(BadHabit.BlindChecks) ? new BlindFfmpeg(settings.Tools) : new WorldFfmpeg(settings.Tools));
        services.AddProductVideo(options => options.DataFolder = settings.Data);
    }

    private static void AddDatabase(IServiceCollection services, WorkerSettings settings, FastClock clock, IInterceptor[] interceptors)
    {
        if (settings.Database is { } connection)
        {
            services.AddSingleton<IDatabaseClock>(new FastServerClock(connection, clock.Epoch));
            services.AddSingleton<IDbContextFactory<ProductVideoDb>>(new Databases(() => new PostgresProductVideoDb(
                new DbContextOptionsBuilder<PostgresProductVideoDb>(PostgresProductVideoDb.Options(connection)).AddInterceptors(interceptors).Options)));
        }
        else
        {
            services.AddSingleton<IDbContextFactory<ProductVideoDb>>(new Databases(() => new SqliteProductVideoDb(
                new DbContextOptionsBuilder<SqliteProductVideoDb>(SqliteProductVideoDb.Options(Path.Combine(settings.Data, "productvideo.db")))
                    .AddInterceptors(interceptors).Options)));
        }
    }

    /// <summary>What the harness turns while the worker runs.</summary>
    private static void MapControls(WebApplication app)
    {
        app.MapPost("/chaos/arm/{point}/{hit:int}", (string point, int hit) => Crash.Arm(point, hit));
        app.MapPost("/chaos/database/{down:bool}", (Weather weather, bool down) => { weather.DatabaseDown = down; });
        app.MapPost("/chaos/acknowledgements/{every:int}", (Weather weather, int every) => { weather.LostAcknowledgements = every; });
        app.MapPost("/chaos/blobs/{down:bool}", (Weather weather, bool down) => { weather.BlobsDown = down; });
        app.MapPost("/chaos/jobs/empty", (IWakeGenerations jobs) => Results.Text(JobStorage.Empty(jobs).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private sealed class Databases(Func<ProductVideoDb> open) : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext() => open();
    }
}
