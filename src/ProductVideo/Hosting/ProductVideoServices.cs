using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.BlobStores.Files;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Connecting;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Data.Postgres;
using ProductVideo.Data.Sqlite;
using ProductVideo.Exports;
using ProductVideo.Feeds;
using ProductVideo.Health;
using ProductVideo.Http;
using ProductVideo.Imaging;
using ProductVideo.Jobs;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;
using ProductVideo.PromptTemplates;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using ProductVideo.Providers.Local;
using ProductVideo.Rendering;
using ProductVideo.Security;
using ProductVideo.Spending;
using ProductVideo.Webhooks;

namespace ProductVideo.Hosting;

/// <summary>Adds ProductVideo to an ASP.NET Core application.</summary>
public static class ProductVideoServices
{
    /// <summary>What a host gives its services at least to stop: longer than a paid request in flight may take to end.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Adds ProductVideo with its embedded defaults: a SQLite database and a folder of files under
    /// <see cref="ProductVideoOptions.DataFolder"/>, jobs in this process, and the local renderer. Needs
    /// <c>app.MapProductVideo()</c> to be reachable; until shops are added there is nothing to film.
    /// </summary>
    public static ProductVideoBuilder AddProductVideo(this IServiceCollection services, Action<ProductVideoOptions>? configure = null)
    {
        services.AddOptions<ProductVideoOptions>().BindConfiguration(ProductVideoOptions.Section).Configure(configure ?? (_ => { })).ValidateOnStart();
        if (services.Any(service => service.ServiceType == typeof(JobsHost)))
            return new ProductVideoBuilder(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProductVideoOptions>, ProductVideoOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProductVideoOptions>, KnownSections.Validation>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ProductVideoOptions>>().Value);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LoggerFilterOptions>, UnloggedAddresses>());
        // A host that gives more knows why.
        services.AddOptions<HostOptions>().PostConfigure<HealthOptions>((host, health) =>
            host.ShutdownTimeout = host.ShutdownTimeout > health.Drain + StopTime ? host.ShutdownTimeout : health.Drain + StopTime);

        AddData(services);
        AddPipeline(services);
        AccountServices.Add(services);
        AddLocalRenderer(services);
        AddSecurity(services);
        WebhookServices.Add(services);
        FeedServices.Add(services);
        ChangesServices.Add(services);
        BackfillServices.Add(services);
        HealthServices.Add(services);
        services.AddOpenApi(ApiEndpoints.Document, ApiDescription.Configure);

        services.AddHostedService<FontsStart>();
        // Started in this order: no job may run before the tables exist.
        services.AddHostedService<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ConnectedShops>());
        services.AddHostedService<SpendingStart>();
        services.AddHostedService<LimitsStart>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookCare>());
        services.AddHostedService<Gauges>();
        services.AddSingleton<JobsHost>();
        services.AddHostedService(provider => provider.GetRequiredService<JobsHost>());
        services.TryAddSingleton<IWakeGenerations>(provider => provider.GetRequiredService<JobsHost>());
        return new ProductVideoBuilder(services);
    }

    private static void AddData(IServiceCollection services)
    {
        services.TryAddSingleton(provider => Engine(
            provider.GetRequiredService<ProductVideoOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteEngine>>()));
        services.TryAddSingleton<IDbContextFactory<ProductVideoDb>>(provider => provider.GetRequiredService<IDatabaseEngine>());
        services.TryAddSingleton<IDatabaseClock>(provider => provider.GetRequiredService<IDatabaseEngine>());
        services.TryAddSingleton<IDatabasePlace>(provider => provider.GetRequiredService<IDatabaseEngine>());
        services.TryAddSingleton<DatabaseOutage>();
        services.TryAddSingleton<GenerationStore>();
        services.TryAddSingleton<BatchTurn>();
        services.TryAddSingleton<GenerationClaims>();
        services.TryAddSingleton<GenerationBatch>();
        services.TryAddSingleton<IdempotencyKeys>();
        services.TryAddSingleton(provider => provider.GetRequiredService<ProductVideoOptions>().Archive);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChore, GenerationArchive>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChore, LeftOutProducts>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChore, DeletedBackfills>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, ArchivedTasks>());
        services.TryAddSingleton<Housekeeping>();
        services.TryAddSingleton<ListedClips>();
        SpendingServices.Add(services);
        services.TryAddSingleton<IRenderOrders, RenderOrders>();
        services.TryAddSingleton(provider => new FileBlobOptions { Root = provider.GetRequiredService<ProductVideoOptions>().Blobs });
        services.TryAddSingleton<Blobs.IBlobStore, FileBlobStore>();
    }

    private static IDatabaseEngine Engine(ProductVideoOptions options, TimeProvider clock, ILogger<SqliteEngine> log) => options.Database.IsPostgres
        ? new PostgresEngine(options.Database.ConnectionString!)
        : new SqliteEngine(options.SqliteFile, clock, log);

    private static void AddPipeline(IServiceCollection services)
    {
        services.AddSafeDownload();
        services.AddSettings<PipelineOptions>("Pipeline", options => options.Mistakes());
        services.AddOptions<PipelineOptions>().Configure<ProductVideoOptions>((pipeline, all) =>
        {
            PrivateFolder.Make(all.DataFolder);
            pipeline.WorkFolder = Directory.CreateDirectory(all.Work).FullName;
        });
        services.AddOptions<ShopDownloads>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ShopDownloads>>().Value);
        services.TryAddSingleton(provider => Templates(provider.GetRequiredService<ProductVideoOptions>()));
        services.TryAddSingleton<Composer>();
        services.TryAddSingleton<ImageFitter>();
        services.TryAddSingleton<VideoProviders>();
        services.TryAddSingleton<Shops>();
        services.TryAddSingleton<ProductSnapshots>();
        services.TryAddSingleton<ClipsToChange>();
        services.TryAddSingleton<ProductThumbnails>();
        services.TryAddSingleton<BrandKits>();
        services.TryAddSingleton<Ordering>();
        services.TryAddSingleton<ClipLikeness>();
        services.TryAddSingleton<ClipJudge>();
        services.TryAddSingleton<ShopLabels>();
        services.TryAddSingleton<IDecideLabels>(provider => provider.GetRequiredService<ShopLabels>());
        services.TryAddSingleton<ClipLabels>();
        ProvenanceServices.Add(services);
        services.TryAddSingleton<ClipFetch>();
        services.TryAddSingleton<ClipPublish>();
        services.TryAddSingleton<LateWrites>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, Replacing>());
        services.TryAddSingleton<GenerationChanges>();
        services.TryAddSingleton<LostSubmits>();
        services.TryAddSingleton<LateDuplicates>();
        services.TryAddSingleton<RestoredBackup>();
        services.TryAddSingleton<Creating>();
        services.TryAddSingleton<Previews>();
        ChoosingServices.Add(services);
        ConnectingServices.Add(services);
        services.TryAddSingleton<Acting>();
        services.TryAddSingleton<Advance>();
        services.TryAddSingleton<BatchAnswers>();
        services.TryAddSingleton<BatchRefusals>();
        services.TryAddSingleton<BatchAdvance>();
        services.TryAddSingleton<Sweep>();
        services.TryAddSingleton(provider => new VideoGenerations(
            provider.GetRequiredService<Ordering>(), provider.GetRequiredService<ChosenOrders>(), provider.GetRequiredService<Previews>(),
            provider.GetRequiredService<Creating>(), provider.GetRequiredService<GenerationStore>(), provider.GetRequiredService<LostSubmits>(),
            provider.GetRequiredService<LateDuplicates>(), provider.GetRequiredService<IdempotencyKeys>(), provider.GetRequiredService<GenerationChanges>(),
            provider.GetRequiredService<IWakeGenerations>()));
        services.TryAddSingleton<ReviewQueue>();
        services.TryAddSingleton<SideBySide>();
    }

    private static void AddLocalRenderer(IServiceCollection services)
    {
        services.AddSettings<LocalOptions>("Local", options => options.Mistakes());
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<LocalOptions>();
            return FfmpegTool.Find(options.FfmpegPath, options.FfprobePath);
        });
        services.TryAddSingleton<ClipRenderer>();
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<LocalOptions>();
            return new RenderSettings(provider.GetRequiredService<PipelineOptions>().WorkFolder, options.ShortSide, options.Workers);
        });
        services.TryAddSingleton<RenderWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IVideoProvider, LocalVideoProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChore, EndedRenderOrders>(
            provider => ActivatorUtilities.CreateInstance<EndedRenderOrders>(provider, LocalVideoProvider.ProviderKey)));
    }

    private static void AddSecurity(IServiceCollection services)
    {
        ProductVideoAuth.Add(services);
        services.TryAddSingleton<KeyRules>();
        services.TryAddSingleton(provider => new ApiKeys(
            provider.GetRequiredService<IDbContextFactory<ProductVideoDb>>(), provider.GetRequiredService<KeyRules>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ApiKeys>>()));
        services.TryAddSingleton(provider => new SignInLinks(
            provider.GetRequiredService<IDbContextFactory<ProductVideoDb>>(), provider.GetRequiredService<TimeProvider>()));
        // The ring of keys is the host's: a name or a folder set here would make its own cookies unreadable.
        services.AddDataProtection();
    }

    private static TemplateCatalog Templates(ProductVideoOptions options)
    {
        var builtIn = TemplateFolder.Read(Path.Combine(AppContext.BaseDirectory, "PromptTemplates"));
        if (options.TemplateFolder is not { } own)
            return TemplateCatalog.Parse(builtIn);
        var theirs = TemplateFolder.Read(own);
        return TemplateCatalog.Parse(builtIn.Where(folder => theirs.All(t => t.Key != folder.Key)).Concat(theirs));
    }
}
