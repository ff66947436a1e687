using System.Collections.Concurrent;
using ProductVideo.Catalog;

namespace ProductVideo.Conformance.Storefronts;

/// <summary>Keeps tokens until the process ends, which is long enough for a test.</summary>
public sealed class MemoryShopTokens : IKeepShopTokens
{
    private readonly ConcurrentDictionary<string, ShopToken> _tokens = new(StringComparer.Ordinal);

    public Task<ShopToken?> ReadAsync(string shop, CancellationToken cancellationToken) => Task.FromResult(_tokens.GetValueOrDefault(shop));

    public Task WriteAsync(string shop, ShopToken token, CancellationToken cancellationToken)
    {
        _tokens[shop] = token;
        return Task.CompletedTask;
    }
}
