using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ProductVideo.Data.Postgres;

internal sealed class PostgresEngine : IDatabaseEngine
{
    /// <summary>A migration may rewrite a large table, and the other nodes wait for it.</summary>
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(1);

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly DbContextOptions<PostgresProductVideoDb> _options;

    public PostgresEngine(string connectionString)
    {
        _address = PostgresAddress.Complete(connectionString);
        _options = PostgresProductVideoDb.Options(_address.ConnectionString);
    }

    public string Name => $"PostgreSQL at {_address.Host}, port {_address.Port}, database '{_address.Database}'";

    public ProductVideoDb CreateDbContext() => new PostgresProductVideoDb(_options);

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var now = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        return new DateTimeOffset((DateTime)(await now.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
    }

    public async Task<DateTimeOffset> NowAsync(ProductVideoDb db, CancellationToken cancellationToken) => new(
        (await db.Database.SqlQuery<DateTime>($"SELECT clock_timestamp() AS \"Value\"").ToListAsync(cancellationToken))[0], TimeSpan.Zero);

    /// <summary>Any number that no other program on the server is likely to use: "ProdVideo" in ASCII, as far as it fits.</summary>
    private const long MigrationLock = 0x50726F6456696465;

    /// <summary>
    /// One node at a time, from its first look at what is missing to the last table. The lock that migrations take by themselves ends with each
    /// of their transactions, so that two nodes would go through the same list side by side.
    /// </summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => OnServerAsync(async db =>
    {
        db.Database.SetCommandTimeout(LongestMigration);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            if (await KnownMigrations.ArePendingAsync(db, Name, cancellationToken))
                await db.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            // The session goes back to the pool, and would take the lock along; one that broke has lost it.
            if (db.Database.GetDbConnection().State is ConnectionState.Open)
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }

        return true;
    }, cancellationToken);

    public Task<bool> IsBegunAsync(CancellationToken cancellationToken) =>
        OnServerAsync(async db => (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any(), cancellationToken);

    public Task<bool> CopyToAsync(string file, CancellationToken cancellationToken) => Task.FromResult(false);

    private async Task<T> OnServerAsync<T>(Func<ProductVideoDb, Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = CreateDbContext();
            // Before the migrations look, because they would make a database that is not there, under a mistyped name too.
            await db.Database.OpenConnectionAsync(cancellationToken);
            return await run(db);
        }
        catch (Exception e) when (PostgresFaults.WhatToDo(e, _address) is { } advice)
        {
            throw new DatabaseUnavailableException($"{Name}: {advice}", e);
        }
    }
}
