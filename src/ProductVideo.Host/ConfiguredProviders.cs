using ProductVideo.Providers.DashScope;
using ProductVideo.Providers.Fal;
using ProductVideo.Providers.GeminiOmni;
using ProductVideo.Providers.Kling;
using ProductVideo.Providers.LocalAi;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Providers.OpenRouter;
using ProductVideo.Providers.Replicate;
using ProductVideo.Providers.Runway;
using ProductVideo.Providers.Seedance;

namespace ProductVideo.Host;

/// <summary>Providers that are switched on by their settings, one line each. The local renderer is always there.</summary>
internal static class ConfiguredProviders
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (IsSet("HappyHorse:ApiKey"))
            services.AddHappyHorse();
        if (IsSet("Wan:ApiKey"))
            services.AddWan();
        if (IsSet("Seedance:ApiKey"))
            services.AddSeedance();
        if (IsSet("Kling:ApiKey"))
            services.AddKling();
        if (IsSet("Runway:ApiKey"))
            services.AddRunway();
        if (IsSet("Fal:ApiKey"))
            services.AddFal();
        if (IsSet("Replicate:ApiKey"))
            services.AddReplicate();
        if (IsSet("GeminiOmni:ApiKey"))
            services.AddGeminiOmni();
        if (IsSet("OpenRouter:ApiKey"))
            services.AddOpenRouter();
        if (IsSet("LocalAi:BaseAddress"))
            services.AddLocalAi();
        foreach (var server in configuration.GetSection("ProductVideo:OpenAiVideos:Servers").GetChildren())
            services.AddOpenAiVideos(server.Key);

        bool IsSet(string setting) => !string.IsNullOrWhiteSpace(configuration["ProductVideo:" + setting]);
    }
}
