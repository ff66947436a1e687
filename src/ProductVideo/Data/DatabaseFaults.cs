using Microsoft.Data.Sqlite;

namespace ProductVideo.Data;

/// <summary>What an engine's errors mean; each engine has its own codes.</summary>
internal static class DatabaseFaults
{
    private const int SqliteUniqueViolation = 2067;
    private const int SqlitePrimaryKeyViolation = 1555;

    /// <summary>Whether a row of that key is there already.</summary>
    public static bool IsDuplicate(Exception failure) => (failure is SqliteException ? failure : failure.InnerException) is
        SqliteException { SqliteExtendedErrorCode: SqliteUniqueViolation or SqlitePrimaryKeyViolation };
}
