using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Data;

/// <summary>What callers' idempotency keys made.</summary>
internal sealed class IdempotencyKeys(IDbContextFactory<ProductVideoDb> databases)
{
    /// <summary>What a key led to where there was nothing to make: no generation's id.</summary>
    internal static readonly Guid Nothing = Guid.Empty;

    /// <summary>Of the refusal to order anything with a key that led to <see cref="Nothing"/>.</summary>
    internal const string NothingMade = "nothing_was_to_make";

    /// <summary>Says that a key led to <see cref="Nothing"/>; another request had it first.</summary>
    internal static RefusedException MadeNothing() => new(
        RefusalKind.Conflict,
        new Problem(
            NothingMade,
            "There was nothing to make when this Idempotency-Key first came, so nothing is ordered with it. Send a new key to have it looked at again.",
            "The Idempotency-Key stands for a request that had nothing to make."),
        "Idempotency-Key");

    /// <summary>
    /// SHA-256 of all that was asked for, lower-case hex: the same for the same request for ever. What was agreed to pay is no part of it: what
    /// was made already costs nothing more, and whoever asks again may have been told another price meanwhile.
    /// </summary>
    internal static string HashOf<T>(T request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options)));

    /// <summary>The generation that the key made before, or <see cref="Nothing"/>; null if the key is new.</summary>
    /// <exception cref="RefusedException">The key was used for another request.</exception>
    public async Task<Guid?> FindAsync(IdempotencyKey key, string requestHash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.IdempotencyKeys.AsNoTracking()
            .FirstOrDefaultAsync(r => r.Caller == key.Caller && r.Key == key.Key, cancellationToken);
        return row is null ? null : MadeBy(row, requestHash);
    }

    /// <summary>The generation that the key made, or <see cref="Nothing"/>.</summary>
    /// <exception cref="RefusedException">The key was used for another request.</exception>
    internal static Guid MadeBy(IdempotencyRow row, string requestHash) => row.RequestHash == requestHash ? row.GenerationId : throw new RefusedException(
        RefusalKind.Invalid,
        new Problem(
            "idempotency_key_reused", "This Idempotency-Key was used for another request. Send a new key with a new request.",
            $"Key '{row.Key}' of {row.Caller} was used for generation {row.GenerationId} with another body."),
        "Idempotency-Key");

    /// <summary>Remembers what a key led to where nothing had to be created for it.</summary>
    internal async Task RememberAsync(IdempotencyRow row, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO idempotency_keys ("Caller", "Key", "RequestHash", "GenerationId", "CreatedAt")
             VALUES ({row.Caller}, {row.Key}, {row.RequestHash}, {row.GenerationId}, {row.CreatedAt.UtcTicks})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken);
    }
}
