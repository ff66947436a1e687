using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using ProductVideo.Catalog;

namespace ProductVideo.Data.Postgres;

/// <summary>A database on a PostgreSQL server, which several nodes may share.</summary>
internal sealed class PostgresProductVideoDb(DbContextOptions<PostgresProductVideoDb> options) : ProductVideoDb(options)
{
    public static DbContextOptions<PostgresProductVideoDb> Options(string connectionString) =>
        new DbContextOptionsBuilder<PostgresProductVideoDb>().UseNpgsql(connectionString, npgsql => npgsql.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).Options;

    /// <inheritdoc/>
    /// <remarks>Kept, for this engine reads what it makes itself from an index alone only if it is a column. It knows no text with a NUL in it.</remarks>
    protected override (string Sql, bool Stored) Named =>
        ("""lower("ProductId" || ' ' || CASE WHEN strpos("Order", '\u0000') > 0 THEN '' ELSE coalesce(left("Order"::json ->> 'productTitle', 200), '') END)""", Stored: true);

    /// <inheritdoc/>
    /// <remarks>SQLite has one writer at a time anyway. Here those who write wait for those who add up only, and these for each other too: the same cap set twice at once is set once.</remarks>
    public override Task LockLedgerAsync(bool toAddUp, CancellationToken cancellationToken) => toAddUp
        ? Database.ExecuteSqlAsync($"LOCK TABLE spend_entries IN SHARE ROW EXCLUSIVE MODE", cancellationToken)
        : Database.ExecuteSqlAsync($"LOCK TABLE spend_entries IN ROW EXCLUSIVE MODE", cancellationToken);

    /// <inheritdoc/>
    internal override async Task<int> WriteManyAsync<T>(
        ManyRows<T> statement, IReadOnlyList<T> rows, CancellationToken cancellationToken, params IReadOnlyList<(string Name, object Value)> same)
    {
        if (rows.Count == 0)
            return 0;
        await using var command = CommandOf(statement, rows, same);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<TRead>> WriteManyAsync<T, TRead>(
        ManyRows<T> statement, IReadOnlyList<T> rows, Func<DbDataReader, TRead> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, object Value)> same)
    {
        if (rows.Count == 0)
            return [];
        await using var command = CommandOf(statement, rows, same);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<TRead>(rows.Count);
        while (await reader.ReadAsync(cancellationToken))
            all.Add(read(reader));
        return all;
    }

    private NpgsqlCommand CommandOf<T>(ManyRows<T> statement, IReadOnlyList<T> rows, IReadOnlyList<(string Name, object Value)> same)
    {
        var command = new NpgsqlCommand(statement.ForAll, (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());
        foreach (var column in statement.Columns)
            command.Parameters.Add(new NpgsqlParameter(column.Name, NpgsqlDbType.Array | TypeOf(column.Type)) { Value = ArrayOf(column, rows) });
        foreach (var (name, value) in same)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static NpgsqlDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => NpgsqlDbType.Text,
        ColumnType.Long => NpgsqlDbType.Bigint,
        ColumnType.Int => NpgsqlDbType.Integer,
        ColumnType.Bool => NpgsqlDbType.Boolean,
        ColumnType.Guid => NpgsqlDbType.Uuid,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column holds it."),
    };

    private static object ArrayOf<T>(Column<T> column, IReadOnlyList<T> rows) => column.Type switch
    {
        ColumnType.Text => rows.Select(row => (string?)column.Value(row)).ToArray(),
        ColumnType.Long => rows.Select(row => (long?)column.Value(row)).ToArray(),
        ColumnType.Int => rows.Select(row => (int?)column.Value(row)).ToArray(),
        ColumnType.Bool => rows.Select(row => (bool?)column.Value(row)).ToArray(),
        ColumnType.Guid => rows.Select(row => (Guid?)column.Value(row)).ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No column holds it."),
    };

    internal override async Task<bool> IsReadOnlyAsync(CancellationToken cancellationToken) =>
        (await Database.SqlQuery<string>($"""SELECT current_setting('transaction_read_only') AS "Value" """).ToListAsync(cancellationToken)) is ["on"];

    internal override async Task<BackfillRow?> HoldBackfillAsync(Guid id, CancellationToken cancellationToken) =>
        // The state is asked for where the row is locked: it may have been deleted while that was waited for.
        (await Backfills.FromSql($"""SELECT * FROM backfills WHERE "Id" = {id} AND "State" <> {BackfillRow.Deleted} FOR SHARE""").IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken)).FirstOrDefault();

    internal override async Task<CatalogProductRow?> HoldProductAsync(string shop, string product, CancellationToken cancellationToken) =>
        (await CatalogProducts.FromSql($"""SELECT * FROM catalog_products WHERE "Shop" = {shop} AND "ProductId" = {product} FOR UPDATE""").AsNoTracking().ToListAsync(cancellationToken)).FirstOrDefault();

    internal override Task LockWeekAsync(string shop, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"productvideo week of " + shop}, 0))", cancellationToken);

    internal override Task LockListingAsync(ProductRef product, CancellationToken cancellationToken) => Database.ExecuteSqlAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended({$"productvideo listing of {product.Shop}/{product.ProductId}"}, 0))", cancellationToken);

    internal override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    internal override string ElementsOf(string parameter) => $"jsonb_array_elements_text(CAST({parameter} AS jsonb)) AS j(value)";

    public override async Task<bool> HoldConnectionAsync(string shop, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<string>($"""SELECT "Shop" AS "Value" FROM shop_connections WHERE "Shop" = {shop} FOR SHARE""").ToListAsync(cancellationToken)).Count > 0;
}

/// <summary>For the migration tool only.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresProductVideoDb>
{
    public PostgresProductVideoDb CreateDbContext(string[] args) => new(PostgresProductVideoDb.Options("Host=design-time;Database=design-time"));
}
