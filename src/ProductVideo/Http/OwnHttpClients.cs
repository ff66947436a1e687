using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Http;

/// <summary>Named clients of the host's factory that are the same in every host.</summary>
internal static class OwnHttpClients
{
    /// <summary>
    /// Adds a client that takes nothing from <c>ConfigureHttpClientDefaults</c>. A host's defaults are meant for its own calls: they send a failed
    /// one again, end it after some seconds, or add a credential.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="configure">Time and size of an answer.</param>
    /// <param name="handler">What sends.</param>
    public static IHttpClientBuilder AddOwnHttpClient(this IServiceCollection services, string name, Action<HttpClient> configure, Func<SocketsHttpHandler> handler) =>
        services.AddHttpClient(name, client =>
        {
            client.DefaultRequestHeaders.Clear();
            configure(client);
        })
        .ConfigurePrimaryHttpMessageHandler(handler)
        // Runs behind the defaults, whatever the order in which they were written down. What logs is added elsewhere.
        .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
}
