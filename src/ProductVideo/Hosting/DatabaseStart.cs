using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Hosting;

/// <summary>Brings the database to this version's tables, and clears the folders of what a crash left.</summary>
internal sealed class DatabaseStart(
    IDbContextFactory<ProductVideoDb> databases, ProductVideoOptions options, PipelineOptions pipeline, IBlobStore blobs, TimeProvider clock,
    ILogger<DatabaseStart> log)
    : IHostedService
{
    /// <summary>Several times longer than any render or download may take: what is older belongs to nobody.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        await MigrateAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var folder in new DirectoryInfo(pipeline.WorkFolder).EnumerateDirectories().Where(folder => folder.LastWriteTimeUtc < before))
        {
            log.LogInformation("Removing {Folder}, left by a process that ended early", folder.Name);
            Remove(folder);
        }

        if (blobs is FileBlobStore files)
            await files.SweepAsync(cancellationToken);
    }

    /// <summary>
    /// One process at a time, by a file that the operating system frees when its process dies. The migrations' own lock is a row: a
    /// process killed in the middle leaves it behind, and every later start would wait for it for ever.
    /// </summary>
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var alone = await AloneAsync(options.Database + ".migrating", cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
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

    private void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException e)
        {
            // Another process that starts now may be at it too; what is left is tried again at the next start.
            log.LogWarning(e, "{Folder} could not be removed", folder.FullName);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
