using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>Many moved at once: by the same rules as one, and one that fails spoils none of the others.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private readonly Objections _objections = new();
    private readonly PipelineFixture _pipeline;

    private readonly PatienceClock _clock = new();

    public BatchTests()
    {
        _pipeline = new() { Clock = _clock, Add = services => services.AddSingleton<IWrittenTogether>(_objections) };
        _pipeline.Provider.PerSecond = 0;
    }

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private Task<int> SweepAsync() => _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);

    private async Task<GenerationState> StateAsync(Guid id) => (await _pipeline.Get<GenerationStore>().FindAsync(id, CancellationToken.None))!.State;

    private async Task<IReadOnlyList<Guid>> PlannedAsync(int count)
    {
        var now = _pipeline.Clock.GetUtcNow();
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var generation = Some.Generation(new Planned(), provider: "scripted");
            generation = generation with { CreatedAt = now, DueAt = now, Product = generation.Product with { ProductId = $"mug-{i}" }, Order = generation.Order with { Request = Some.Request("model-1") } };
            ids.Add((await _pipeline.Get<GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None)).Id);
        }

        return ids;
    }

    [Fact]
    public async Task a_hundred_orders_are_sent_once_each_in_a_handful_of_commits_and_asked_about()
    {
        var ids = await PlannedAsync(100);
        _objections.Commits = 0;

        await SweepAsync();
        _pipeline.Provider.Submits.Count.ShouldBe(100);
        _pipeline.Provider.Submits.ShouldBeUnique();
        foreach (var id in ids)
            (await StateAsync(id)).ShouldBeOfType<GenerationState.Rendering>().Checks.ShouldBe(1);
        // The intents, what they led to, and what the first look led to.
        _objections.Commits.ShouldBe(3);
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        (await db.SubmitIntents.CountAsync(row => row.Outcome == "Taken" && row.RemoteId == "task-" + row.Nonce)).ShouldBe(100);
        (await db.Generations.CountAsync(row => row.Owner != null)).ShouldBe(0);
    }

    [Fact]
    public async Task a_new_task_is_asked_about_once_it_can_be_ready_and_no_sooner()
    {
        _pipeline.Provider.FirstLook = TimeSpan.FromSeconds(20);
        var ids = await PlannedAsync(3);

        await SweepAsync();
        foreach (var id in ids)
            (await StateAsync(id)).ShouldBeOfType<GenerationState.Rendering>().Checks.ShouldBe(0);

        _pipeline.Clock.Advance(TimeSpan.FromSeconds(20));
        await SweepAsync();
        foreach (var id in ids)
            (await StateAsync(id)).ShouldBeOfType<GenerationState.Rendering>().Checks.ShouldBe(1);
    }

    [Fact]
    public async Task one_that_its_companion_refuses_is_left_out_and_the_others_go()
    {
        var ids = await PlannedAsync(5);
        _objections.Screens[ids[2]] = new NotNowException(_pipeline.Clock.GetUtcNow().AddMinutes(7), Some.Problem);

        await SweepAsync();
        _pipeline.Provider.Submits.Count.ShouldBe(4);
        var refused = (await _pipeline.Get<GenerationStore>().FindAsync(ids[2], CancellationToken.None))!;
        refused.State.ShouldBe(new Planned(LastProblem: Some.Problem));
        refused.DueAt.ShouldBe(_pipeline.Clock.GetUtcNow().AddMinutes(7));
    }

    [Fact]
    public async Task what_is_committed_is_sent_though_what_was_refused_gets_no_turn()
    {
        var ids = await PlannedAsync(5);
        _objections.Screens[ids[2]] = new NotNowException(_pipeline.Clock.GetUtcNow().AddMinutes(7), Some.Problem) { InTurn = true };
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(
            """CREATE TRIGGER no_turns BEFORE UPDATE OF "NextTryAt" ON provider_accounts BEGIN SELECT RAISE(ABORT, 'no turns'); END""");
        for (var i = 0; i < 25; i++)
        {
            // So many people wait that each gets a turn.
            await _pipeline.Get<GenerationStore>().AddAsync(
                Some.Generation(new Planned(), provider: "scripted") with { DueAt = _pipeline.Clock.GetUtcNow().AddHours(1) }, idempotency: null, CancellationToken.None);
        }

        await SweepAsync();
        _pipeline.Provider.Submits.Count.ShouldBe(4);
        foreach (var id in ids.Where(id => id != ids[2]))
            (await StateAsync(id)).ShouldBeOfType<GenerationState.Rendering>();
        (await StateAsync(ids[2])).ShouldBeOfType<Planned>();
    }

    [Fact]
    public async Task one_that_breaks_the_common_commit_goes_by_itself_and_the_others_go()
    {
        var ids = await PlannedAsync(5);
        _objections.Throws[ids[1]] = new InvalidOperationException("broken companion");

        await SweepAsync();
        _pipeline.Provider.Submits.Count.ShouldBe(4);
        (await StateAsync(ids[1])).ShouldBeOfType<Planned>();
    }

    [Fact]
    public async Task a_task_that_is_named_twice_in_one_batch_parks_both_and_no_other()
    {
        var ids = await PlannedAsync(4);
        _pipeline.Provider.OnStart = intent =>
            new StartOutcome.Accepted(new ProviderOperation(intent.Nonce == IntentNonce.Of(ids[0], 0) || intent.Nonce == IntentNonce.Of(ids[3], 0) ? "same" : "task-" + intent.Nonce));

        await SweepAsync();
        (await StateAsync(ids[0])).ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("task_taken");
        (await StateAsync(ids[3])).ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("task_taken");
        (await StateAsync(ids[1])).ShouldBeOfType<GenerationState.Rendering>();
        (await StateAsync(ids[2])).ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.Submits.Count.ShouldBe(4);
    }

    [Fact]
    public async Task an_answer_that_comes_late_is_written_by_itself_and_holds_nobody_up()
    {
        var ids = await PlannedAsync(3);
        using var release = new ManualResetEventSlim();
        var slow = IntentNonce.Of(ids[1], 0);
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pipeline.Provider.OnStart = intent =>
        {
            if (intent.Nonce == slow)
            {
                inside.SetResult();
                release.Wait();
            }

            return new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        };
        var others = new CountdownEvent(2);
        using var listening = _pipeline.Get<GenerationChanges>().Listen(id => Signal(others, id));
        var sweeping = Task.Run(SweepAsync);
        await inside.Task;
        await _clock.Waiting;
        _clock.Advance(BatchAdvance.Patience);
        others.Wait();
        release.Set();
        await sweeping;
        (await StateAsync(ids[1])).ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.Submits.Count.ShouldBe(3);

        void Signal(CountdownEvent left, Guid id)
        {
            using var db = _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContext();
            if (!left.IsSet && id != ids[1] && db.Generations.Any(row => row.Id == id && row.State == nameof(GenerationState.Rendering)))
                left.Signal();
        }
    }

    [Fact]
    public async Task cancelled_orders_are_ended_together_and_never_sent()
    {
        var ids = await PlannedAsync(6);
        foreach (var id in ids)
            await _pipeline.Get<GenerationStore>().FollowAsync(id, new Command.Cancel("tester"), CancellationToken.None);
        await SweepAsync();
        foreach (var id in ids)
            (await StateAsync(id)).ShouldBe(new Cancelled("tester"));
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_wish_to_cancel_that_comes_while_a_batch_calls_is_followed_at_once()
    {
        var ids = await PlannedAsync(3);
        var answered = 0;
        _pipeline.Provider.OnStart = intent =>
        {
            if (Interlocked.Exchange(ref answered, 1) == 0)
                _pipeline.Get<GenerationStore>().FollowAsync(ids[1], new Command.Cancel("tester"), CancellationToken.None).GetAwaiter().GetResult();
            return new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        };

        await SweepAsync();
        (await StateAsync(ids[1])).ShouldBe(new Cancelled("tester"));
        (await StateAsync(ids[0])).ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task where_a_lost_submit_can_not_be_found_orders_are_sent_one_by_one()
    {
        _pipeline.Provider.Correlation = CorrelationClass.Nothing;
        await PlannedAsync(5);
        _objections.Commits = 0;
        await SweepAsync();
        _pipeline.Provider.Submits.Count.ShouldBe(5);
        _objections.Commits.ShouldBe(0);
    }

    /// <summary>Tells when a batch has begun to wait for its calls.</summary>
    private sealed class PatienceClock() : FakeTimeProvider(Some.Noon)
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == BatchAdvance.Patience)
                _waiting.TrySetResult();
            return timer;
        }
    }

    /// <summary>A companion that the test rules; counts the commits of many.</summary>
    private sealed class Objections : IWrittenTogether
    {
        public Dictionary<Guid, Exception> Screens { get; } = [];

        public Dictionary<Guid, Exception> Throws { get; } = [];

        public int Commits { get; set; }

        public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken) =>
            before is not null && Throws.TryGetValue(after.Id, out var failure) ? Task.FromException(failure) : Task.CompletedTask;

        public Task<IReadOnlyDictionary<Guid, Exception>> ScreenAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<Guid, Exception>>(changes.Where(change => change.After.State is Submitting && Screens.ContainsKey(change.After.Id))
                .ToDictionary(change => change.After.Id, change => Screens[change.After.Id]));

        public async Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
        {
            Commits++;
            foreach (var (before, after) in changes)
                await WriteAsync(db, before, after, cancellationToken);
        }
    }
}
