using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Connecting;
using ProductVideo.Data;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Jobs;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Connecting;

public sealed class ConnectedShopsTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_database_that_is_away_is_told_once_for_all_rounds_and_once_when_it_is_back()
    {
        using var log = new RecordedLog();
        var rows = new Leaving(_pipeline.Get<IDatabaseEngine>());
        using var connected = new ConnectedShops(
            new ConnectionStore(rows, _pipeline.Get<IDatabaseClock>()), new ConnectionSecrets(new EphemeralDataProtectionProvider()), [], new Shops([]), new ShopDownloads(),
            _pipeline.Clock, new DatabaseOutage(_pipeline.Clock, log.Of<DatabaseOutage>()), log.Of<ConnectedShops>());
        await connected.StartAsync(Token);

        rows.Failure = new SqliteException("The database is locked.", 5);
        await RoundsAsync(rows, 3);
        rows.Failure = null;
        await RoundsAsync(rows, 3);
        log.Lines.Select(line => line.Level).ShouldBe([LogLevel.Error, LogLevel.Information]);

        rows.Failure = new InvalidOperationException("Something else.");
        await RoundsAsync(rows, 2);
        log.Lines[2].ShouldBe((LogLevel.Warning, "Which shops are connected can't be read just now; those that were known stay"));
        await connected.StopAsync(Token);
    }

    /// <summary>When the last of them has begun, all before it have ended.</summary>
    private async Task RoundsAsync(Leaving rows, int rounds)
    {
        var last = rows.Rounds + rounds;
        while (rows.Rounds < last)
        {
            _pipeline.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    private sealed class Leaving(IDatabaseEngine engine) : IDbContextFactory<ProductVideoDb>
    {
        private volatile int _rounds;

        public int Rounds => _rounds;

        public Exception? Failure { get; set; }

        public ProductVideoDb CreateDbContext()
        {
            Interlocked.Increment(ref _rounds);
            return Failure is { } failure ? throw failure : engine.CreateDbContext();
        }
    }
}
