using System.Globalization;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Services.Catalog;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Media;
using Nop.Services.Seo;
using Nop.Services.Stores;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>The shop's products as shoppers of the connected store see them.</summary>
public sealed class ShopCatalogue(
    ShopFacts facts, IRepository<Product> products, IRepository<ProductPicture> productPictures, IRepository<ProductManufacturer> productManufacturers,
    IRepository<Manufacturer> allManufacturers, IProductService productService, IPictureService pictures, IStoreMappingService storeMappings,
    ILocalizationService localization, ILanguageService languages, ICurrencyService currencies, CurrencySettings currencySettings, IUrlRecordService urls,
    ProductFacts productFacts, ProductPrices prices, ProductVariants variants, ProductFigures figures) : IShopCatalogue
{
    public async Task<IReadOnlyList<ProductView>> ListAsync(CatalogueQuery query, CancellationToken cancellationToken)
    {
        var found = products.Table.Where(product => !product.Deleted && product.Id > query.After);
        if (query.ChangedSince is { } since)
            found = found.Where(product => product.UpdatedOnUtc >= since);
        if (query.Search?.Trim() is { Length: > 0 } words)
            found = Matching(found, words);
        found = await storeMappings.ApplyStoreMapping(found, (await facts.SettingsAsync()).StoreId);
        var rows = await products.GetAllAsync(_ => found.OrderBy(product => product.Id).Take(query.Take));
        var sold = await figures.SoldAsync([.. rows.Select(product => product.Id)]);
        var views = new List<ProductView>();
        foreach (var product in rows)
            views.Add(await ViewAsync(product, sold));
        return views;
    }

    public async Task<ProductView?> FindAsync(int productId, CancellationToken cancellationToken) =>
        await productService.GetProductByIdAsync(productId) is { Deleted: false } product
            && await storeMappings.AuthorizeAsync(product, (await facts.SettingsAsync()).StoreId) ? await ViewAsync(product, await figures.SoldAsync([productId])) : null;

    public async Task<(byte[] Bytes, string MimeType)?> PictureAsync(int pictureId, CancellationToken cancellationToken)
    {
        var uses = await productPictures.GetAllAsync(all => all.Where(one => one.PictureId == pictureId).Take(1));
        return uses.Count > 0 && await pictures.GetPictureByIdAsync(pictureId) is { } picture && await pictures.LoadPictureBinaryAsync(picture) is { Length: > 0 } bytes
            ? (bytes, picture.MimeType is { Length: > 0 } type ? type : "application/octet-stream") : null;
    }

    private IQueryable<Product> Matching(IQueryable<Product> found, string words)
    {
        // Shops differ in whether their database minds case.
        var lower = words.ToLowerInvariant();
        var id = int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return found.Where(product => product.Id == id || product.Name.ToLower().Contains(lower) || (product.Sku != null && product.Sku.ToLower().Contains(lower))
            || productManufacturers.Table.Any(one => one.ProductId == product.Id
                && allManufacturers.Table.Any(maker => maker.Id == one.ManufacturerId && !maker.Deleted && maker.Name.ToLower().Contains(lower))));
    }

    private async Task<ProductView> ViewAsync(Product product, IReadOnlyDictionary<int, int> sold)
    {
        var storeId = (await facts.SettingsAsync()).StoreId;
        var language = (await languages.GetAllLanguagesAsync(storeId: storeId)).FirstOrDefault();
        var currency = await currencies.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        // The shop's own helper makes addresses only inside its pages. This one is led on to where the shop wants its products.
        var name = await urls.GetSeNameAsync(product, language?.Id);
        var soldAs = await variants.OfAsync(product, language?.Id);
        return new ProductView
        {
            Id = product.Id,
            Name = await localization.GetLocalizedAsync(product, one => one.Name, language?.Id) ?? "",
            ShortDescription = await localization.GetLocalizedAsync(product, one => one.ShortDescription, language?.Id),
            FullDescription = await localization.GetLocalizedAsync(product, one => one.FullDescription, language?.Id),
            Sku = product.Sku,
            Price = soldAs.Count > 0 ? soldAs.Min(one => one.Price) : await prices.OfAsync(product),
            Currency = currency?.CurrencyCode,
            Language = language?.LanguageCulture,
            Published = product is { Published: true, VisibleIndividually: true },
            Url = name is { Length: > 0 } ? new Uri(await facts.AddressAsync(CancellationToken.None), name).AbsoluteUri : null,
            Manufacturers = await productFacts.ManufacturersAsync(product, language?.Id),
            Categories = await productFacts.CategoriesAsync(product, language?.Id),
            Tags = await productFacts.TagsAsync(product, language?.Id),
            Specifications = await productFacts.SpecificationsAsync(product, language?.Id),
            Pictures = await PicturesAsync(product),
            Variants = soldAs,
            Stock = await figures.StockAsync(product),
            Sold = sold.GetValueOrDefault(product.Id),
        };
    }

    private async Task<IReadOnlyList<PictureView>> PicturesAsync(Product product)
    {
        var views = new List<PictureView>();
        foreach (var one in (await productService.GetProductPicturesByProductIdAsync(product.Id)).OrderBy(one => one.DisplayOrder).ThenBy(one => one.Id))
        {
            if (await pictures.GetPictureByIdAsync(one.PictureId) is { } picture)
                views.Add(new(picture.Id, picture.MimeType, picture.SeoFilename, picture.AltAttribute));
        }

        return views;
    }
}
