using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProductVideo.Backfills;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Data;
using ProductVideo.Data.Postgres;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>One engine, one size, in a process of its own: scan, sync, needs, dry run, orders. Prints a line for each figure.</summary>
internal static class CatalogSide
{
    /// <summary>As many as the sync of a large shop writes at once.</summary>
    private const int Batch = 50_000;

    private const int WarmUp = 200;

    /// <summary>Enough to know what one order costs.</summary>
    private const int Orders = 320;

    public static async Task<int> RunAsync(string folder, string database, int products)
    {
        await using var services = Services(folder, database, new GeneratedShop(products));
        await MakeTablesAsync(services);
        await SyncAsync(services, products);
        await NeedsAsync(services);
        await PlanAsync(services, products);
        await OrderAsync(services);
        Tell("size MB", await SizeAsync(services, folder, database));
        ChildRun.ReportPeak();
        return 0;
    }

    internal static Task MakeTablesAsync(IServiceProvider services) =>
        services.GetRequiredService<IEnumerable<IHostedService>>().Single(service => service.GetType().Name == "DatabaseStart").StartAsync(CancellationToken.None);

    /// <summary>The change tracker's way with the same rows, for comparison.</summary>
    public static async Task<int> TrackedAsync(string folder, string database, int products)
    {
        await using var services = Services(folder, database, new GeneratedShop(products));
        await MakeTablesAsync(services);
        var shop = new GeneratedShop(products);
        await MeasureAsync("tracked us", products, async () =>
        {
            foreach (var some in Sorted(shop, products).Chunk(5_000))
            {
                await using var db = await Open(services);
                db.CatalogProducts.AddRange(some.Select(product => new CatalogProductRow
                {
                    Shop = product.Ref.Shop, ProductId = product.Ref.ProductId, Title = product.Title, Vendor = product.Vendor, ProductType = product.ProductType,
                    Tags = string.Join('\n', product.Tags), Collections = string.Join('\n', product.Collections), Price = (long)(product.Price!.Value.Amount * 1_000_000), Currency = "EUR",
                    Stock = product.Stock, Sold = product.Sold, IsPublished = true, Pictures = product.Pictures, Version = product.Version, ChangedAt = product.ChangedAt,
                    SeenAt = product.ChangedAt, Lacks = 1,
                }));
                await db.SaveChangesAsync();
            }
        });
        return 0;
    }

    private static async Task SyncAsync(ServiceProvider services, int products)
    {
        // The walk through the shop, page by page as it is listed, for as much of it as tells what a page costs.
        var scanned = Math.Min(products, 100_000);
        var options = services.GetRequiredService<ProductVideoOptions>();
        await using (var scan = Services(options.DataFolder, options.Database.ConnectionString ?? "", new GeneratedShop(scanned)))
            await MeasureAsync("scan us", scanned, () => ScanAsync(scan));
        await using (var db = await Open(services))
            await db.CatalogProducts.ExecuteDeleteAsync();
        await WriteAsync("sync us", services, new GeneratedShop(products), products);
        await WriteAsync("resync us", services, new GeneratedShop(products), products);
        await WriteAsync("changed us", services, new GeneratedShop(products, edition: 1), products);
    }

    /// <summary>What it costs to write; to make the shop up is no part of that.</summary>
    internal static async Task WriteAsync(string what, ServiceProvider services, GeneratedShop shop, int products)
    {
        var (cpu, time) = (0.0, TimeSpan.Zero);
        foreach (var some in Sorted(shop, products).Chunk(Batch))
        {
            var (before, watch) = (Cpu(), Stopwatch.StartNew());
            await using var db = await Open(services);
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.WriteManyAsync(CatalogRows.Table, some, CancellationToken.None);
            await transaction.CommitAsync();
            (cpu, time) = (cpu + Cpu() - before, time + watch.Elapsed);
        }

        Tell(what, cpu * 1e6 / products);
        Tell(what.Replace(" us", " rows/s", StringComparison.Ordinal), products / time.TotalSeconds);
    }

    private static async Task NeedsAsync(ServiceProvider services)
    {
        var catalog = services.GetRequiredService<CatalogProducts>();
        // One in ten lacks a video, as in a shop that is kept well.
        await using (var db = await Open(services))
        {
            await db.CatalogProducts.Where(row => row.Stock % 10 != 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, 0));
            // Of its own accord the server looks within a minute after so many changes, which a catalogue of a million takes anyway.
            if (db is PostgresProductVideoDb)
                await db.Database.ExecuteSqlRawAsync("ANALYZE catalog_products");
        }

        var times = new List<double>();
        // The first ones pay for the code to be compiled, and compiled better.
        for (var i = 0; i < WarmUp + 40; i++)
        {
            var watch = Stopwatch.StartNew();
            var page = await catalog.LackingAsync(GeneratedShop.Key, after: null, CatalogProducts.MostPerPage, CancellationToken.None);
            if (page.Count != CatalogProducts.MostPerPage)
                throw new InvalidOperationException($"{page.Count} products lack a video.");
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Tell("next 1000 ms", times.Skip(WarmUp).Order().ElementAt(20));
    }

    /// <summary>Everything is planned, quoted and started.</summary>
    internal static async Task PlanAsync(ServiceProvider services, int products)
    {
        await using (var db = await Open(services))
            await db.CatalogProducts.ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, 1));
        await using (var db = await Open(services))
            await db.WatchedShops.Where(row => row.Shop == GeneratedShop.Key).ExecuteUpdateAsync(set => set.SetProperty(row => row.ScannedAt, DateTimeOffset.UnixEpoch));
        var desk = services.GetRequiredService<BackfillDesk>();
        var plan = new BackfillPlan { Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = PricedProvider.ProviderKey }] } };
        var cpu = Cpu();
        var backfill = await desk.CreateAsync(GeneratedShop.Key, "Everything", plan, products: null, new Requester("benchmark", GenerationOrigin.Click), CancellationToken.None);
        await desk.QuoteAsync(backfill.Id, CancellationToken.None);
        Tell("click CPU ms", (Cpu() - cpu) * 1000);
        await MeasureAsync("plan us", products, async () =>
        {
            while (await services.GetRequiredService<BackfillWork>().MoveNextAsync(CancellationToken.None))
            {
                if ((await desk.GetAsync(backfill.Id, CancellationToken.None)).State is BackfillState.Quoted)
                    break;
            }
        });
        var quoted = await desk.GetAsync(backfill.Id, CancellationToken.None);
        if (quoted.Quote?.Videos != products)
            throw new InvalidOperationException($"{quoted.Quote?.Videos} videos were quoted: {quoted.Problem?.OperatorText}");
        cpu = Cpu();
        await desk.StartAsync(backfill.Id, quoted.Quote.Prices, "benchmark", CancellationToken.None);
        Tell("start CPU ms", (Cpu() - cpu) * 1000);
        var watch = Stopwatch.StartNew();
        await desk.ProgressAsync(quoted, CancellationToken.None);
        Tell("progress ms", watch.Elapsed.TotalMilliseconds);
    }

    private static async Task OrderAsync(ServiceProvider services)
    {
        services.GetRequiredService<BackfillsOptions>().Ahead = Orders;
        await MeasureAsync("order us", Orders, async () =>
        {
            while (await CountAsync(services) < Orders && await services.GetRequiredService<BackfillWork>().MoveNextAsync(CancellationToken.None))
                Thread.Yield();
        });
    }

    private static async Task<int> CountAsync(ServiceProvider services)
    {
        await using var db = await Open(services);
        return await db.Generations.CountAsync();
    }

    private static async Task ScanAsync(IServiceProvider services)
    {
        var (scan, watched) = (services.GetRequiredService<CatalogScan>(), services.GetRequiredService<WatchedShops>());
        do
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
            await db.WatchedShops.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, DateTimeOffset.UnixEpoch));
            await scan.ScanNextAsync(CancellationToken.None);
        }
        while ((await watched.FindAsync(GeneratedShop.Key, CancellationToken.None))?.ScannedAt is null);
    }

    private static IEnumerable<CatalogProduct> Sorted(GeneratedShop shop, int products) => Enumerable.Range(0, products).Select(number => (Id: GeneratedShop.IdOf(number), number))
        .OrderBy(pair => pair.Id, StringComparer.Ordinal).Select(pair => CatalogProduct.Of(shop.Product(pair.number), DateTimeOffset.UnixEpoch));

    internal static async Task<double> SizeAsync(ServiceProvider services, string folder, string database)
    {
        if (database.Length == 0)
            return new DirectoryInfo(folder).EnumerateFiles("productvideo.db*").Sum(file => file.Length) / 1e6;
        await using var db = await Open(services);
        return (await db.Database.SqlQuery<long>($"""SELECT pg_database_size(current_database()) AS "Value" """).ToListAsync())[0] / 1e6;
    }

    private static async Task MeasureAsync(string what, int rows, Func<Task> act)
    {
        var (cpu, watch) = (Cpu(), Stopwatch.StartNew());
        await act();
        Tell(what, (Cpu() - cpu) * 1e6 / rows);
        Tell(what.Replace(" us", " rows/s", StringComparison.Ordinal), rows / watch.Elapsed.TotalSeconds);
    }

    internal static void Tell(string what, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:0.###}"));

    internal static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    internal static Task<ProductVideoDb> Open(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();

    /// <param name="folder">The data folder.</param>
    /// <param name="database">A connection string; empty for a file in the folder.</param>
    /// <param name="shop">The only shop.</param>
    /// <param name="provider">Who takes the orders; null where nothing is sent.</param>
    internal static ServiceProvider Services(string folder, string database, GeneratedShop shop, Uri? provider = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<IStorefront>(shop);
        services.AddSingleton<IVideoProvider>(new PricedProvider(provider));
        services.AddProductVideo(options =>
        {
            options.DataFolder = folder;
            options.Roles = ProcessRoles.Web;
            if (database.Length > 0)
                options.Database = new DatabaseOptions { Engine = DatabaseOptions.Postgres, ConnectionString = database };
        });
        return services.BuildServiceProvider();
    }
}
