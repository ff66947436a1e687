using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>The times and the correlation class by which one generation is decided.</summary>
internal static class GenerationRules
{
    private static readonly TimeSpan MaxFreeRendering = TimeSpan.FromDays(7);

    public static MachineRules RulesFor(this VideoProviders providers, Generation generation, PipelineOptions options)
    {
        var capabilities = providers.CapabilitiesOf(generation.Order);
        return new MachineRules
        {
            // A stand-in sends nothing, so it can be asked again like a provider that takes keys.
            Correlation = capabilities?.Correlation ?? CorrelationClass.Key,
            IsAway = capabilities is null,
            RefusesSameName = capabilities?.RefusesSameNonce ?? false,
            Price = capabilities is not null && generation.State is GenerationState.Planned ? PriceOf(providers.ForOrder(generation.Order.Provider), generation.Order.Request) : null,
            Lease = options.Lease,
            Settle = options.Settle,
            FirstLook = TimeSpan.FromTicks(Math.Min((capabilities?.FirstLook ?? TimeSpan.Zero).Ticks, options.LongestFirstLook.Ticks)),
            ResultLifetime = capabilities?.ResultLifetime,
            KeepsTasks = capabilities?.KeepsTasks ?? TimeSpan.Zero,
            // A free render waits in our own queue, and nothing about its cost is in doubt.
            MaxRendering = capabilities?.Billing is BillingRule.Free ? MaxFreeRendering : options.MaxRendering,
        };
    }

    private static Money? PriceOf(IVideoProvider provider, VideoRequest request)
    {
        try
        {
            return provider.EstimatePrice(request).Amount;
        }
        catch (RefusedException)
        {
            // The price list no longer has it: what was told when it was ordered stands.
            return null;
        }
    }
}
