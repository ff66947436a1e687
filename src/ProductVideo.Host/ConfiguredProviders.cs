using ProductVideo.Hosting;
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
        Add<DashScopeOptions>("HappyHorse", "ApiKey", () => services.AddHappyHorse());
        Add<DashScopeOptions>("Wan", "ApiKey", () => services.AddWan());
        Add<SeedanceOptions>("Seedance", "ApiKey", () => services.AddSeedance());
        Add<KlingOptions>("Kling", "ApiKey", () => services.AddKling());
        Add<RunwayOptions>("Runway", "ApiKey", () => services.AddRunway());
        Add<FalOptions>("Fal", "ApiKey", () => services.AddFal());
        Add<ReplicateOptions>("Replicate", "ApiKey", () => services.AddReplicate());
        Add<GeminiOmniOptions>("GeminiOmni", "ApiKey", () => services.AddGeminiOmni());
        Add<OpenRouterOptions>("OpenRouter", "ApiKey", () => services.AddOpenRouter());
        Add<LocalAiOptions>("LocalAi", "BaseAddress", () => services.AddLocalAi());
        services.AddProductVideoSection("ProductVideo:OpenAiVideos", typeof(OpenAiVideosSettings));
        foreach (var server in configuration.GetSection("ProductVideo:OpenAiVideos:Servers").GetChildren())
            services.AddOpenAiVideos(server.Key);

        // What is not switched on is looked at too: its switch may be what is misspelt.
        void Add<TOptions>(string name, string switchedOnBy, Action add)
        {
            var section = "ProductVideo:" + name;
            if (string.IsNullOrWhiteSpace(configuration[$"{section}:{switchedOnBy}"]))
                services.AddProductVideoSection(section, typeof(TOptions));
            else
                add();
        }
    }

    private sealed class OpenAiVideosSettings
    {
        public Dictionary<string, OpenAiVideosServer> Servers { get; set; } = new(StringComparer.Ordinal);
    }
}
