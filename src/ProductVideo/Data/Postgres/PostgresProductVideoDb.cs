using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ProductVideo.Data.Postgres;

/// <summary>A database on a PostgreSQL server, which several nodes may share.</summary>
public sealed class PostgresProductVideoDb(DbContextOptions<PostgresProductVideoDb> options) : ProductVideoDb(options)
{
    public static DbContextOptions<PostgresProductVideoDb> Options(string connectionString) =>
        new DbContextOptionsBuilder<PostgresProductVideoDb>().UseNpgsql(connectionString).Options;

    /// <inheritdoc/>
    /// <remarks>SQLite has one writer at a time anyway. Here those who write wait for those who add up only, and these for each other too: the same cap set twice at once is set once.</remarks>
    public override Task LockLedgerAsync(bool toAddUp, CancellationToken cancellationToken) => toAddUp
        ? Database.ExecuteSqlAsync($"LOCK TABLE spend_entries IN SHARE ROW EXCLUSIVE MODE", cancellationToken)
        : Database.ExecuteSqlAsync($"LOCK TABLE spend_entries IN ROW EXCLUSIVE MODE", cancellationToken);

    public override async Task<bool> HoldConnectionAsync(string shop, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<string>($"""SELECT "Shop" AS "Value" FROM shop_connections WHERE "Shop" = {shop} FOR SHARE""").ToListAsync(cancellationToken)).Count > 0;
}

/// <summary>For the migration tool only.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresProductVideoDb>
{
    public PostgresProductVideoDb CreateDbContext(string[] args) => new(PostgresProductVideoDb.Options("Host=design-time;Database=design-time"));
}
