using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Services.Configuration;
using Nop.Services.Stores;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>The shop's settings and its address.</summary>
public sealed class ShopFacts(ISettingService settings, IStoreService stores, IStoreContext current) : IShopFacts
{
    public Task<ProductVideoSettings> SettingsAsync() => settings.LoadSettingAsync<ProductVideoSettings>();

    public async Task<BridgeConnection> ConnectionAsync(CancellationToken cancellationToken)
    {
        // What is empty in the shop's table comes back as null.
        var set = await SettingsAsync();
        return new(set.Secret ?? "", set.ServiceUrl ?? "", set.ServiceKey ?? "", set.ServiceShop ?? "", set.MaxClipMegabytes * 1_000_000L);
    }

    public async Task<Uri> AddressAsync(CancellationToken cancellationToken) => new((await StoreAsync()).Url.TrimEnd('/') + "/");

    public async Task<(string ShopVersion, string ShopName)> DescribeAsync(CancellationToken cancellationToken) => (NopVersion.FULL_VERSION, (await StoreAsync()).Name);

    /// <summary>The connected store; where all are, the one that was asked.</summary>
    public async Task<Store> StoreAsync() =>
        await SettingsAsync() is { StoreId: > 0 and var id } && await stores.GetStoreByIdAsync(id) is { } store ? store : await current.GetCurrentStoreAsync();
}
