using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Inside;

/// <summary>Bad habits that live in SQL, put there on the way to the database; and the places to die at while tables are made.</summary>
internal sealed partial class SqlHabits(WorkerSettings settings, Weather weather) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Before(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Before(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (settings.Crash is not null)
            Crash.At(CrashPoint.Migration);
        if (result > 0 && command.CommandText.StartsWith("INSERT INTO webhook_deliveries", StringComparison.Ordinal))
            Crash.At("P20");
        return ValueTask.FromResult(result);
    }

    private void Before(DbCommand command)
    {
        if (settings.Crash is not null)
            Crash.At(CrashPoint.Migration);
        if (weather.DatabaseDown)
            throw new SqliteException("The disk can't be written.", 10);
        if (settings.Has(BadHabit.NoFencing) && command.CommandText.StartsWith("UPDATE", StringComparison.Ordinal))
            command.CommandText = Fence().Replace(command.CommandText, "");
        if (settings.Has(BadHabit.NoLease))
            command.CommandText = Lease().Replace(command.CommandText, "1 = 1");
    }

    [GeneratedRegex("""\s+AND "\w+"\."(?:(?:Owner|Version)" = |LeaseUntil" >= )@\w+""")]
    private static partial Regex Fence();

    [GeneratedRegex("""\("\w+"\."Owner" IS NULL OR "\w+"\."LeaseUntil" < @\w+\)|"\w+"\."DueAt" <= @\w+""")]
    private static partial Regex Lease();
}
