using ProductVideo.Providers;

namespace ProductVideo.Choosing;

/// <summary>A listing is never left empty for want of a provider: what films the photographs themselves, for nothing, comes last.</summary>
internal static class LastResort
{
    /// <summary>The lines behind those of the list; none where the list has them itself.</summary>
    public static IEnumerable<ProviderChoice> Of(IEnumerable<IVideoProvider> providers, ProviderList list) =>
        from provider in providers
        where provider.Models is [var first, ..] && provider.Capabilities(first) is { Billing: BillingRule.Free, KeepsPixels: true }
            && !list.Choices.Any(choice => choice.Provider == provider.Key && choice.Only.IsAny)
        select new ProviderChoice { Provider = provider.Key };
}
