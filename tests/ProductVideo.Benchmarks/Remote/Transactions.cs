using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>Counts what the database sees as transactions: commits, and statements outside of any.</summary>
internal sealed class Transactions
{
    private int _count;

    public int Count => _count;

    public IInterceptor[] Interceptors => [new Commits(this), new Statements(this)];

    private void Add() => Interlocked.Increment(ref _count);

    private sealed class Commits(Transactions all) : DbTransactionInterceptor
    {
        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            all.Add();
            return Task.CompletedTask;
        }
    }

    private sealed class Statements(Transactions all) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count(command);
            return ValueTask.FromResult(result);
        }

        private void Count(DbCommand command)
        {
            if (command.Transaction is null)
                all.Add();
        }
    }
}
