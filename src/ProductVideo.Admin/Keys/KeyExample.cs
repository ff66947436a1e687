using ProductVideo.Api;
using ProductVideo.Security;

namespace ProductVideo.Admin.Keys;

/// <summary>A request that whoever has the key may make.</summary>
/// <param name="Does">What it does, as a sentence that goes on to the request.</param>
/// <param name="Line">For a terminal, on any system.</param>
internal sealed record KeyExample(string Does, string Line)
{
    /// <returns>null where nothing that the key may do is harmless to try.</returns>
    /// <param name="key">The key itself.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="shop">One that it may see.</param>
    /// <param name="address">This server's, as programs find it.</param>
    public static KeyExample? Of(string key, IReadOnlyCollection<string> scopes, string shop, Uri address)
    {
        var curl = $"curl -H \"Authorization: Bearer {key}\"";
        var root = new Uri(address, ApiPaths.Root);
        return scopes switch
        {
            _ when scopes.Contains(Scopes.Create) => new(
                "For example, make a product's video, or a new one if the product has changed; PRODUCT is its id in the shop:",
                $"{curl} -H \"Content-Type: application/json\" -d \"{{}}\" {root}/shops/{Uri.EscapeDataString(shop)}/products/PRODUCT/generations"),
            _ when scopes.Contains(Scopes.Read) => new("For example, list the videos:", $"{curl} {root}/generations"),
            _ when scopes.Contains(Scopes.SpendingRead) => new("For example, list what was spent:", $"{curl} {root}/spend"),
            _ when scopes.Contains(Scopes.Webhooks) => new("For example, list the webhooks:", $"{curl} {root}/webhook-endpoints"),
            _ when scopes.Contains(Scopes.ShopsManage) => new("For example, list the kinds of shops:", $"{curl} {root}/shop-kinds"),
            _ => null,
        };
    }
}
