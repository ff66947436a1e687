using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ProductVideo.Data.Postgres;

/// <summary>A database on a PostgreSQL server, which several nodes may share.</summary>
public sealed class PostgresProductVideoDb(DbContextOptions<PostgresProductVideoDb> options) : ProductVideoDb(options)
{
    public static DbContextOptions<PostgresProductVideoDb> Options(string connectionString) =>
        new DbContextOptionsBuilder<PostgresProductVideoDb>().UseNpgsql(connectionString).Options;
}

/// <summary>For the migration tool only.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresProductVideoDb>
{
    public PostgresProductVideoDb CreateDbContext(string[] args) => new(PostgresProductVideoDb.Options("Host=design-time;Database=design-time"));
}
