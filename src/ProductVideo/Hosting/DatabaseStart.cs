using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Pipeline;

namespace ProductVideo.Hosting;

/// <summary>Brings the database to this version's tables, and clears the work folder of what a crash left.</summary>
internal sealed class DatabaseStart(
    IDbContextFactory<ProductVideoDb> databases, ProductVideoOptions options, PipelineOptions pipeline, TimeProvider clock, ILogger<DatabaseStart> log)
    : IHostedService
{
    /// <summary>Longer than any render or download takes: what is older belongs to nobody.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        foreach (var folder in new DirectoryInfo(pipeline.WorkFolder).EnumerateDirectories().Where(folder => folder.LastWriteTimeUtc < before))
        {
            log.LogInformation("Removing {Folder}, left by a process that ended early", folder.Name);
            folder.Delete(recursive: true);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
