using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Data;
using ProductVideo.Data.Sqlite;

namespace ProductVideo.Tests.Data;

/// <summary>What a SQLite database is asked, statement by statement, of all that goes through contexts.</summary>
internal sealed class SqlLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();

    public IReadOnlyCollection<string> Statements => _statements;

    /// <summary>From now on every context of these services writes here.</summary>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton<IDbContextFactory<ProductVideoDb>>(provider => new Contexts(provider.GetRequiredService<IDatabaseEngine>().Name, this));

    public void Clear() => _statements.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _statements.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        _statements.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    private sealed class Contexts(string path, SqlLog log) : IDbContextFactory<ProductVideoDb>
    {
        private readonly DbContextOptions<SqliteProductVideoDb> _options =
            new DbContextOptionsBuilder<SqliteProductVideoDb>(SqliteProductVideoDb.Options(path)).AddInterceptors(log).Options;

        public ProductVideoDb CreateDbContext() => new SqliteProductVideoDb(_options);
    }
}
