using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>What Shopify's admin gives to an extension of whoever is signed in.</summary>
public sealed record FakeSessionToken
{
    public string Secret { get; init; } = FakeShopify.ClientSecret;

    public string Audience { get; init; } = FakeShopify.ClientId;

    public string Shop { get; init; } = FakeShopify.Domain;

    public string Algorithm { get; init; } = "HS256";

    /// <summary>Seconds until it ends.</summary>
    public int Expires { get; init; } = 60;

    /// <summary>Seconds until it begins.</summary>
    public int Begins { get; init; } = -5;

    public string At(DateTimeOffset now)
    {
        var claims = new
        {
            iss = $"https://{Shop}/admin", dest = $"https://{Shop}", aud = Audience, sub = "42", exp = now.AddSeconds(Expires).ToUnixTimeSeconds(), nbf = now.AddSeconds(Begins).ToUnixTimeSeconds(),
            jti = "f8912129-21af-4cad-9ca3-76b0f7621087",
        };
        var text = $"{Part(new { alg = Algorithm, typ = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
