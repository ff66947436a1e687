using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Conformance.Databases;

/// <summary>Writes an entry beside every change of state, and fails after it when told to.</summary>
internal sealed class Ledger : IWrittenTogether
{
    public bool Fails { get; set; }

    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        db.SignInLinks.Add(new SignInLinkRow { Hash = $"{after.Id:n} {before?.State.Name} {after.State.Name}", ExpiresAt = after.CreatedAt });
        await db.SaveChangesAsync(cancellationToken);
        if (Fails)
            throw new LedgerFailedException();
    }

    /// <summary>The changes of this generation, as "before after".</summary>
    public static async Task<List<string>> EntriesAsync(DatabaseUnderTest database, Generation generation)
    {
        await using var db = await database.OpenAsync();
        var mine = generation.Id.ToString("n");
        return await db.SignInLinks.Where(row => row.Hash.StartsWith(mine)).Select(row => row.Hash.Substring(33)).ToListAsync();
    }
}

internal sealed class LedgerFailedException() : Exception("The ledger failed.");
