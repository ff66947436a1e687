using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ProductVideo.Data;

/// <summary>What an engine's errors mean; each engine has its own codes.</summary>
internal static class DatabaseFaults
{
    private const int SqliteUniqueViolation = 2067;
    private const int SqlitePrimaryKeyViolation = 1555;

    /// <summary>The SQL standard's code for it, which PostgreSQL gives.</summary>
    private const string UniqueViolation = "23505";

    /// <summary>As PostgreSQL refuses to write on a standby, or where it was set read-only: what it gives while another server takes over.</summary>
    private const string ReadOnlyTransaction = "25006";

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>The disk's faults: may not be written, fails, is full, can't be opened.</summary>
    private const int SqliteReadOnly = 8, SqliteIoError = 10, SqliteFull = 13, SqliteCantOpen = 14;

    /// <summary>Whether the database can't be used at the moment, though nothing is wrong with what was asked.</summary>
    /// <param name="failure">The database's own, or what was made of it: Entity Framework wraps it up to twice.</param>
    public static bool IsUnavailable(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteIoError or SqliteFull or SqliteCantOpen } => true,
        DbException database => database.IsTransient || database.SqlState == ReadOnlyTransaction,
        _ => failure.InnerException is { } inner && IsUnavailable(inner),
    };

    /// <summary>Whether it can't be used because it takes no writes; what it holds may be read.</summary>
    internal static bool RefusesWrites(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteFull } or DbException { SqlState: ReadOnlyTransaction } => true,
        _ => failure.InnerException is { } inner && RefusesWrites(inner),
    };

    /// <summary>Whether a row of that key is there already.</summary>
    internal static bool IsDuplicate(Exception failure) => (failure is DbException ? failure : failure.InnerException) is
        SqliteException { SqliteExtendedErrorCode: SqliteUniqueViolation or SqlitePrimaryKeyViolation }
        or DbException { SqlState: UniqueViolation };
}
