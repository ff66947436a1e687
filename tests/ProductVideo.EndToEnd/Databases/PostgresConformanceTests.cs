using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Health;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Databases;

public sealed class PostgresConformanceTests(PostgresCluster cluster) : DatabaseConformance, IClassFixture<PostgresCluster>
{
    protected override async Task<DatabaseOptions> EmptyDatabaseAsync() => new()
    {
        Engine = DatabaseOptions.Postgres,
        // Each fact has a pool of its own; together they must not take all of the server's connections.
        ConnectionString = await cluster.NewDatabaseAsync() + ";Maximum Pool Size=20;Connection Idle Lifetime=5;Connection Pruning Interval=1",
    };

    [Theory]
    [InlineData("SQL_ASCII")]
    [InlineData("LATIN1")]
    public async Task a_database_that_has_not_every_letter_takes_every_title_and_finds_it_by_its_products_id(string encoding)
    {
        var options = new DatabaseOptions { Engine = DatabaseOptions.Postgres, ConnectionString = await cluster.NewDatabaseAsync(encoding) };
        await using var database = new DatabaseUnderTest(Path.GetTempPath(), options);
        await using (var db = await database.OpenAsync())
            await db.Database.MigrateAsync();

        var store = database.Get<GenerationStore>();
        var now = await database.Get<IDatabaseClock>().NowAsync(CancellationToken.None);
        var added = await store.AddAsync(Orders.New(now, product: "Mug-7", title: "Tasse – 5 €, 茶杯"), idempotency: null, CancellationToken.None);

        var found = (await store.ListAsync(new GenerationFilter(Search: "mug-7"), CancellationToken.None)).ShouldHaveSingleItem();
        (found.Id, found.Order.ProductTitle).ShouldBe((added.Id, "Tasse – 5 €, 茶杯"));
    }

    [Fact]
    public async Task a_node_whose_own_clock_is_wrong_claims_by_the_servers()
    {
        var options = await EmptyDatabaseAsync();
        await using var fast = new DatabaseUnderTest(Path.GetTempPath(), options, services => services.AddSingleton<TimeProvider>(new Ahead(TimeSpan.FromHours(10))));
        await using var right = new DatabaseUnderTest(Path.GetTempPath(), options);
        await using (var db = await right.OpenAsync())
            await db.Database.MigrateAsync();

        var store = right.Get<GenerationStore>();
        var now = await right.Get<IDatabaseClock>().NowAsync(CancellationToken.None);
        var held = await store.AddAsync(Orders.New(now), idempotency: null, CancellationToken.None);
        var later = await store.AddAsync(Orders.New(now) with { DueAt = now.AddHours(1) }, idempotency: null, CancellationToken.None);
        await store.ClaimAsync(held.Id, "right", TimeSpan.FromHours(1), CancellationToken.None);

        (await fast.Get<GenerationStore>().ClaimAsync(held.Id, "fast", TimeSpan.FromHours(1), CancellationToken.None)).ShouldBeNull();
        (await fast.Get<GenerationStore>().ClaimAsync(later.Id, "fast", TimeSpan.FromHours(1), CancellationToken.None)).ShouldBeNull();
        (await store.RenewAsync(held.Id, "right", TimeSpan.FromHours(1), CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task two_nodes_that_claim_at_once_take_other_rows_and_do_not_wait_for_each_other()
    {
        var options = await EmptyDatabaseAsync();
        await using var one = new DatabaseUnderTest(Path.GetTempPath(), options);
        await using var other = new DatabaseUnderTest(Path.GetTempPath(), options);
        await using (var db = await one.OpenAsync())
            await db.Database.MigrateAsync();
        var now = await one.Get<IDatabaseClock>().NowAsync(CancellationToken.None);
        for (var i = 0; i < 20; i++)
            await one.Get<GenerationStore>().AddAsync(Orders.New(now), idempotency: null, CancellationToken.None);
        var wish = new ClaimWish(Count: 20, Senders: ["local"], Silent: []);
        Task<SendRoom> Ten(ProductVideoDb db, string account, DateTimeOffset at, CancellationToken cancellationToken) => Task.FromResult(new SendRoom(10, 10));

        // The first holds its rows in an open transaction for as long as the second claims: a claim that waited for them would never end.
        await using var held = await one.OpenAsync();
        await using var open = await held.Database.BeginTransactionAsync();
        var locked = await held.Database.SqlQuery<Guid>($"""SELECT "Id" AS "Value" FROM generations ORDER BY "Urgency", "DueAt" LIMIT 10 FOR UPDATE""").ToListAsync();
        var claimed = await other.Get<GenerationClaims>().ClaimAsync(wish, "other", TimeSpan.FromMinutes(1), Ten, CancellationToken.None);

        claimed.Generations.Count.ShouldBe(10);
        claimed.Generations.Select(generation => generation.Id).ShouldNotContain(id => locked.Contains(id));
        await open.RollbackAsync();
        (await one.Get<GenerationClaims>().ClaimAsync(wish, "one", TimeSpan.FromMinutes(1), Ten, CancellationToken.None))
            .Generations.Select(generation => generation.Id).ShouldBe(locked, ignoreOrder: true);
    }

    [Fact]
    public async Task a_server_that_takes_no_writes_is_a_database_that_is_away()
    {
        var options = await EmptyDatabaseAsync();
        await using (var node = new DatabaseUnderTest(Path.GetTempPath(), options))
        {
            await node.StartAsync(CancellationToken.None);
            (await LookAsync(node)).Status.ShouldBe(HealthStatus.Healthy);
        }

        // As on a standby, and on the old server after another took over.
        await using var late = new DatabaseUnderTest(Path.GetTempPath(), new DatabaseOptions
        {
            Engine = options.Engine, ConnectionString = options.ConnectionString + ";Options=-c default_transaction_read_only=on",
        });
        (await LookAsync(late)).Status.ShouldBe(HealthStatus.Unhealthy);
        var refused = await Should.ThrowAsync<Exception>(
            () => late.Get<GenerationStore>().AddAsync(Orders.New(DateTimeOffset.UtcNow), idempotency: null, CancellationToken.None));
        DatabaseFaults.IsUnavailable(refused).ShouldBeTrue(refused.ToString());
        await using var empty = new DatabaseUnderTest(Path.GetTempPath(), new DatabaseOptions
        {
            Engine = options.Engine, ConnectionString = await cluster.NewDatabaseAsync() + ";Options=-c default_transaction_read_only=on",
        });
        (await Should.ThrowAsync<DatabaseUnavailableException>(() => empty.StartAsync(CancellationToken.None))).OperatorText.ShouldContain("the server takes no writes");

        static Task<HealthCheckResult> LookAsync(DatabaseUnderTest node) => new DatabaseCheck(node.Get<IDbContextFactory<ProductVideoDb>>()).CheckHealthAsync(new HealthCheckContext());
    }

    [Fact]
    public async Task of_two_clips_that_are_published_at_once_one_stays()
    {
        var meeting = new Meeting();
        await using var node = await OpenAsync(meeting);
        var (store, now) = (node.Get<GenerationStore>(), await node.Get<IDatabaseClock>().NowAsync(CancellationToken.None));
        var saves = new List<Func<Task>>();
        foreach (var name in (string[])["one", "other"])
            saves.Add(await PublishingAsync(store, Orders.New(now, new GenerationState.Publishing(Orders.Clip, "pv-" + name, "tester", now)), now));

        meeting.Awaits = 2;
        await Task.WhenAll(saves.Select(save => Task.Run(save)));
        (await store.ListAsync(new GenerationFilter("sample"), CancellationToken.None)).Select(video => video.State.Name)
            .ShouldBe([nameof(GenerationState.Published), nameof(GenerationState.Withdrawing)], ignoreOrder: true);
    }

    [Fact]
    public async Task an_order_that_waits_for_the_publishing_of_the_very_clip_is_not_paid_again()
    {
        var meeting = new Meeting();
        await using var node = await OpenAsync(meeting);
        var (store, now) = (node.Get<GenerationStore>(), await node.Get<IDatabaseClock>().NowAsync(CancellationToken.None));
        var published = Orders.New(now, new GenerationState.Publishing(Orders.Clip, "pv-1", "tester", now), fingerprint: "same");
        var publish = await PublishingAsync(store, published, now);
        meeting.Awaits = 2;
        var publishing = Task.Run(publish);
        await meeting.FirstCame;
        // The insert waits for the transaction that publishes, which makes room for it.
        var ordering = Task.Run(() => store.AddAsync(Orders.New(now, fingerprint: "same"), idempotency: null, again: false, CancellationToken.None));
        await Task.Delay(500);
        ordering.IsCompleted.ShouldBeFalse();
        meeting.End();
        await publishing;
        (await ordering).Id.ShouldBe(published.Id);
        (await store.ListAsync(new GenerationFilter("sample"), CancellationToken.None)).Count.ShouldBe(1);
    }

    private async Task<DatabaseUnderTest> OpenAsync(Meeting meeting)
    {
        var node = new DatabaseUnderTest(Path.GetTempPath(), await EmptyDatabaseAsync(), services => services.AddSingleton<IWrittenTogether>(meeting));
        await using var db = await node.OpenAsync();
        await db.Database.MigrateAsync();
        return node;
    }

    private static async Task<Func<Task>> PublishingAsync(GenerationStore store, Generation generation, DateTimeOffset now)
    {
        await store.AddAsync(generation, idempotency: null, CancellationToken.None);
        var owner = $"{generation.Id}";
        var claimed = (await store.ClaimAsync(generation.Id, owner, TimeSpan.FromMinutes(5), CancellationToken.None)).ShouldNotBeNull();
        var published = claimed with { State = new GenerationState.Published(Orders.Clip, "pv-1", "media", "/mug", now), DueAt = null };
        return async () => (await store.SaveAsync(claimed, published, owner, keepFor: null, CancellationToken.None)).ShouldNotBeNull();
    }

    /// <summary>Transactions that publish wait for each other here, each with its own row written.</summary>
    private sealed class Meeting : IWrittenTogether
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _came;

        public int Awaits { get; set; }

        public Task FirstCame => _first.Task;

        public void End() => _all.TrySetResult();

        public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
        {
            if (Awaits == 0 || after.State is not GenerationState.Published)
                return;
            _first.TrySetResult();
            if (Interlocked.Increment(ref _came) == Awaits)
                End();
            await _all.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        }
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
