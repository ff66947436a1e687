using System.Text.RegularExpressions;

namespace ProductVideo.Bridge;

/// <summary>
/// Puts clips on products and takes them off. One change after the other in this process; over several servers the table's unique index decides.
/// </summary>
public sealed partial class ClipsOnProducts(IClipRows rows, ClipFiles files, ClipTurn turn, TimeProvider clock)
{
    /// <summary>Names that the table is asked for in one query: databases limit how many values one may hold.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    public static bool IsKey(string key) => Key().IsMatch(key);

    /// <summary>Stores an upload.</summary>
    public async Task<(FileView? File, string? Refused)> StoreAsync(Stream body, bool isVideo, string sha256, long most, CancellationToken cancellationToken)
    {
        await turn.TakeAsync(
            async () =>
            {
                await SweepAsync(cancellationToken);
                return true;
            },
            cancellationToken);
        return await files.StoreAsync(body, isVideo, sha256, most, cancellationToken);
    }

    public FileView? FindFile(string name) => files.Find(name);

    /// <summary>The clips whose files are still there.</summary>
    public async Task<IReadOnlyList<ClipRow>> OfProductAsync(int productId, CancellationToken cancellationToken) =>
        [.. (await rows.OfProductAsync(productId, cancellationToken)).Where(row => files.Find(row.VideoFile) is not null)];

    /// <summary>Puts a clip on, unless one of its key is there.</summary>
    /// <returns>The clip as it stands, and whether it was there; no clip where its file is not.</returns>
    public Task<(ClipRow? Row, bool WasThere)> AttachAsync(ClipRow wanted, CancellationToken cancellationToken) => turn.TakeAsync<(ClipRow?, bool)>(
        async () =>
        {
            var there = await rows.FindAsync(wanted.ProductId, wanted.Key, cancellationToken);
            if (there is not null && files.Find(there.VideoFile) is not null)
                return (there, true);
            if (files.Find(wanted.VideoFile) is null || (wanted.PosterFile is { } poster && files.Find(poster) is null))
                return (null, false);
            // Somebody took the file of that row away: the row is of no use.
            if (there is not null)
                await rows.DeleteAsync(there.Id, cancellationToken);
            if (await rows.TryInsertAsync(wanted with { CreatedAt = clock.GetUtcNow().UtcDateTime }, cancellationToken) is { } row)
                return (row, false);
            return (await rows.FindAsync(wanted.ProductId, wanted.Key, cancellationToken), true);
        },
        cancellationToken);

    /// <summary>Takes a clip off, and its files away where nothing else uses them. Fine twice.</summary>
    public Task<bool> DetachAsync(int productId, string key, CancellationToken cancellationToken) => turn.TakeAsync(
        async () =>
        {
            if (await rows.FindAsync(productId, key, cancellationToken) is not { } row)
                return false;
            await rows.DeleteAsync(row.Id, cancellationToken);
            await DeleteUnusedAsync(row.PosterFile is { } poster ? [row.VideoFile, poster] : [row.VideoFile], cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Every clip that is older than a day is asked for, so not with each upload.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (turn.SweptAt is { } last && now - last < BetweenSweeps)
            return;
        turn.SweptAt = now;
        if (files.Old() is { Count: > 0 } old)
            await DeleteUnusedAsync(old, cancellationToken);
    }

    private async Task DeleteUnusedAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        foreach (var some in names.Chunk(AtOnce))
        {
            var used = await rows.UsedAsync(some, cancellationToken);
            foreach (var name in some.Where(name => !used.Contains(name)))
                files.Delete(name);
        }
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}

/// <summary>One change of clips at a time.</summary>
public sealed class ClipTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>When the folder was last swept; null before the first time. Of whose turn it is.</summary>
    internal DateTimeOffset? SweptAt { get; set; }

    public async Task<T> TakeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
