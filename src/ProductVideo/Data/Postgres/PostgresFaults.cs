using System.Net.Sockets;
using Npgsql;

namespace ProductVideo.Data.Postgres;

/// <summary>What stands between this host and a usable database, by the server's codes.</summary>
internal static class PostgresFaults
{
    /// <returns>What is wrong and what to do; null for a fault of the program, which no operator can mend.</returns>
    public static string? WhatToDo(Exception failure, NpgsqlConnectionStringBuilder address) => failure switch
    {
        PostgresException answered => WhatToDo(answered.SqlState, address),
        SocketException or NpgsqlException { InnerException: SocketException or IOException or TimeoutException } =>
            "the server can't be reached. Check that it runs, and Host and Port in ProductVideo:Database:ConnectionString.",
        // As Entity Framework hands on what may pass by itself.
        InvalidOperationException { InnerException: NpgsqlException or SocketException } => WhatToDo(failure.InnerException, address),
        NpgsqlException => $"the server does not let us in: {failure.Message}",
        _ => null,
    };

    private static string? WhatToDo(string code, NpgsqlConnectionStringBuilder address) => code switch
    {
        PostgresErrorCodes.InvalidCatalogName =>
            $"there is no such database. Make it, for example with: createdb --owner={address.Username ?? "productvideo"} {address.Database}",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"the server refuses the user '{address.Username}'. Check Username and Password in ProductVideo:Database:ConnectionString, and the server's pg_hba.conf.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"the user '{address.Username}' may not make tables there. Make it the database's owner, or let it create in the schema public.",
        PostgresErrorCodes.TooManyConnections =>
            "the server has no free connection. Raise its max_connections, or lower Maximum Pool Size in ProductVideo:Database:ConnectionString.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            "the server takes no writes: it is a standby, or was set read-only (default_transaction_read_only). Wait until another server has taken over, or name that one in Host in ProductVideo:Database:ConnectionString.",
        PostgresErrorCodes.CannotConnectNow => "the server is starting or stopping. Try again in a moment.",
        _ => null,
    };
}
