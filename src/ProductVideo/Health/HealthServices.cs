using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Hosting;

namespace ProductVideo.Health;

/// <summary>
/// Whether this server is alive, and whether it is fit for work. A provider or a shop that is away makes no server unfit: starting it anew
/// would not bring that back.
/// </summary>
internal static class HealthServices
{
    private const string Tag = "productvideo";

    /// <summary>Checks have one name each in a host, and "database" may be the host's own.</summary>
    private const string Prefix = "productvideo-";

    public static void Add(IServiceCollection services)
    {
        services.AddSettings<HealthOptions>("Health", options => options.Mistakes());
        services.TryAddSingleton<SweepBeat>();
        services.TryAddSingleton<DatabaseCheck>();
        services.TryAddSingleton<StorageCheck>();
        services.TryAddSingleton<DiskCheck>();
        services.TryAddSingleton<SweepCheck>();
        services.TryAddSingleton<StoppingCheck>();
        services.TryAddSingleton(typeof(Patient<>));
        services.AddHostedService<Draining>();
        services.AddHealthChecks()
            .AddCheck<StoppingCheck>(Prefix + "stopping", tags: [Tag])
            .AddCheck<Patient<DatabaseCheck>>(Prefix + "database", tags: [Tag])
            .AddCheck<Patient<StorageCheck>>(Prefix + "storage", tags: [Tag])
            .AddCheck<Patient<DiskCheck>>(Prefix + "disk", tags: [Tag])
            .AddCheck<SweepCheck>(Prefix + "sweep", tags: [Tag]);
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", [HttpMethods.Get, HttpMethods.Head], () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Tag), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>Strangers see which part is unfit, operators find in the log why.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var unfit = report.Entries.Where(entry => entry.Value.Status is not HealthStatus.Healthy).Select(entry => entry.Key[Prefix.Length..]).ToList();
        return context.Response.WriteAsync(unfit.Count == 0 ? "ready" : $"not ready: {string.Join(", ", unfit)}", context.RequestAborted);
    }
}
