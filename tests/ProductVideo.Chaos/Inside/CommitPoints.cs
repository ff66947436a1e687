using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProductVideo.Chaos.Points;
using ProductVideo.Data;
using ProductVideo.Generations;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Chaos.Inside;

/// <summary>
/// Dies before or after the commit of a chosen change of state. Learns which change it is as the product's own companions do, inside the
/// transaction, so that the product needs no hook for tests.
/// </summary>
internal sealed class CommitPoints(Weather weather) : DbTransactionInterceptor, IWrittenTogether
{
    private readonly ConditionalWeakTable<DbContext, List<Change>> _open = [];

    public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        var change = new Change(before?.State, after.State);
        Crash.At(change.Inside);
        _open.GetOrCreateValue(db).Add(change);
        return Task.CompletedTask;
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && _open.TryGetValue(db, out var changes))
        {
            _open.Remove(db);
            foreach (var change in changes)
                Crash.At(change.After);
        }

        return weather.LosesThis() ? throw new SqliteException("The connection broke after the commit.", 10) : Task.CompletedTask;
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
        weather.DatabaseDown ? throw new SqliteException("The disk can't be written.", 10) : ValueTask.FromResult(result);

    private sealed record Change(GenerationState? From, GenerationState To)
    {
        public string Inside => (From, To) switch
        {
            (null, _) => "P01",
            (GenerationState.Rendering, Fetching) => "P17",
            _ => "",
        };

        public string After => (From, To) switch
        {
            (null, _) => "P02",
            (Planned, Submitting) => "P03",
            (Submitting, GenerationState.Rendering) => "P07",
            (Fetching, AwaitingReview or Publishing) => "P13",
            (Publishing, Published) => "P16",
            _ => "",
        };
    }
}
