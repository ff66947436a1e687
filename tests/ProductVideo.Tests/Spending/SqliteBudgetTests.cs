using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Databases;
using ProductVideo.Conformance.Spending;
using ProductVideo.Data;
using ProductVideo.Data.Sqlite;

namespace ProductVideo.Tests.Spending;

public sealed class SqliteBudgetTests : BudgetConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-money-").FullName;

    private protected override async Task<IDbContextFactory<ProductVideoDb>> CreateAsync()
    {
        var file = Path.Combine(_folder, "money.db");
        await MigratedFile.CopyToAsync(file, CancellationToken.None);
        return new Factory(file);
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
