using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>A backfill of a whole catalogue, in a process of its own, until so many of its videos are in the making at the provider.</summary>
internal static class BackfillSide
{
    public static async Task<int> RunAsync(string folder, string database, int products, Uri provider, int inFlight)
    {
        var shop = new GeneratedShop(products);
        await using var services = CatalogSide.Services(folder, database, shop, provider);
        await CatalogSide.MakeTablesAsync(services);
        await CatalogSide.WriteAsync("sync us", services, shop, products);
        // As if a scan had written them.
        await using (var db = await CatalogSide.Open(services))
        {
            db.WatchedShops.Add(new WatchedShopRow { Shop = GeneratedShop.Key, ScannedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UtcNow.AddDays(1) });
            await db.SaveChangesAsync();
        }

        await CatalogSide.PlanAsync(services, products);
        services.GetRequiredService<BackfillsOptions>().Ahead = inFlight;
        using var enough = new CancellationTokenSource();
        var (cpu, watch) = (CatalogSide.Cpu(), Stopwatch.StartNew());
        var working = Task.WhenAll(Task.Run(() => OrderAsync(services, enough.Token)), Task.Run(() => SweepAsync(services, enough.Token)));
        while (await RenderingAsync(services) < inFlight)
        {
            await Task.WhenAny(working, Task.Delay(TimeSpan.FromSeconds(1)));
            if (working.IsFaulted)
                await working;
        }

        CatalogSide.Tell("filled s", watch.Elapsed.TotalSeconds);
        CatalogSide.Tell("orders/s", inFlight / watch.Elapsed.TotalSeconds);
        CatalogSide.Tell("filling CPU ms an order", (CatalogSide.Cpu() - cpu) * 1000 / inFlight);
        await enough.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await FollowAsync(services);
        CatalogSide.Tell("size MB", await CatalogSide.SizeAsync(services, folder, database));
        ChildRun.ReportPeak();
        return 0;
    }

    private static async Task OrderAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var work = services.GetRequiredService<BackfillWork>();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!await work.MoveNextAsync(cancellationToken))
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private static async Task SweepAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var (batches, stragglers) = (services.GetRequiredService<BatchAdvance>(), new Stragglers());
        var rest = services.GetRequiredService<PipelineOptions>().SweepEvery;
        while (!cancellationToken.IsCancellationRequested)
        {
            await batches.RunAsync(stragglers, cancellationToken);
            await Task.Delay(rest, cancellationToken);
        }
    }

    /// <summary>What all of them cost while nothing is ordered any more: a minute, in which each is looked at once.</summary>
    private static async Task FollowAsync(ServiceProvider services)
    {
        var minute = TimeSpan.FromMinutes(1);
        using var over = new CancellationTokenSource(minute);
        var cpu = CatalogSide.Cpu();
        await SweepAsync(services, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        CatalogSide.Tell("following, share of a core", (CatalogSide.Cpu() - cpu) / minute.TotalSeconds);
    }

    private static async Task<int> RenderingAsync(ServiceProvider services)
    {
        await using var db = await CatalogSide.Open(services);
        return await db.Generations.CountAsync(row => row.State == nameof(GenerationState.Rendering));
    }
}
