using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Security;

/// <summary>Makes, checks and revokes API keys. The key itself is shown once; only its hash is kept.</summary>
public sealed class ApiKeys
{
    private const string Start = "pv_";

    /// <summary>Notes the last use at most so often, to keep reads from writing.</summary>
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<ProductVideoDb> _databases;
    private readonly KeyRules _rules;
    private readonly TimeProvider _clock;
    private readonly ILogger<ApiKeys> _log;

    internal ApiKeys(IDbContextFactory<ProductVideoDb> databases, KeyRules rules, TimeProvider clock, ILogger<ApiKeys> log) =>
        (_databases, _rules, _clock, _log) = (databases, rules, clock, log);

    /// <summary>Makes a key.</summary>
    /// <param name="name">What it is for; shown as the one who asked.</param>
    /// <param name="scopes">Some of <see cref="Scopes.All"/>.</param>
    /// <param name="shop">The only shop it may see; null for all.</param>
    /// <param name="lifetime">Until it expires; null for never.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key, this once.</returns>
    /// <exception cref="RefusedException">A scope or the shop is unknown, the name is empty, or the lifetime is none or longer than ten years.</exception>
    public Task<string> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, string? shop, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        CreateAsync(new NewApiKey(name, scopes, shop, lifetime), cancellationToken);

    /// <summary>Makes a key.</summary>
    /// <returns>The key, this once.</returns>
    /// <exception cref="RefusedException">Something is wrong with it; see <see cref="KeyRules"/>.</exception>
    internal async Task<string> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken)
    {
        _rules.Demand(wanted);
        var key = Start + Secrets.New();
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        db.ApiKeys.Add(new ApiKeyRow
        {
            Id = Guid.CreateVersion7(now),
            Name = wanted.Name,
            Prefix = ApiKey.PrefixOf(key),
            Hash = Secrets.Hash(key),
            Scopes = string.Join(' ', wanted.Scopes),
            Shop = wanted.Shop,
            CreatedAt = now,
            ExpiresAt = wanted.Lifetime is null ? null : now + wanted.Lifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return key;
    }

    /// <summary>What is known of the key; null if it is unknown, expired or revoked.</summary>
    public async Task<ApiKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!key.StartsWith(Start, StringComparison.Ordinal) || key.Length > 100)
            return null;
        var hash = Secrets.Hash(key);
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var row = await Counting(db, now).FirstOrDefaultAsync(r => r.Hash == hash, cancellationToken);
        if (row is not null && (row.LastUsedAt is null || now - row.LastUsedAt > NoteUseEvery))
            await NoteUseAsync(db, row, now, cancellationToken);
        return row is null ? null : ApiKey.Of(row);
    }

    /// <summary>Whether the key is still neither expired nor revoked.</summary>
    internal async Task<bool> CountsAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await Counting(db, _clock.GetUtcNow()).AnyAsync(r => r.Id == id, cancellationToken);
    }

    private static IQueryable<ApiKeyRow> Counting(ProductVideoDb db, DateTimeOffset now) =>
        db.ApiKeys.AsNoTracking().Where(r => r.RevokedAt == null && (r.ExpiresAt == null || r.ExpiresAt > now));

    private async Task NoteUseAsync(ProductVideoDb db, ApiKeyRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await db.ApiKeys.Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LastUsedAt, now), cancellationToken);
        }
        catch (Exception e) when (e is DbException || DatabaseFaults.IsUnavailable(e))
        {
            // A note that nobody waits for must not refuse a request that only reads.
            _log.LogDebug(e, "That API key {Prefix} was used could not be noted", row.Prefix);
        }
    }

    /// <summary>All that were ever made, the oldest first.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) => ListAsync(own: null, cancellationToken);

    /// <summary>All that were ever made for the shop, the oldest first.</summary>
    /// <param name="own">The only shop of whoever asks; null for the keys of all shops and of each.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<IReadOnlyList<ApiKey>> ListAsync(string? own, CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.ApiKeys.AsNoTracking().Where(row => own == null || row.Shop == own).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        return rows.ConvertAll(ApiKey.Of);
    }

    /// <summary>Ends all keys whose shown start is <paramref name="prefix"/>; returns how many.</summary>
    public async Task<int> RevokeAsync(string prefix, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.Where(row => row.Prefix == prefix && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
    }

    /// <summary>Ends the key. One that has ended already stays as it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="own">The only shop of whoever ends it; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such key, or it is not of that shop alone.</exception>
    public async Task RevokeAsync(Guid id, string? own, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var key = db.ApiKeys.Where(row => row.Id == id && (own == null || row.Shop == own));
        var ended = await key.Where(row => row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken);
        if (ended == 0 && !await key.AnyAsync(cancellationToken))
            throw new RefusedException(RefusalKind.NotFound, new Problem("unknown_key", "There is no such API key.", $"There is no API key {id} of {own ?? "any shop"}."));
    }
}
