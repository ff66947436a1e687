using System.Buffers.Text;
using System.Text.Json;

namespace ProductVideo.Bridge;

/// <summary>What a merchant pastes to connect the shop: base64url of JSON with the service's address, its key, and this shop's key there.</summary>
/// <param name="Url">Where the service is, without a slash at its end.</param>
/// <param name="Key">The service's API key.</param>
/// <param name="Shop">This shop's key in the service.</param>
public sealed record ConnectionCode(string Url, string Key, string Shop)
{
    /// <returns>Null for what is no such code.</returns>
    public static ConnectionCode? Read(string? code)
    {
        var text = code?.Trim() ?? "";
        if (text.Length is 0 or > 4000 || !Base64Url.IsValid(text))
            return null;
        try
        {
            var parts = JsonSerializer.Deserialize<Dictionary<string, string>>(Base64Url.DecodeFromChars(text));
            return parts is not null && parts.TryGetValue("url", out var url) && parts.TryGetValue("key", out var key) && parts.TryGetValue("shop", out var shop)
                && IsAddress(url) && key is { Length: > 0 } && shop is { Length: > 0 } ? new(url.TrimEnd('/'), key, shop) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };
}
