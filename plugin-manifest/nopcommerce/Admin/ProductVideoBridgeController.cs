using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Services.Catalog;
using Nop.Services.Configuration;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;
using ProductVideo.Bridge;
using ProductVideo.Shop;

namespace ProductVideo.Admin;

/// <summary>The plugin's settings, and what its buttons do.</summary>
[Area(AreaNames.ADMIN)]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
[ValidateVendor]
public sealed class ProductVideoBridgeController(
    ShopFacts facts, AdminWords words, ProductVideoService service, IProductService products, IWorkContext work, ISettingService settings, IStoreService stores,
    INotificationService notifications) : BasePluginController
{
    /// <summary>What one page of the list may order; a whole catalogue is ordered in the service.</summary>
    private const int MostAtOnce = 20;

    [CheckPermission(StandardPermission.Configuration.MANAGE_PLUGINS)]
    public async Task<IActionResult> Configure()
    {
        var (set, connection) = (await facts.SettingsAsync(), await facts.ConnectionAsync(HttpContext.RequestAborted));
        var problem = connection.IsConnected ? await service.ProblemAsync(connection, HttpContext.RequestAborted) : null;
        return View(ProductVideoPlugin.Folder + "/Views/Configure.cshtml", new ConfigureModel
        {
            Connected = connection.IsConnected && problem is null
                ? string.Format(CultureInfo.CurrentCulture, await words.OfAsync("Settings.Connected"), connection.ServiceUrl, connection.ServiceShop) : null,
            IsConnected = connection.IsConnected,
            Problem = problem is null ? null : await words.OfAsync(new ServiceProblem(problem, null)),
            Address = (await facts.AddressAsync(HttpContext.RequestAborted)).AbsoluteUri.TrimEnd('/'),
            Secret = connection.Secret,
            StoreId = set.StoreId,
            MaxClipMegabytes = set.MaxClipMegabytes,
            Stores = [(0, await words.OfAsync("Settings.AllStores")), .. (await stores.GetAllStoresAsync()).Select(store => (store.Id, store.Name))],
        });
    }

    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PLUGINS)]
    public async Task<IActionResult> Configure(string? command, string? code, int storeId, int maxClipMegabytes)
    {
        var set = await facts.SettingsAsync();
        (set.StoreId, set.MaxClipMegabytes) = (Math.Max(0, storeId), Math.Clamp(maxClipMegabytes, 1, 2000));
        if (command == "disconnect")
            (set.ServiceUrl, set.ServiceKey, set.ServiceShop) = ("", "", "");
        else if (command == "secret")
            set.Secret = BridgeSignature.NewSecret();
        else if (!string.IsNullOrWhiteSpace(code))
        {
            if (ConnectionCode.Read(code) is { } read)
                (set.ServiceUrl, set.ServiceKey, set.ServiceShop) = (read.Url, read.Key, read.Shop);
            else
                notifications.ErrorNotification(await words.OfAsync("Settings.Code.Wrong"));
        }

        await settings.SaveSettingAsync(set);
        return RedirectToAction(nameof(Configure));
    }

    [HttpPost]
    [CheckPermission(StandardPermission.Catalog.PRODUCTS_CREATE_EDIT_DELETE)]
    public async Task<IActionResult> Status(int product) => await OnOwnAsync(
        product, async (connection, token) => await service.LatestAsync(connection, product, token));

    /// <param name="product">Whose video.</param>
    /// <param name="key">One for one click: sent twice, it still orders one video.</param>
    /// <param name="agreed">The price that the merchant has seen.</param>
    [HttpPost]
    [CheckPermission(StandardPermission.Catalog.PRODUCTS_CREATE_EDIT_DELETE)]
    public async Task<IActionResult> Generate(int product, string? key, string? agreed) => await OnOwnAsync(
        product, async (connection, token) => await service.OrderAsync(connection, product, KeyOf(key), agreed, token));

    /// <summary>Orders what is free or was agreed to at this price, and asks about the rest.</summary>
    /// <param name="ids">Of the products.</param>
    /// <param name="agreed">Prices that were agreed to, each after its product's id: <c>13=0.70 USD</c>.</param>
    [HttpPost]
    [CheckPermission(StandardPermission.Catalog.PRODUCTS_CREATE_EDIT_DELETE)]
    public async Task<IActionResult> GenerateMany(int[] ids, string[] agreed)
    {
        var connection = await facts.ConnectionAsync(HttpContext.RequestAborted);
        var prices = new Dictionary<int, string>();
        foreach (var one in agreed ?? [])
        {
            if (one.Split('=', 2) is [var of, var price] && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                prices.TryAdd(id, price);
        }

        var names = new Dictionary<int, string>();
        foreach (var id in ids.Distinct().Take(MostAtOnce))
        {
            if (await OwnAsync(id) is { } product)
                names[id] = product.Name;
        }

        var orders = await service.OrderManyAsync(connection, [.. names.Keys], () => KeyOf(null), prices, HttpContext.RequestAborted);
        var failed = new List<string>();
        foreach (var (id, problem) in orders.Failed.Take(5))
            failed.Add($"{names[id]}: {await words.OfAsync(problem)}");
        var left = Math.Max(0, ids.Distinct().Count() - MostAtOnce);
        string[] texts =
        [
            string.Format(CultureInfo.CurrentCulture, await words.OfAsync("Ordered"), orders.Ordered),
            .. left > 0 ? [string.Format(CultureInfo.CurrentCulture, await words.OfAsync("LeftOut"), MostAtOnce, left)] : Array.Empty<string>(),
            .. failed,
            .. orders.NotTried > 0 ? [string.Format(CultureInfo.CurrentCulture, await words.OfAsync("NotTried"), orders.NotTried)] : Array.Empty<string>(),
        ];
        var asked = orders.Asked.Select(one => new { id = one.ProductId, price = one.Price, name = names[one.ProductId] });
        return Json(new { text = string.Join(' ', texts), asked, ask = await words.OfAsync("ConfirmMany") });
    }

    private static string KeyOf(string? key) => "nopcommerce-" + (key is { Length: >= 16 and <= 64 } && key.All(char.IsAsciiHexDigit) ? key : Guid.NewGuid().ToString("N"));

    private async Task<IActionResult> OnOwnAsync(int product, Func<BridgeConnection, CancellationToken, Task<VideoState>> ask)
    {
        if (await OwnAsync(product) is null)
            return StatusCode(403, new { problem = await words.OfAsync("NotYours") });
        return Json(await words.OfAsync(await ask(await facts.ConnectionAsync(HttpContext.RequestAborted), HttpContext.RequestAborted)));
    }

    /// <summary>The product, unless it is another vendor's.</summary>
    private async Task<Product?> OwnAsync(int id) =>
        await products.GetProductByIdAsync(id) is { Deleted: false } product && (await work.GetCurrentVendorAsync() is not { } vendor || vendor.Id == product.VendorId) ? product : null;
}

/// <summary>What the settings page shows.</summary>
public sealed class ConfigureModel
{
    public string? Connected { get; init; }
    public bool IsConnected { get; init; }
    public string? Problem { get; init; }
    public required string Address { get; init; }
    public required string Secret { get; init; }
    public int StoreId { get; init; }
    public int MaxClipMegabytes { get; init; }
    public required IReadOnlyList<(int Id, string Name)> Stores { get; init; }
}
