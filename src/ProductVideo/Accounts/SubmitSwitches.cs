using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Accounts;

/// <summary>Kill switches: while one is on, nothing new is sent in its scope. What was sent is followed to its end.</summary>
internal sealed class SubmitSwitches(
    IDbContextFactory<ProductVideoDb> databases, WaitingSubmits waiting, VideoProviders providers, Shops shops, IDatabaseClock clock)
{
    /// <summary>The scope of everything.</summary>
    public const string All = "all";

    /// <summary>The scope of one provider.</summary>
    public static string Provider(string key) => $"provider:{key}";

    /// <summary>The scope of one shop.</summary>
    public static string Shop(string key) => $"shop:{key}";

    /// <summary>Every scope that an order of these shops at a provider is in.</summary>
    public static string[] ScopesOf(string provider, params IEnumerable<string> shops) => [All, Provider(provider), .. shops.Distinct(StringComparer.Ordinal).Select(Shop)];

    /// <summary>The switches that are on.</summary>
    public async Task<IReadOnlyList<SubmitPause>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitSwitches.OrderBy(row => row.Since).Select(row => new SubmitPause(row.Scope, row.By, row.Why, row.Since)).ToListAsync(cancellationToken);
    }

    /// <summary>Pauses; a scope that is paused already stays as it is.</summary>
    /// <param name="scope"><see cref="All"/>, <see cref="Provider"/> or <see cref="Shop"/>.</param>
    /// <param name="by">Who pauses.</param>
    /// <param name="why">A sentence that merchants see.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such provider or shop, so that nothing would be stopped, or no reason is given.</exception>
    public async Task PauseAsync(string scope, string by, string why, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await IsKnownAsync(db, scope, cancellationToken))
        {
            IEnumerable<string> known = [All, .. providers.All.Select(provider => Provider(provider.Key)), .. shops.All.Select(shop => Shop(shop.Shop))];
            throw Refuse("scope", $"There is no '{scope}' whose new videos could be paused. Give one of: {string.Join(", ", known)}.");
        }

        if (string.IsNullOrWhiteSpace(why))
            throw Refuse("why", "Say why new videos are paused; merchants read it.");
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO submit_switches ("Scope", "By", "Why", "Since") VALUES ({scope}, {by}, {why.Trim()}, {(await clock.NowAsync(cancellationToken)).UtcTicks})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken);
    }

    /// <summary>Ends a pause and wakes what waited; false if there was none.</summary>
    public async Task<bool> ResumeAsync(string scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ended = await db.SubmitSwitches.Where(row => row.Scope == scope).ExecuteDeleteAsync(cancellationToken) > 0;
        if (ended)
            await waiting.WakeAsync(account: null, cancellationToken);
        return ended;
    }

    /// <summary>A provider or a shop that this process does not know may have orders all the same: it was taken away since, or another node has it.</summary>
    private async Task<bool> IsKnownAsync(ProductVideoDb db, string scope, CancellationToken cancellationToken) => scope.Split(':', 2) switch
    {
        [All] => true,
        ["provider", var key] => providers.All.Any(provider => provider.Key == key)
            || await db.Generations.AnyAsync(row => row.Active && row.Provider == key, cancellationToken),
        ["shop", var key] => shops.All.Any(shop => shop.Shop == key)
            || await db.ShopConnections.AnyAsync(row => row.Shop == key, cancellationToken)
            || await db.Generations.AnyAsync(row => row.Active && row.Shop == key, cancellationToken),
        _ => false,
    };

    private static RefusedException Refuse(string field, string text) => new(RefusalKind.Invalid, new Problem("invalid_request", text, text), field);
}

/// <summary>A person's order to send nothing more.</summary>
/// <param name="Scope"><see cref="SubmitSwitches.All"/>, <see cref="SubmitSwitches.Provider"/> or <see cref="SubmitSwitches.Shop"/>.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Why">A sentence that merchants see.</param>
/// <param name="Since">Since when.</param>
internal sealed record SubmitPause(string Scope, string By, string Why, DateTimeOffset Since);
