using System.Buffers.Text;
using System.Text.Json;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using ProductVideo.Storefronts;

namespace ProductVideo.Connecting;

/// <summary>What a merchant pastes into the shop's plugin: where this server is, and a key that may order videos of that shop and see them.</summary>
internal sealed class ConnectionCodes(ApiKeys keys, ShopDownloads downloads)
{
    /// <summary>What a plugin's key may do.</summary>
    public static IReadOnlyList<string> PluginScopes { get; } = [Scopes.Read, Scopes.Create];

    /// <summary>Makes a key and gives its code, this once.</summary>
    /// <param name="shop">Whose plugin it is for.</param>
    /// <param name="address">This server's, as the shop finds it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">The address is this machine's own, and the shop is elsewhere; no key was made.</exception>
    public async Task<string> MakeAsync(string shop, Uri address, CancellationToken cancellationToken) =>
        address.IsLoopback && !IsHere(shop) ? throw NoAddress(address)
            : Of(address, await keys.CreateAsync(new NewApiKey(NameOf(shop), PluginScopes, shop, Lifetime: null) { MayPrecedeShop = true }, cancellationToken), shop);

    /// <summary>Whether the key was made with a code for the plugin of its shop. Of one that the command line made it is not known.</summary>
    public static bool IsOfPlugin(ApiKey key) => key.Shop is { } shop && key.Name == NameOf(shop);

    private static string NameOf(string shop) => $"Plugin of {shop}";

    /// <summary>Whether the shop is on this machine too: only then may its pictures come from here.</summary>
    private bool IsHere(string shop) => downloads[shop].LoopbackAllowed.Count > 0;

    private static RefusedException NoAddress(Uri address) => Refusals.Invalid(
        "no_public_address",
        $"The shop can't find this server at {address.GetLeftPart(UriPartial.Authority)}, so no code was made. Have ProductVideo:PublicAddress set to where the shop finds it, for example https://video.example.",
        "ProductVideo:PublicAddress is not set, or is this machine's own address.");

    /// <summary>What keeps a shop from ever being connected under this name; null where nothing does.</summary>
    public static string? MistakeIn(string shop) => ShopOptionsRules.IsKey(shop) ? null : $"The short name of a shop {ShopOptionsRules.KeyRule}";

    /// <summary>As the plugins read it: base64url of JSON.</summary>
    public static string Of(Uri address, string key, string shop) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["url"] = address.AbsoluteUri.TrimEnd('/'), ["key"] = key, ["shop"] = shop }));
}
