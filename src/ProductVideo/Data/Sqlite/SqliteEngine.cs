using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Hosting;

namespace ProductVideo.Data.Sqlite;

/// <summary>A file of this machine, so this machine's clock is the database's.</summary>
internal sealed class SqliteEngine(string path, TimeProvider clock, ILogger<SqliteEngine> log) : IDatabaseEngine
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = 32;
    private const int WindowsLockViolation = 33;

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

    /// <remarks>By SQLite itself: what was committed last is in a second file beside the first, and a copy of either alone lacks it or is torn.</remarks>
    public Task<bool> CopyToAsync(string file, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var source = new SqliteConnection(Unpooled(path, SqliteOpenMode.ReadWrite));
            using var target = new SqliteConnection(Unpooled(file, SqliteOpenMode.ReadWriteCreate));
            source.Open();
            source.BackupDatabase(target);
            return true;
        },
        cancellationToken);

    private static string Unpooled(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();

    /// <summary>
    /// One process at a time, by a file that the operating system frees when its process dies. The migrations' own lock is a row: a
    /// process killed in the middle leaves it behind, and every later start would wait for it for ever.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Make(Path.GetDirectoryName(path)!);
        await using var alone = await AloneAsync(path + ".migrating", cancellationToken);
        await using var db = CreateDbContext();
        if (!await KnownMigrations.ArePendingAsync(db, Name, cancellationToken))
            return;
        await db.Database.ExecuteSqlAsync($"""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>How often another process is waited for before that is told.</summary>
    internal int Patience { get; init; } = 50;

    private async Task<FileStream> AloneAsync(string file, CancellationToken cancellationToken)
    {
        for (var waits = 1; ; waits++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (waits == Patience)
                    log.LogWarning("Another process holds {File}, as one does that changes the tables to a new version; waiting for it to end", file);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
            }
        }
    }

    /// <summary>Anything else that goes wrong with the file does not pass by waiting: a disk that is full or may not be written, for example.</summary>
    private static bool IsHeld(IOException failure) => (failure.HResult & 0xFFFF) is var code && (OperatingSystem.IsWindows()
        ? code is WindowsSharingViolation or WindowsLockViolation
        : code == (OperatingSystem.IsMacOS() ? MacWouldBlock : LinuxWouldBlock));
}
