using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Data;

namespace ProductVideo.Health;

/// <summary>Whether the database answers and can be written.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<ProductVideoDb> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return HealthCheckResult.Unhealthy("The database does not answer.");
        return await db.IsReadOnlyAsync(cancellationToken)
            ? HealthCheckResult.Unhealthy("The database takes no writes: its server is a standby, or was set read-only.") : HealthCheckResult.Healthy();
    }
}
