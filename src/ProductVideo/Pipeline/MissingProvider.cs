using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Stands in for a provider, or a model of one, that is no longer configured. It sends nothing, so every start is surely refused.</summary>
/// <param name="key">The provider's key.</param>
/// <param name="model">The model, where only that is gone.</param>
/// <param name="offersNone">Whether the provider is there and offers no model at the moment.</param>
internal sealed class MissingProvider(string key, string? model = null, bool offersNone = false) : IVideoProvider
{
    public string Key => key;

    public string DisplayName => key;

    public IReadOnlyList<string> Models => [];

    public ProviderCapabilities Capabilities(string model) => throw new ArgumentException($"Provider '{key}' is not configured.", nameof(model));

    public PriceEstimate EstimatePrice(VideoRequest request) => throw new InvalidOperationException($"Provider '{key}' is not configured.");

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
        Task.FromResult<StartOutcome>(new StartOutcome.Refused(Fault));

    public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        Task.FromResult<CheckOutcome>(new CheckOutcome.Refused(Fault));

    private ProviderFault Fault => offersNone
        ? new ProviderFault(
            ProviderFaultCode.Transient, $"Provider '{key}' offers no model at the moment; the log says why.",
            "This video's provider offers no model at the moment. It goes on by itself once it does.") { IsOurs = true }
        : model is null
        ? new ProviderFault(
            ProviderFaultCode.Transient, $"Provider '{key}' is not configured. Add it again, or give its videos up.",
            "This video's provider is not set up at the moment. It goes on once whoever runs the server adds it again.") { IsOurs = true }
        : new ProviderFault(
            ProviderFaultCode.Unsupported, $"Provider '{key}' no longer has the model '{model}'.",
            "The model that was chosen for this video is no longer offered. Make a new video of the product.");
}
