using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProductVideo.Data.Sqlite;

/// <summary>The embedded default: one file, no server.</summary>
public sealed class SqliteProductVideoDb(DbContextOptions<SqliteProductVideoDb> options) : ProductVideoDb(options)
{
    /// <summary>Options for the database at <paramref name="path"/>, which is created where it is missing.</summary>
    public static DbContextOptions<SqliteProductVideoDb> Options(string path) =>
        new DbContextOptionsBuilder<SqliteProductVideoDb>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString())
            .AddInterceptors(new Pragmas())
            .Options;

    /// <summary>A committed intent must survive a power cut: WAL for readers beside the writer, and every commit synced.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        private const string Sql = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

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
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteProductVideoDb>
{
    public SqliteProductVideoDb CreateDbContext(string[] args) => new(SqliteProductVideoDb.Options("design-time.db"));
}
