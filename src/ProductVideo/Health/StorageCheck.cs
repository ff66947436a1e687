using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Blobs;

namespace ProductVideo.Health;

/// <summary>Whether clips and pictures can be stored: writes a small blob, reads it and deletes it, at most once a minute. Asked by one at a time.</summary>
internal sealed class StorageCheck(IBlobStore blobs, TimeProvider clock) : IHealthCheck
{
    /// <summary>Who asks for health asks often, and each blob that is written may cost something.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly string _key = $"health/{Guid.NewGuid():n}.txt";
    private long? _good;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_good is { } last && clock.GetElapsedTime(last) < Remembered)
            return HealthCheckResult.Healthy();
        try
        {
            if (!await IsKeptAsync(cancellationToken))
                return HealthCheckResult.Unhealthy($"Blob {_key} was written and is not there.");
            _good = clock.GetTimestamp();
            return HealthCheckResult.Healthy();
        }
        catch (BlobStoreException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }

    private async Task<bool> IsKeptAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream("productvideo"u8.ToArray(), writable: false);
        await blobs.PutAsync(_key, content, "text/plain", PutMode.Replace, cancellationToken);
        bool isThere;
        await using (var read = await blobs.OpenAsync(_key, cancellationToken))
            isThere = read is not null && await read.ReadAsync(new byte[1], cancellationToken) == 1;
        await blobs.DeleteAsync(_key, cancellationToken);
        return isThere;
    }
}
