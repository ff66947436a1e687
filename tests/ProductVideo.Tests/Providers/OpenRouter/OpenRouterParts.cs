using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenRouter;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.OpenRouter;

/// <summary>The adapter before its fake.</summary>
internal static class OpenRouterParts
{
    public static OpenRouterOptions Options(FakeOpenRouter fake, params string[] models)
    {
        var options = new OpenRouterOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = fake.Base };
        foreach (var model in models.Length > 0 ? models : [OpenRouterModels.BySound])
            options.Models.Add(model);
        return options;
    }

    public static OpenRouterCatalog Catalog(this RemoteParts parts, OpenRouterOptions options, ILogger<OpenRouterCatalog>? log = null) =>
        new(options, parts.Exchange, parts.Blobs, parts.Clock, log ?? NullLogger<OpenRouterCatalog>.Instance);

    public static OpenRouterVideoProvider Provider(this RemoteParts parts, OpenRouterOptions options, OpenRouterCatalog catalog) =>
        new(options, catalog, parts.Exchange, parts.Carrier, parts.Clock, NullLogger<OpenRouterVideoProvider>.Instance);

    /// <summary>Once the list was read.</summary>
    public static async Task<OpenRouterVideoProvider> ReadProviderAsync(this RemoteParts parts, OpenRouterOptions options)
    {
        var catalog = parts.Catalog(options);
        await catalog.ReadAsync(CancellationToken.None);
        return parts.Provider(options, catalog);
    }

    public static VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = "720p",
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 960, 960)],
    };
}
