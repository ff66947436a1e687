using Hangfire.InMemory;
using Hangfire.Server;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Data;
using ProductVideo.Jobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Jobs;

public sealed class SetbackTests : IDisposable
{
    private static readonly SqliteException Away = new("The database is locked.", 5);
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordedLog _log = new();
    private readonly DatabaseOutage _database;

    public SetbackTests() => _database = new DatabaseOutage(_clock, _log.Of<DatabaseOutage>());

    public void Dispose() => _log.Dispose();

    private Setback Loop(string what) => new(what, TimeSpan.FromSeconds(1), _database, _log);

    [Fact]
    public void a_database_that_is_away_is_told_once_for_all_loops_and_once_when_it_is_back()
    {
        var loops = Enumerable.Range(1, 11).Select(i => Loop($"Loop {i}")).ToList();
        for (var second = 0; second < 60; second++)
            loops.ForEach(loop => loop.WaitAfter(second % 2 == 0 ? Away : new InvalidOperationException("It could not be read.", Away)));
        _log.Lines.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);

        loops.ForEach(loop => loop.Over());
        _log.Lines.Count.ShouldBe(2);
        _log.Lines[1].ShouldBe((LogLevel.Information, "The database is back; everything goes on"));

        loops[0].WaitAfter(Away);
        _log.Lines.Count.ShouldBe(3, "it went away again");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    public void a_database_that_takes_no_writes_is_not_back_because_it_can_be_read(int code)
    {
        var (writer, reader) = (Loop("Renderer"), Loop("Catalogue scan"));
        for (var second = 0; second < 60; second++)
        {
            writer.WaitAfter(new InvalidOperationException("It could not be saved.", new SqliteException("SQLite Error", code)));
            reader.Over();
        }

        _log.Lines.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
        writer.Over(wrote: true);
        _log.Lines[1].ShouldBe((LogLevel.Information, "The database is back; everything goes on"));
        writer.WaitAfter(Away);
        reader.Over();
        _log.Lines.Count.ShouldBe(4, "this time it was away for all");
    }

    [Fact]
    public void a_database_that_takes_writes_again_is_back_also_where_there_is_nothing_to_write()
    {
        var idle = Loop("Render queue");
        void Outage()
        {
            idle.WaitAfter(new InvalidOperationException("It could not be saved.", new SqliteException("SQLite Error", 13)));
            _clock.Advance(TimeSpan.FromSeconds(30));
            idle.Over();
        }

        Outage();
        _log.Lines.ShouldHaveSingleItem("it was refused half a minute ago");
        _clock.Advance(TimeSpan.FromSeconds(30));
        idle.Over();
        _log.Lines[^1].ShouldBe((LogLevel.Information, "The database is back; everything goes on"));
        Outage();
        _log.Lines.Count.ShouldBe(3, "the next one is told too");
    }

    [Fact]
    public void another_failure_is_told_once_by_each_loop_and_when_it_is_over()
    {
        var (scan, backfill) = (Loop("Catalogue scan"), Loop("Backfill"));
        for (var i = 0; i < 5; i++)
        {
            scan.WaitAfter(new InvalidOperationException("A mistake of ours."));
            backfill.WaitAfter(new InvalidOperationException("Another."));
        }

        _log.Lines.Select(line => line.Level).ShouldBe([LogLevel.Error, LogLevel.Error]);
        scan.Over();
        scan.Over();
        _log.Lines.Skip(2).ShouldBe([(LogLevel.Information, "Catalogue scan goes on")]);
    }

    [Fact]
    public void waits_double_to_half_a_minute_and_begin_anew_once_it_is_over()
    {
        var loop = Loop("Backfill");
        Enumerable.Range(0, 7).Select(_ => loop.WaitAfter(Away).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 30, 30]);
        loop.Over();
        loop.WaitAfter(Away).ShouldBe(TimeSpan.FromSeconds(1));
        new Setback("Housekeeping", TimeSpan.FromMinutes(1), _database, _log).WaitAfter(Away).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void a_loop_goes_through_its_setback()
    {
        var fails = true;
        var loop = new OneByOneProcess(
            "Backfill", _ => fails ? throw new InvalidOperationException("A mistake of ours.") : Task.FromResult(true), TimeSpan.FromHours(1), _database, _log.Of<OneByOneProcess>());
        using var storage = new InMemoryStorage();
        // One that is being stopped waits for nothing.
        var context = new BackgroundProcessContext(
            "server", storage, new Dictionary<string, object>(StringComparer.Ordinal), Guid.NewGuid(), new CancellationToken(canceled: true), CancellationToken.None, CancellationToken.None);
        loop.Execute(context);
        loop.Execute(context);
        _log.Lines.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
        fails = false;
        loop.Execute(context);
        _log.Lines[^1].ShouldBe((LogLevel.Information, "Backfill goes on"));
    }
}
