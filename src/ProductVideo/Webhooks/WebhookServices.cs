using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Hosting;
using ProductVideo.Webhooks.Inbox;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Webhooks;

/// <summary>Registers both directions.</summary>
internal static class WebhookServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindSection(ProductVideoOptions.Section + ":Webhooks")
            .Validate(o => o.KeepFor >= TimeSpan.FromDays(4), "ProductVideo:Webhooks:KeepFor must be at least 4 days: so long is an event tried. Write 30 for 30 days.")
            .Validate(o => o.KeepFor <= TimeSpan.FromDays(3650), "ProductVideo:Webhooks:KeepFor must be at most 3650 days. Write 30 for 30 days.")
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<WebhookOptions>>().Value);
        services.TryAddSingleton<WebhookSources>();
        services.TryAddSingleton<WebhookInbox>();
        services.TryAddSingleton<InboxWork>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, GenerationEvents>());
        services.TryAddSingleton<EndpointSecrets>();
        services.TryAddSingleton<OutgoingWebhooks>();
        services.TryAddSingleton<WebhookDeliveries>();
        services.TryAddSingleton<AttemptStore>();
        services.TryAddSingleton<GuardedPost>();
        services.TryAddSingleton<WebhookSender>();
    }
}
