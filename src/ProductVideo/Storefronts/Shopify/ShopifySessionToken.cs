using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>The token that Shopify's admin gives to an app's page or button: a JWT of a minute's life, signed with the client secret.</summary>
internal static class ShopifySessionToken
{
    private const int Longest = 4096;

    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    /// <returns>null for anything that is not a living token for this app and shop.</returns>
    public static ShopVisitor? Read(string token, ShopifyOptions options, DateTimeOffset now)
    {
        if (token.Length > Longest || token.Split('.') is not [var head, var body, var signature] || !IsSigned($"{head}.{body}", signature, options.Secrets)
            || Part<Head>(head) is not { Alg: "HS256" } || Part<Claims>(body) is not { } claims)
            return null;
        var seconds = now.ToUnixTimeSeconds();
        var alive = claims.Exp + (long)Tolerance.TotalSeconds > seconds && claims.Nbf - (long)Tolerance.TotalSeconds <= seconds;
        return alive && claims.Aud == options.ClientId && claims.Dest == $"https://{options.Domain}" && claims.Sub is { Length: > 0 and <= 100 } staff ? new ShopVisitor(staff) : null;
    }

    private static bool IsSigned(string text, string signature, IEnumerable<string> secrets)
    {
        Span<byte> given = stackalloc byte[64];
        // The other ways to decode throw at a character that is none.
        if (signature.Length is not 43 || Base64Url.DecodeFromChars(signature, given, out _, out var length) is not OperationStatus.Done)
            return false;
        foreach (var secret in secrets)
        {
            if (CryptographicOperations.FixedTimeEquals(given[..length], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text))))
                return true;
        }

        return false;
    }

    private static T? Part<T>(string part) where T : class
    {
        try
        {
            return CamelJson.Read<T>(Base64Url.DecodeFromChars(part));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Head(string? Alg);

    private sealed record Claims(string? Aud, string? Dest, string? Sub, long Exp, long Nbf);
}
