using System.Collections.Concurrent;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts;

/// <summary>
/// Keeps tokens until the process ends. A refresh token that was used and not kept is lost, and then the merchant must connect the shop
/// again: an installation with such shops registers a store that outlives it.
/// </summary>
internal sealed class MemoryShopTokens : IKeepShopTokens
{
    private readonly ConcurrentDictionary<string, ShopToken> _tokens = new(StringComparer.Ordinal);

    public Task<ShopToken?> ReadAsync(string shop, CancellationToken cancellationToken) => Task.FromResult(_tokens.GetValueOrDefault(shop));

    public Task WriteAsync(string shop, ShopToken token, CancellationToken cancellationToken)
    {
        _tokens[shop] = token;
        return Task.CompletedTask;
    }
}
