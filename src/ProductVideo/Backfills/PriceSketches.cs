using ProductVideo.Accounts;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;

namespace ProductVideo.Backfills;

/// <summary>Makes the price sketch of a backfill: with the providers that would be asked for it now.</summary>
internal sealed class PriceSketches(
    ProviderLists lists, VideoProviders providers, Retirements retirements, Composer composer, TemplateCatalog templates, BrandKits brands)
{
    /// <exception cref="RefusedException">There is no such shop, or its looks can't be read.</exception>
    public async Task<PriceSketch> ForAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        var brand = await brands.ForAsync(backfill.Shop, VideoWishes.None, cancellationToken);
        return new PriceSketch(await ChoicesAsync(backfill, cancellationToken), backfill.Plan.Recipe, brand, providers, retirements, composer, templates);
    }

    /// <summary>The providers that may make its videos, and whether they are set up and offer what it takes now.</summary>
    public async Task<IReadOnlyList<(string Provider, bool Offers)>> MakersAsync(Backfill backfill, CancellationToken cancellationToken) =>
    [
        .. (await ChoicesAsync(backfill, cancellationToken)).Where(choice => choice.Only.FitsOrigin(GenerationOrigin.Backfill))
            .GroupBy(choice => choice.Provider, StringComparer.Ordinal).Select(of => (of.Key, of.Any(providers.Offers))),
    ];

    private async Task<IReadOnlyList<ProviderChoice>> ChoicesAsync(Backfill backfill, CancellationToken cancellationToken) =>
        ListOf(backfill) is { } own ? own.Choices
        : await lists.FindAsync(backfill.Shop, cancellationToken) is { } list ? [.. list.Choices, .. LastResort.Of(providers.All, list)]
        : [new ProviderChoice { Provider = providers.Get(null).Key }];

    /// <summary>The recipe's providers, and nobody else; null where the shop's list decides.</summary>
    public static ProviderList? ListOf(Backfill backfill) =>
        backfill.Plan.Recipe.Providers is { Count: > 0 } chosen ? new ProviderList { Choices = chosen } : null;
}
