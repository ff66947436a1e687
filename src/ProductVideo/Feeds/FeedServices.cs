using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;

namespace ProductVideo.Feeds;

/// <summary>Registers the feeds.</summary>
internal static class FeedServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindSection(FeedOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FeedOptions>, FeedOptionsValidation>());
        services.TryAddSingleton<FeedTokens>();
        services.TryAddSingleton<PublishedClips>();
        services.TryAddSingleton<FeedItems>();
        services.TryAddSingleton(provider => new ProductFeeds(
            provider.GetRequiredService<FeedItems>(), provider.GetRequiredService<FeedTokens>(), provider.GetRequiredService<Shops>(),
            provider.GetRequiredService<IOptions<FeedOptions>>(), provider.GetRequiredService<ProductVideoOptions>()));
    }
}
