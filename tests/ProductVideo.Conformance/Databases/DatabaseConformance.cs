using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Data;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <summary>
/// What every database engine must do under the pipeline. Derive a class that makes an empty database for each fact; the facts use the
/// engine's own clock, and leases that are over before they begin instead of waiting for one to run out.
/// </summary>
public abstract partial class DatabaseConformance : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>A worker that was given this one has slept past it.</summary>
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(-1);

    private readonly string _folder = Directory.CreateTempSubdirectory("pv-db-").FullName;
    private readonly Ledger _ledger = new();
    private DatabaseOptions? _options;
    private DatabaseUnderTest? _database;

    /// <summary>A database without tables that no other fact uses.</summary>
    protected abstract Task<DatabaseOptions> EmptyDatabaseAsync();

    /// <summary>The database with its tables.</summary>
    protected DatabaseUnderTest Database => _database!;

    private GenerationStore Store => Database.Get<GenerationStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = await EmptyDatabaseAsync();
        _database = new DatabaseUnderTest(_folder, _options, services => services.AddSingleton<IWrittenTogether>(_ledger));
        await _database.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task the_migrations_make_the_tables_that_the_code_expects()
    {
        await using var db = await Database.OpenAsync();
        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task nodes_that_start_together_on_an_empty_database_all_come_up()
    {
        var empty = await EmptyDatabaseAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "together")).FullName;
        var nodes = Enumerable.Range(0, 4).Select(_ => new DatabaseUnderTest(folder, empty)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.StartAsync(Token), Token)));
        foreach (var node in nodes)
        {
            await using (var db = await node.OpenAsync())
                (await db.Generations.CountAsync(Token)).ShouldBe(0);
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task a_start_on_tables_that_are_there_keeps_their_rows()
    {
        var added = await AddAsync();
        await using var second = new DatabaseUnderTest(_folder, _options!);
        await second.StartAsync(Token);
        (await second.Get<GenerationStore>().FindAsync(added.Id, Token)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("صابون 有機煎茶 \U0001F9FC – ½ l, “quoted” 'so' \\ and \"so\"")]
    [InlineData("nothing\0and a line\r\nand a tab\t")]
    [InlineData("")]
    public async Task text_comes_back_as_it_was_written(string title)
    {
        var added = await AddAsync(Orders.New(await NowAsync(), title: title));
        (await FindAsync(added)).Order.ProductTitle.ShouldBe(title);
    }

    [Fact]
    public async Task times_come_back_to_the_tick()
    {
        var time = new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.FromHours(5.5)).AddTicks(1_234_567);
        var added = await AddAsync(Orders.New(time));
        var read = await FindAsync(added);
        (read.CreatedAt.UtcTicks, read.DueAt!.Value.UtcTicks).ShouldBe((time.UtcTicks, time.UtcTicks));
    }

    [Fact]
    public async Task the_clock_never_goes_back()
    {
        var before = await NowAsync();
        for (var i = 0; i < 20; i++)
        {
            var now = await NowAsync();
            now.ShouldBeGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private Task<DateTimeOffset> NowAsync() => Database.Get<IDatabaseClock>().NowAsync(Token);

    private async Task<Generation> AddAsync(Generation? generation = null) =>
        await Store.AddAsync(generation ?? Orders.New(await NowAsync()), idempotency: null, Token);

    private async Task<Generation> FindAsync(Generation generation) => (await Store.FindAsync(generation.Id, Token))!;

    /// <summary>Runs so many at the same moment as can be.</summary>
    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, count).Select(async i =>
        {
            await start.Task;
            return await Task.Run(() => run(i), Token);
        }).ToList();
        start.SetResult();
        return Task.WhenAll(running);
    }
}
