using System.Buffers.Text;
using System.Text.Json;
using ProductVideo.Security;
using ProductVideo.Storefronts;

namespace ProductVideo.Connecting;

/// <summary>What a merchant pastes into the shop's plugin: where this server is, and a key that may order videos of that shop and see them.</summary>
public sealed class ConnectionCodes(ApiKeys keys)
{
    /// <summary>What a plugin's key may do.</summary>
    public static IReadOnlyList<string> PluginScopes { get; } = [Scopes.Read, Scopes.Create];

    /// <summary>Makes a key and gives its code, this once.</summary>
    /// <param name="shop">Whose plugin it is for.</param>
    /// <param name="address">This server's, as the shop finds it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string> MakeAsync(string shop, Uri address, CancellationToken cancellationToken) =>
        Of(address, await keys.CreateAsync($"Plugin of {shop}", PluginScopes, shop, lifetime: null, cancellationToken), shop);

    /// <summary>What keeps a shop from ever being connected under this name; null where nothing does.</summary>
    public static string? MistakeIn(string shop) => ShopOptionsRules.IsKey(shop) ? null : $"The short name of a shop {ShopOptionsRules.KeyRule}";

    /// <summary>As the plugins read it: base64url of JSON.</summary>
    public static string Of(Uri address, string key, string shop) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["url"] = address.AbsoluteUri.TrimEnd('/'), ["key"] = key, ["shop"] = shop }));
}
