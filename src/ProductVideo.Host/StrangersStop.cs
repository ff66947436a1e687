using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace ProductVideo.Host;

/// <summary>
/// Ends what is still open at a stop after some seconds. Once the server is told to stop, none of its own limits ends a request that is half
/// sent, so that one connection, of anybody, would use up the time that is there for paid requests.
/// </summary>
internal sealed class StrangersStop(IServer server, TimeProvider clock) : IServer
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public IFeatureCollection Features => server.Features;

    /// <summary>Puts it around the server that the services have.</summary>
    public static void Limit(IServiceCollection services)
    {
        var kept = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(kept);
        services.AddSingleton<IServer>(provider => new StrangersStop(
            (IServer)(kept.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, kept.ImplementationType!)),
            provider.GetRequiredService<TimeProvider>()));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull =>
        server.StartAsync(application, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await server.StopAsync(either.Token);
    }

    public void Dispose() => server.Dispose();
}
