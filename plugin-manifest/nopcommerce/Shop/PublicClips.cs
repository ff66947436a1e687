using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Nop.Core;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>Clips as shoppers of the store that is asked get them.</summary>
public sealed class PublicClips(
    IClipRows rows, ClipsOnProducts clips, IProductService products, IAclService acl, IStoreMappingService storeMappings, IStoreContext stores,
    IWorkContext work, ILocalizationService localization)
{
    /// <summary>A page with one clip; null where whoever asks may not see its product in this store now, as the shop's own page of it decides.</summary>
    public async Task<string?> FindAsync(int clipId, CancellationToken cancellationToken)
    {
        var store = await stores.GetCurrentStoreAsync();
        return await rows.FindAsync(clipId, cancellationToken) is { } row && await products.GetProductByIdAsync(row.ProductId) is { Deleted: false, Published: true } product
            && products.ProductIsAvailable(product) && await acl.AuthorizeAsync(product) && await storeMappings.AuthorizeAsync(product, store.Id)
            ? ClipPage.Embed(row, await MadeWithAiAsync(), (await work.GetWorkingLanguageAsync()).UniqueSeoCode, new Uri(store.Url.TrimEnd('/') + "/")) : null;
    }

    /// <summary>The clips of a product's page, which the shop has found to be visible.</summary>
    public async Task<string> OnPageAsync(int productId, string productName)
    {
        var (shop, label) = (new Uri((await stores.GetCurrentStoreAsync()).Url.TrimEnd('/') + "/"), await MadeWithAiAsync());
        return string.Concat((await clips.OfProductAsync(productId, CancellationToken.None))
            .Select(row => ClipPage.Player(row, label, shop) + ClipPage.StructuredData(row, productName, shop)));
    }

    private Task<string> MadeWithAiAsync() => localization.GetResourceAsync("Plugins.Misc.ProductVideo.MadeWithAi");
}

/// <summary>Stands after the pictures of a product's page.</summary>
public sealed class ProductClips(PublicClips clips, IProductService products, ILocalizationService localization) : NopViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        additionalData is BaseNopEntityModel { Id: > 0 and var id } && await products.GetProductByIdAsync(id) is { } product
            ? new HtmlContentViewComponentResult(new HtmlString(await clips.OnPageAsync(id, await localization.GetLocalizedAsync(product, one => one.Name))))
            : Content("");
}
