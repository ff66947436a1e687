using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Backfills;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Rendering;
using ProductVideo.Webhooks.Inbox;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Jobs;

/// <summary>
/// Runs all background work on Hangfire: wake-ups, the sweep and the renderers. Its storage is its own, so a host that uses Hangfire
/// itself is not disturbed, and holds nothing that the rows don't: it starts empty. On PostgreSQL wake-ups go through tables that the
/// nodes share; the sweep and the renderers never depend on those.
/// </summary>
internal sealed class JobsHost : IHostedService, IWakeGenerations, IDisposable
{
    private readonly IServiceProvider _services;
    private readonly ProductVideoOptions _options;
    /// <summary>Nobody looks back at a job that has ended.</summary>
    private readonly InMemoryStorage _storage = new(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(1) });
    private readonly BackgroundJobClient _client;
    private readonly ILogger<JobsHost> _log;
    private BackgroundJobServer? _server;
    private SharedWakes? _shared;

    public JobsHost(IServiceProvider services, ProductVideoOptions options, ILogger<JobsHost> log)
    {
        _log = log;
        _services = services;
        _options = options;
        _client = new BackgroundJobClient(_storage);
    }

    /// <summary>Longer than a submit may take: a paid request in flight is never cut off.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(40);

    /// <summary>An endpoint is served by one sender at a time, so that a few slow ones leave room for the others.</summary>
    private const int WebhookSenders = 3;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsWorker && !_options.Has(ProcessRoles.Render))
            return Task.CompletedTask;
        _server = new BackgroundJobServer(ServerOptions(), _storage, Processes());
        if (IsWorker && _options.Database is { IsPostgres: true, ConnectionString: { } connectionString })
            _shared = SharedWakes.Start(connectionString, Activator(), _log);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
            return;
        _server.SendStop();
        if (_shared is not null)
            await _shared.StopAsync(cancellationToken);
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Where this process is no worker, a worker's sweep finds what is due.</summary>
    public void Wake(Guid id)
    {
        if (IsWorker && _shared?.TryWake(id) is not true)
            WakeHere(id);
    }

    /// <summary>This node looks.</summary>
    public void WakeHere(Guid id) => _client.Enqueue<WakeJob>(job => job.RunAsync(id, CancellationToken.None));

    public void Dispose()
    {
        _shared?.Dispose();
        _server?.Dispose();
        _storage.Dispose();
    }

    private bool IsWorker => _options.Has(ProcessRoles.Worker);

    private AspNetCoreJobActivator Activator() => new(_services.GetRequiredService<IServiceScopeFactory>());

    private BackgroundJobServerOptions ServerOptions() => new()
    {
        Activator = Activator(),
        WorkerCount = Math.Max(4, Environment.ProcessorCount),
        ShutdownTimeout = Drain,
        // A clicked video should not wait for the next poll of the queue.
        SchedulePollingInterval = TimeSpan.FromSeconds(1),
    };

    private IEnumerable<IBackgroundProcess> Processes() =>
        (IsWorker ? Workers() : []).Concat(_options.Has(ProcessRoles.Render) ? Renderers() : []);

    private IEnumerable<IBackgroundProcess> Renderers()
    {
        var workers = _services.GetRequiredService<RenderSettings>().Workers;
        for (var i = 0; i < workers; i++)
            yield return OneByOne("Renderer", _services.GetRequiredService<RenderWorker>().RenderNextAsync, TimeSpan.FromMilliseconds(500));
        // Beside the others: a click never waits for a backfill's clip to end.
        if (workers > 0)
            yield return OneByOne("Express renderer", _services.GetRequiredService<RenderWorker>().RenderExpressAsync, TimeSpan.FromMilliseconds(500));
    }

    private IEnumerable<IBackgroundProcess> Workers()
    {
        yield return ActivatorUtilities.CreateInstance<SweepProcess>(_services);
        var rest = TimeSpan.FromSeconds(1);
        yield return OneByOne("Webhook inbox", _services.GetRequiredService<InboxWork>().FollowNextAsync, rest);
        yield return OneByOne("Catalogue scan", _services.GetRequiredService<CatalogScan>().ScanNextAsync, rest);
        yield return OneByOne("Backfill", _services.GetRequiredService<BackfillWork>().MoveNextAsync, rest);
        yield return OneByOne("Look at changed products", _services.GetRequiredService<ProductLook>().LookNextAsync, rest);
        // While nothing is to be sent, all of them together look once in that time.
        for (var i = 0; i < WebhookSenders; i++)
            yield return OneByOne("Webhook sender", _services.GetRequiredService<WebhookSender>().SendNextAsync, rest * WebhookSenders);
        yield return OneByOne("Housekeeping", _services.GetRequiredService<Housekeeping>().DoNextAsync, TimeSpan.FromMinutes(1));
    }

    private OneByOneProcess OneByOne(string what, Func<CancellationToken, Task<bool>> next, TimeSpan rest) =>
        new(what, next, rest, _services.GetRequiredService<DatabaseOutage>(), _services.GetRequiredService<ILogger<OneByOneProcess>>());
}
