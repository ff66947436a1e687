using ProductVideo.Data;

namespace ProductVideo.Security;

/// <summary>An API key as it may be shown: the key itself is not kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for; shown as the one who asked.</param>
/// <param name="Prefix">First characters, to recognise it by.</param>
/// <param name="Scopes">Some of <see cref="Security.Scopes.All"/>.</param>
/// <param name="Shop">The only shop it may see; null for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="LastUsedAt">To the minute; null if it never was.</param>
/// <param name="RevokedAt">When it was ended; null if it was not.</param>
public sealed record ApiKey(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, string? Shop,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether it opens nothing any more: it was revoked or has expired.</summary>
    public bool IsOver(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;

    /// <summary>What is shown of a key that is known itself: what <see cref="Prefix"/> will be.</summary>
    public static string PrefixOf(string key) => key[..9];

    internal static ApiKey Of(ApiKeyRow row) =>
        new(row.Id, row.Name, row.Prefix, row.Scopes.Split(' '), row.Shop, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);
}
