namespace ProductVideo.Security;

/// <summary>An API key that somebody wants; <see cref="KeyRules"/> say what it must be.</summary>
/// <param name="Name">What it is for, 1 to 100 characters; shown as the one who asked.</param>
/// <param name="Scopes">Some of <see cref="Security.Scopes.All"/>.</param>
/// <param name="Shop">The only shop it may see; null for all.</param>
/// <param name="Lifetime">Until it expires, at most <see cref="KeyRules.MostDays"/>; null for never.</param>
internal sealed record NewApiKey(string Name, IReadOnlyCollection<string> Scopes, string? Shop, TimeSpan? Lifetime)
{
    /// <summary>Whether its shop may be connected later, under the same short name: a plugin may need its code before there is anything to connect.</summary>
    public bool MayPrecedeShop { get; init; }
}
