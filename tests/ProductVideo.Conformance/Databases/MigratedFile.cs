using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data.Sqlite;

namespace ProductVideo.Conformance.Databases;

/// <summary>An empty SQLite database as all migrations leave it, made once: hundreds of tests need one each, and what is migrated is not what they test.</summary>
public static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> s_made = new(MakeAsync);

    /// <summary>Writes a new one.</summary>
    /// <param name="path">Where none is yet.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task CopyToAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew);
        await file.WriteAsync(await s_made.Value, cancellationToken);
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pv-migrated-").FullName;
        try
        {
            var path = Path.Combine(folder, "migrated.db");
            await using (var db = new SqliteProductVideoDb(SqliteProductVideoDb.Options(path)))
            {
                await db.Database.MigrateAsync();
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            }

            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
