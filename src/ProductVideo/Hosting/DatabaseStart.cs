using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Rendering;

namespace ProductVideo.Hosting;

/// <summary>Brings the database to this version's tables, and clears the folders of what a crash left.</summary>
internal sealed class DatabaseStart(
    IDatabaseEngine database, PipelineOptions pipeline, IBlobStore blobs, TimeProvider clock, ILogger<DatabaseStart> log)
    : IHostedService
{
    /// <summary>Several times longer than any render or download may take: what is older belongs to nobody.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var folder in new DirectoryInfo(pipeline.WorkFolder).EnumerateDirectories().Where(folder => folder.LastWriteTimeUtc < before))
        {
            log.LogInformation("Removing {Folder}, left by a process that ended early", folder.Name);
            // What is left is tried again at the next start.
            WorkFolder.Remove(folder.FullName, log);
        }

        if (blobs is FileBlobStore files)
            await SweepAsync(files, cancellationToken);
    }

    private async Task SweepAsync(FileBlobStore files, CancellationToken cancellationToken)
    {
        try
        {
            await files.SweepAsync(cancellationToken);
        }
        catch (BlobStoreException e)
        {
            log.LogWarning(e, "What interrupted uploads left in the storage could not be removed");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
