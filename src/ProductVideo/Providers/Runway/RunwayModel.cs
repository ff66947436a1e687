namespace ProductVideo.Providers.Runway;

/// <summary>A model and what the documentation says of it.</summary>
/// <param name="Id">As sent.</param>
/// <param name="CreditsPerSecond">Of clip, by the price list.</param>
/// <param name="Capabilities">What it takes and gives.</param>
internal sealed record RunwayModel(string Id, decimal CreditsPerSecond, ProviderCapabilities Capabilities)
{
    /// <summary>The credits that a clip takes by these settings.</summary>
    public decimal Credits(RunwayOptions options, decimal seconds) =>
        seconds * (options.CreditsPerSecond.TryGetValue(Id, out var own) ? own : CreditsPerSecond);
}
