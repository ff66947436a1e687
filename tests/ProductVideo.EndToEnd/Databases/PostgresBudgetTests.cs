using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Databases;
using ProductVideo.Conformance.Spending;
using ProductVideo.Data;
using ProductVideo.Data.Postgres;
using Xunit;

namespace ProductVideo.EndToEnd.Databases;

/// <summary>The money's promises where many servers write at once.</summary>
public sealed class PostgresBudgetTests(PostgresCluster cluster) : BudgetConformance, IClassFixture<PostgresCluster>
{
    private protected override async Task<IDbContextFactory<ProductVideoDb>> CreateAsync()
    {
        var databases = new Factory(await cluster.NewDatabaseAsync() + ";Maximum Pool Size=64;Connection Idle Lifetime=5;Connection Pruning Interval=1");
        await using var db = databases.CreateDbContext();
        await db.Database.MigrateAsync();
        return databases;
    }

    protected override Task DropAsync() => Task.CompletedTask;

    private sealed class Factory(string connection) : IDbContextFactory<ProductVideoDb>
    {
        private readonly DbContextOptions<PostgresProductVideoDb> _options = PostgresProductVideoDb.Options(connection);

        public ProductVideoDb CreateDbContext() => new PostgresProductVideoDb(_options);
    }
}
