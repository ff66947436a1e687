using System.ComponentModel.DataAnnotations;
using ProductVideo.Catalog;
using ProductVideo.Connecting;

namespace ProductVideo.Api;

/// <summary>Connects a shop.</summary>
internal sealed record ConnectBody
{
    /// <summary>The short name of the shop: 1 to 40 characters of <c>[a-z0-9-]</c>; it stays for ever.</summary>
    [Required]
    public string? Shop { get; init; }

    /// <summary>The kind's key, as <c>GET /shop-kinds</c> lists it.</summary>
    [Required]
    public string? Kind { get; init; }

    /// <summary>By the kind's fields.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }
}

/// <summary>Changes what a shop is reached by.</summary>
internal sealed record ChangeConnectionBody
{
    /// <summary>All values by field. A secret that is left out stays; anything else that is left out is emptied.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }
}

/// <summary>A kind of shop that can be connected.</summary>
internal sealed record ShopKindAnswer(string Kind, string Name, IReadOnlyList<string> Steps, IReadOnlyList<ConnectionField> Fields)
{
    internal static ShopKindAnswer Of(IStorefrontKind kind) => new(kind.Key, kind.Name, kind.Steps, kind.Fields);
}

/// <summary>A connected shop. Its secrets are never told.</summary>
/// <param name="Shop">Its key.</param>
/// <param name="Kind">The key of its kind.</param>
/// <param name="Values">By field, without the secrets.</param>
/// <param name="Secrets">Names of the secret fields that have a value.</param>
/// <param name="Readable">False where the secrets must be written again because the key ring was lost.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
/// <param name="Rights">What the shop lets us do, where it was asked now.</param>
internal sealed record ConnectionAnswer(
    string Shop, string Kind, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Secrets, bool Readable, string By, DateTimeOffset At,
    IReadOnlyList<AccessCheck>? Rights)
{
    internal static ConnectionAnswer Of(ShopConnection connection, IReadOnlyList<AccessCheck>? rights = null) => new(
        connection.Shop, connection.Kind, connection.Values, [.. connection.Secrets.Order(StringComparer.Ordinal)], connection.IsReadable, connection.By, connection.At, rights);
}

/// <param name="Rights">Each right, and the way out where it is lacking; empty where this kind of shop has none to grant.</param>
internal sealed record RightsAnswer(IReadOnlyList<AccessCheck> Rights);
