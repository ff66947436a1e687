using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Spending;
using ProductVideo.Data;
using ProductVideo.Data.Sqlite;

namespace ProductVideo.Tests.Spending;

public sealed class SqliteBudgetTests : BudgetConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-money-").FullName;

    protected override async Task<IDbContextFactory<ProductVideoDb>> CreateAsync()
    {
        var databases = new Factory(Path.Combine(_folder, "money.db"));
        await using var db = databases.CreateDbContext();
        await db.Database.MigrateAsync();
        return databases;
    }

    protected override Task DropAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private sealed class Factory(string path) : IDbContextFactory<ProductVideoDb>
    {
        private readonly DbContextOptions<SqliteProductVideoDb> _options = SqliteProductVideoDb.Options(path);

        public ProductVideoDb CreateDbContext() => new SqliteProductVideoDb(_options);
    }
}
