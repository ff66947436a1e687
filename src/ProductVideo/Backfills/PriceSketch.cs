using ProductVideo.Accounts;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// Prices videos of products by what the index knows of them: the same composer and price tables as an order, without reading the shop or
/// fetching a picture. Products that differ in nothing that a price depends on are priced once.
/// </summary>
internal sealed class PriceSketch(
    IReadOnlyList<ProviderChoice> choices, BackfillRecipe recipe, BrandKit brand, VideoProviders providers, Retirements retirements, Composer composer,
    TemplateCatalog templates)
{
    /// <summary>A picture as most shops have them; only its sides matter, and to few models.</summary>
    private const int Side = 1200;

    private readonly Dictionary<(int Choice, string? Free, string? FromPicture, int Pictures, string? Aspect), SketchedPrice?> _known = [];
    private readonly IReadOnlyList<ProductImage>[] _pictures = [.. Enumerable.Range(0, ProductSnapshots.MaxImages + 1).Select(Pictures)];

    /// <summary>Why the first of the recipe that has no price has none; null if all asked so far have one.</summary>
    public Problem? Unpriced { get; private set; }

    /// <returns>null if nobody of the recipe can make it.</returns>
    public SketchedPrice? Of(CatalogProduct product, string? aspect)
    {
        var snapshot = Snapshot(product);
        // A million products are gone through: what the recipe names needs no choice.
        var suited = recipe.Template is null ? templates.Choose(snapshot) : (SuitedTemplates?)null;
        for (var i = 0; i < choices.Count; i++)
        {
            if (!choices[i].Only.FitsProduct(snapshot, GenerationOrigin.Backfill))
                continue;
            // Which of the two it is, is known once the model's way of filming is.
            var key = (i, suited?.Free.Key, suited?.FromPicture.Key, snapshot.Images.Count, aspect);
            if (!_known.TryGetValue(key, out var price))
            {
                try
                {
                    _known[key] = price = Price(choices[i], snapshot, aspect);
                }
                catch (ComposeException e) when (e.IsOfWords)
                {
                    // That tells nothing about the next product.
                    continue;
                }
            }

            if (price is not null)
                return price;
        }

        return null;
    }

    /// <exception cref="ComposeException">The style can't be written for this product's words.</exception>
    private SketchedPrice? Price(ProviderChoice choice, ProductSnapshot snapshot, string? aspect)
    {
        if (!providers.Offers(choice))
            return null;
        var provider = providers.Get(choice.Provider);
        var model = choice.Model ?? retirements.FirstOf(provider);
        try
        {
            var wishes = recipe.WishesFor(aspect) with { Resolution = choice.Resolution };
            var composition = composer.Compose(snapshot, ComposeOptions.Of(wishes, provider.Key, model, provider.Capabilities(model), brand));
            return choice.Only.FitsClip(recipe.Seconds ?? composition.Seconds, composition.Aspect)
                ? new SketchedPrice(provider.Key, model, provider.EstimatePrice(RequestOf(snapshot, composition, model)).Amount, composition.Seconds, composition.Aspect) : null;
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.Invalid)
        {
            Unpriced ??= e.Problem;
            return null;
        }
        catch (Exception e) when (e is ComposeException { IsOfWords: false } or TemplateException)
        {
            // This one can't make it; the next of the recipe may.
            return null;
        }
    }

    private static VideoRequest RequestOf(ProductSnapshot snapshot, Composition composition, string model) => new()
    {
        Model = model,
        Mode = composition.Mode,
        Prompt = composition.Prompt,
        NegativePrompt = composition.NegativePrompt,
        Product = composition.Product,
        Images = [.. composition.ImageIndexes.Select(i => snapshot.Images[i]).Select(image => new RequestImage(ImageRole.Reference, image.BlobKey, "image/jpeg", Side, Side))],
        Seconds = composition.Seconds,
        Aspect = composition.Aspect,
        Resolution = composition.Resolution,
        Plan = composition.Plan,
    };

    private ProductSnapshot Snapshot(CatalogProduct product) => new()
    {
        Ref = product.Ref,
        Title = product.Title,
        ProductType = product.ProductType,
        Vendor = product.Vendor,
        Tags = product.Tags,
        Images = _pictures[Math.Min(product.Pictures, ProductSnapshots.MaxImages)],
        Price = product.Price,
        Version = product.Version,
    };

    private static IReadOnlyList<ProductImage> Pictures(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new ProductImage($"{i}", $"sketch/{i}", "", Side, Side, "jpeg", HasAlpha: false, AltText: null))];
}

/// <param name="Provider">Who would make it.</param>
/// <param name="Model">With which model.</param>
/// <param name="Price">For how much.</param>
/// <param name="Seconds">How long it would be.</param>
/// <param name="Aspect">The ratio that it would have.</param>
internal sealed record SketchedPrice(string Provider, string Model, Money Price, decimal Seconds, string Aspect);
