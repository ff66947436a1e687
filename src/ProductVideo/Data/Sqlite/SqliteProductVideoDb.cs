using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProductVideo.Data.Sqlite;

/// <summary>The embedded default: one file, no server.</summary>
internal sealed class SqliteProductVideoDb(DbContextOptions<SqliteProductVideoDb> options) : ProductVideoDb(options)
{
    /// <summary>Options for the database at <paramref name="path"/>, which is created where it is missing.</summary>
    public static DbContextOptions<SqliteProductVideoDb> Options(string path) =>
        new DbContextOptionsBuilder<SqliteProductVideoDb>()
            .UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString(),
                // A list is one parameter, however long: else each length is a statement of its own, made and prepared anew.
                sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(new Pragmas())
            .Options;

    /// <inheritdoc/>
    /// <remarks>Not kept: the index has it, and the file is not written anew for it.</remarks>
    protected override (string Sql, bool Stored) Named =>
        ("""lower("ProductId" || ' ' || coalesce(substr(json_extract("Order", '$.productTitle'), 1, 200), ''))""", Stored: false);

    /// <inheritdoc/>
    internal override async Task<int> WriteManyAsync<T>(
        ManyRows<T> statement, IReadOnlyList<T> rows, CancellationToken cancellationToken, params IReadOnlyList<(string Name, object Value)> same)
    {
        await using var command = CommandOf(statement, same);
        var written = 0;
        // The file's driver knows no waiting: a call of its own for each row would cost more than the row.
        foreach (var _ in Bound(command, statement, rows, cancellationToken))
            written += command.ExecuteNonQuery();
        return written;
    }

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<TRead>> WriteManyAsync<T, TRead>(
        ManyRows<T> statement, IReadOnlyList<T> rows, Func<DbDataReader, TRead> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, object Value)> same)
    {
        await using var command = CommandOf(statement, same);
        var all = new List<TRead>(rows.Count);
        foreach (var _ in Bound(command, statement, rows, cancellationToken))
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                all.Add(read(reader));
        }

        return all;
    }

    private DbCommand CommandOf<T>(ManyRows<T> statement, IReadOnlyList<(string Name, object Value)> same)
    {
        var command = Database.GetDbConnection().CreateCommand();
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = statement.ForEach;
        command.Parameters.AddRange(statement.Columns.Select(column => new SqliteParameter("@" + column.Name, value: null)).ToArray());
        command.Parameters.AddRange(same.Select(one => new SqliteParameter("@" + one.Name, one.Value)).ToArray());
        return command;
    }

    /// <summary>The rows, each while the command has its values.</summary>
    private static IEnumerable<T> Bound<T>(DbCommand command, ManyRows<T> statement, IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < statement.Columns.Count; i++)
                command.Parameters[i].Value = statement.Columns[i].Value(row) ?? DBNull.Value;
            yield return row;
        }
    }

    /// <summary>
    /// A committed intent must survive a power cut: WAL for readers beside the writer, and every commit synced. A cache of 8 MB, for the
    /// indexes of a batch are all over the file.
    /// </summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        private const string Sql = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (IsReadOnly(connection))
                return;
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (IsReadOnly(connection))
                return;
            await using var command = connection.CreateCommand();
            command.CommandText = Sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        /// <summary>The migrations look through a read-only connection, which may not turn a backup that is not in WAL mode into one that is.</summary>
        private static bool IsReadOnly(DbConnection connection) =>
            new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly;
    }
}

/// <summary>For the migration tool only.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteProductVideoDb>
{
    public SqliteProductVideoDb CreateDbContext(string[] args) => new(SqliteProductVideoDb.Options("design-time.db"));
}
