using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Connecting;
using ProductVideo.Data;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Storefronts.WooCommerce;
using ProductVideo.Tests.Pipeline;
using Xunit;

namespace ProductVideo.Tests.Connecting;

/// <summary>The pipeline where WooCommerce shops can be connected, and one such shop.</summary>
public sealed class ConnectingFixture : IAsyncLifetime
{
    internal FakeWooCommerce Woo { get; } = new();

    internal PipelineFixture Pipeline { get; } = new() { Add = services => services.AddWooCommerce(new ConfigurationBuilder().Build()) };

    internal ShopConnections Connections => Pipeline.Get<ShopConnections>();

    internal Shops Shops => Pipeline.Get<Shops>();

    /// <summary>What a merchant writes to connect <see cref="Woo"/>.</summary>
    internal Dictionary<string, string> Values(string password = FakeWooCommerce.Password) => new(StringComparer.Ordinal)
    {
        ["Url"] = Woo.Address.AbsoluteUri, ["User"] = FakeWooCommerce.User, ["ApplicationPassword"] = password, ["Currency"] = "EUR",
    };

    internal Task<IReadOnlyList<AccessCheck>> ConnectAsync(string shop = "woo", string password = FakeWooCommerce.Password) =>
        Connections.ConnectAsync("woocommerce", shop, Values(password), "merchant", CancellationToken.None);

    /// <summary>Another server on the same database.</summary>
    /// <param name="shops">Those of its host.</param>
    /// <param name="downloads">Its own.</param>
    /// <param name="ring">Its key ring; null for the same.</param>
    internal ConnectedShops Elsewhere(Shops shops, ShopDownloads downloads, IDataProtectionProvider? ring = null) => new(
        Pipeline.Get<ConnectionStore>(), new ConnectionSecrets(ring ?? Pipeline.Get<IDataProtectionProvider>()), Connections.Kinds, shops, downloads, TimeProvider.System,
        new DatabaseOutage(TimeProvider.System, NullLogger<DatabaseOutage>.Instance), NullLogger<ConnectedShops>.Instance);

    public async ValueTask InitializeAsync()
    {
        await Woo.StartAsync();
        await Pipeline.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        await Woo.DisposeAsync();
    }
}
