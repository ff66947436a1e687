using Microsoft.EntityFrameworkCore;
using ProductVideo.Blobs;

namespace ProductVideo.Data.Sqlite;

/// <summary>A file of this machine, so this machine's clock is the database's.</summary>
internal sealed class SqliteEngine(string path, TimeProvider clock) : IDatabaseEngine
{
    private readonly DbContextOptions<SqliteProductVideoDb> _options = SqliteProductVideoDb.Options(path);

    public string Name => path;

    public ProductVideoDb CreateDbContext() => new SqliteProductVideoDb(_options);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(clock.GetUtcNow());

    public async Task<bool> IsBegunAsync(CancellationToken cancellationToken)
    {
        // Looked for in its folder: of a file in a folder that may not be read it would be said that there is none.
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, Path.GetFileName(path)).Any())
            return false;
        await using var db = CreateDbContext();
        return (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
    }

    /// <summary>
    /// One process at a time, by a file that the operating system frees when its process dies. The migrations' own lock is a row: a
    /// process killed in the middle leaves it behind, and every later start would wait for it for ever.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var alone = await AloneAsync(path + ".migrating", cancellationToken);
        await using var db = CreateDbContext();
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        await db.Database.ExecuteSqlAsync($"""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<FileStream> AloneAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && !DiskFull.Is(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }
}
