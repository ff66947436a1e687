using Microsoft.Data.Sqlite;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Running;

/// <summary>The one write lock of a database file. Whoever sleeps while holding it keeps everybody else from working, which is not what is tested.</summary>
internal static class WriteLock
{
    private const int SqliteBusy = 5;
    private const int Nudges = 200;

    /// <summary>Wakes a sleeping worker for moments until none of its transactions is open.</summary>
    public static void LetGo(string file, int worker)
    {
        for (var nudge = 0; nudge < Nudges; nudge++)
        {
            if (IsFree(file))
                return;
            Signals.Send(worker, Signals.Continue);
            Thread.Sleep(TimeSpan.FromMilliseconds(3));
            Signals.Send(worker, Signals.Stop);
        }

        throw new InvalidOperationException($"Worker {worker} never let go of {file}.");
    }

    private static bool IsFree(string file)
    {
        // A second: those who are awake are done by then.
        using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        db.Open();
        try
        {
            using var transaction = db.BeginTransaction(deferred: false);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteBusy)
        {
            return false;
        }
    }
}
