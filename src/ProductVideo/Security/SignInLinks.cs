using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;

namespace ProductVideo.Security;

/// <summary>One-time links that sign the operator in: printed where only the operator reads.</summary>
public sealed class SignInLinks
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly IDbContextFactory<ProductVideoDb> _databases;
    private readonly TimeProvider _clock;

    internal SignInLinks(IDbContextFactory<ProductVideoDb> databases, TimeProvider clock) =>
        (_databases, _clock) = (databases, clock);

    /// <summary>Makes a token that signs in once.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        var token = Secrets.New();
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        await db.SignInLinks.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        db.SignInLinks.Add(new SignInLinkRow { Hash = Secrets.Hash(token), ExpiresAt = now + Lifetime });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>Whether a token would sign in.</summary>
    public async Task<bool> IsGoodAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.SignInLinks.AnyAsync(row => row.Hash == hash && row.ExpiresAt > now, cancellationToken);
    }

    /// <summary>Uses a token up. True for exactly one caller.</summary>
    public async Task<bool> UseAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        var now = _clock.GetUtcNow();
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.SignInLinks.Where(row => row.Hash == hash && row.ExpiresAt > now).ExecuteDeleteAsync(cancellationToken) == 1;
    }
}
