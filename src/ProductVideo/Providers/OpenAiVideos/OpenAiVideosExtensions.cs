using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Exchange;
using ProductVideo.Hosting;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>Opts into servers that speak <c>/v1/videos</c>.</summary>
public static class OpenAiVideosExtensions
{
    /// <summary>Adds one server, with the settings of <c>ProductVideo:OpenAiVideos:Servers:NAME</c>; its provider key is the name in lower case.</summary>
    public static IServiceCollection AddOpenAiVideos(this IServiceCollection services, string name, Action<OpenAiVideosServer>? configure = null)
    {
        services.AddProviderExchange();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenAiVideosServer>, OpenAiVideosValidation>());
        services.AddOptions<OpenAiVideosServer>(name).BindSection("ProductVideo:OpenAiVideos:Servers:" + name).Configure(configure ?? (_ => { })).ValidateOnStart();
        // A GPU makes one clip after the other, and what waits at the server is lost when it restarts.
        services.PostConfigure<AccountsOptions>(accounts => accounts.Assume(OpenAiVideosProvider.KeyOf(name), maxInFlight: 2));
        services.AddSingleton<IVideoProvider>(provider => Create(provider, name));
        return services;
    }

    private static OpenAiVideosProvider Create(IServiceProvider provider, string name)
    {
        var server = provider.GetRequiredService<IOptionsMonitor<OpenAiVideosServer>>().Get(name);
        var (exchange, pictures) = (provider.GetRequiredService<ProviderExchange>(), provider.GetRequiredService<PictureCarrier>());
        var (clock, log) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenAiVideosProvider>>());
        var preset = OpenAiVideosPreset.Of(server.Preset)!;
        return preset == OpenAiVideosPreset.VllmOmni
            ? new VllmOmniProvider(name, server, exchange, pictures, clock, log)
            : new OpenAiVideosProvider(name, server, preset, exchange, pictures, clock, log);
    }
}
