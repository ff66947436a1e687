using Nop.Core.Domain.Catalog;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>What the shop says of a product in tables of their own: who makes it, where it stands, what it is made of.</summary>
public sealed class ProductFacts(
    IManufacturerService manufacturers, ICategoryService categories, IProductTagService tags, ISpecificationAttributeService specifications, ILocalizationService localization)
{
    public async Task<IReadOnlyList<string>> ManufacturersAsync(Product product, int? language)
    {
        var names = new List<string>();
        foreach (var one in await manufacturers.GetProductManufacturersByProductIdAsync(product.Id, showHidden: true))
        {
            if (await manufacturers.GetManufacturerByIdAsync(one.ManufacturerId) is { Published: true, Deleted: false } maker)
                names.Add(await localization.GetLocalizedAsync(maker, it => it.Name, language));
        }

        return names;
    }

    public async Task<IReadOnlyList<string>> CategoriesAsync(Product product, int? language)
    {
        var names = new List<string>();
        foreach (var one in await categories.GetProductCategoriesByProductIdAsync(product.Id, showHidden: true))
        {
            if (await categories.GetCategoryByIdAsync(one.CategoryId) is { Published: true, Deleted: false } category)
                names.Add(await localization.GetLocalizedAsync(category, it => it.Name, language));
        }

        return names;
    }

    public async Task<IReadOnlyList<string>> TagsAsync(Product product, int? language)
    {
        var names = new List<string>();
        foreach (var tag in (await tags.GetAllProductTagsByProductIdAsync(product.Id)).OrderBy(tag => tag.Id))
            names.Add(await localization.GetLocalizedAsync(tag, it => it.Name, language));
        return names;
    }

    /// <summary>Those that stand on the product's page.</summary>
    public async Task<IReadOnlyList<NamedValue>> SpecificationsAsync(Product product, int? language)
    {
        var values = new List<NamedValue>();
        foreach (var one in await specifications.GetProductSpecificationAttributesAsync(product.Id, showOnProductPage: true))
        {
            if (await specifications.GetSpecificationAttributeOptionByIdAsync(one.SpecificationAttributeOptionId) is not { } option
                || await specifications.GetSpecificationAttributeByIdAsync(option.SpecificationAttributeId) is not { } attribute)
                continue;
            var value = one.AttributeType switch
            {
                SpecificationAttributeType.Option => await localization.GetLocalizedAsync(option, it => it.Name, language),
                SpecificationAttributeType.CustomText => await localization.GetLocalizedAsync(one, it => it.CustomValue, language),
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(value))
                values.Add(new(await localization.GetLocalizedAsync(attribute, it => it.Name, language), value));
        }

        return values;
    }
}

/// <summary>The combinations of attributes that a product is sold in.</summary>
public sealed class ProductVariants(IProductAttributeService attributes, IProductAttributeParser parser, ILocalizationService localization, ProductPrices prices)
{
    public async Task<IReadOnlyList<VariantView>> OfAsync(Product product, int? language)
    {
        var views = new List<VariantView>();
        foreach (var combination in (await attributes.GetAllProductAttributeCombinationsAsync(product.Id)).OrderBy(one => one.Id))
        {
            var picture = (await attributes.GetProductAttributeCombinationPicturesAsync(combination.Id)).FirstOrDefault();
            views.Add(new(combination.Id, combination.Sku, await prices.OfAsync(product, combination), await OptionsAsync(combination, language), picture?.PictureId));
        }

        return views;
    }

    private async Task<IReadOnlyList<NamedValue>> OptionsAsync(ProductAttributeCombination combination, int? language)
    {
        var options = new List<NamedValue>();
        foreach (var mapping in await parser.ParseProductAttributeMappingsAsync(combination.AttributesXml))
        {
            if (await attributes.GetProductAttributeByIdAsync(mapping.ProductAttributeId) is not { } attribute)
                continue;
            var names = new List<string>();
            foreach (var value in await parser.ParseProductAttributeValuesAsync(combination.AttributesXml, mapping.Id))
                names.Add(await localization.GetLocalizedAsync(value, it => it.Name, language));
            if (names.Count > 0)
                options.Add(new(await localization.GetLocalizedAsync(attribute, it => it.Name, language), string.Join(", ", names)));
        }

        return options;
    }
}
