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

    /// <summary>Whether a row of that key is there already.</summary>
    public static bool IsDuplicate(Exception failure) => (failure is DbException ? failure : failure.InnerException) is
        SqliteException { SqliteExtendedErrorCode: SqliteUniqueViolation or SqlitePrimaryKeyViolation }
        or DbException { SqlState: UniqueViolation };
}
