using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Data.Sqlite;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class SqliteCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-copy-").FullName;
    private long _committed;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task a_copy_taken_while_others_write_is_whole_and_holds_all_that_was_committed()
    {
        var engine = new SqliteEngine(Path.Combine(_folder, "productvideo.db"), TimeProvider.System, NullLogger<SqliteEngine>.Instance);
        await engine.MigrateAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() => WriteAsync(engine, stop.Token));
        for (var copy = 1; copy <= 4; copy++)
        {
            // Until it wrote on, there is nothing that a copy could miss.
            var before = Volatile.Read(ref _committed);
            while (Volatile.Read(ref _committed) < before + 20 && !writer.IsCompleted)
                await Task.Yield();
            var least = Volatile.Read(ref _committed);
            var file = Path.Combine(_folder, $"copy-{copy}.db");
            (await engine.CopyToAsync(file, CancellationToken.None)).ShouldBeTrue();

            using var opened = new SqliteConnection($"Data Source={file};Pooling=False");
            opened.Open();
            Ask(opened, "PRAGMA integrity_check").ShouldBe("ok");
            // Each transaction writes a pair.
            Ask(opened, "SELECT count(*) - 2 * count(DISTINCT pair) FROM pairs").ShouldBe(0L);
            ((long)Ask(opened, "SELECT max(pair) FROM pairs")).ShouldBeGreaterThanOrEqualTo(least);
        }

        await stop.CancelAsync();
        await writer;
    }

    private async Task WriteAsync(SqliteEngine engine, CancellationToken stop)
    {
        await using var db = engine.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"CREATE TABLE pairs (pair INTEGER, filler BLOB)");
        for (var pair = 1L; !stop.IsCancellationRequested; pair++)
        {
            await using var both = await db.Database.BeginTransactionAsync(CancellationToken.None);
            for (var i = 0; i < 2; i++)
                await db.Database.ExecuteSqlAsync($"INSERT INTO pairs VALUES ({pair}, randomblob(3000))");
            await both.CommitAsync(CancellationToken.None);
            Volatile.Write(ref _committed, pair);
        }
    }

    private static object Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }
}
