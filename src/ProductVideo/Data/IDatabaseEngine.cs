using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>What each engine does in its own way beside SQL.</summary>
internal interface IDatabaseEngine : IDbContextFactory<ProductVideoDb>, IDatabaseClock, IDatabasePlace
{
    /// <summary>Brings the tables to this version's. Several processes may do so at the same moment, and any may be killed at it.</summary>
    /// <exception cref="DatabaseUnavailableException">There is no database to bring anywhere, or it is of a newer version.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);
}
