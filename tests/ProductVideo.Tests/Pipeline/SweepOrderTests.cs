using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class SweepOrderTests : IAsyncLifetime
{
    // A bound for a loaded machine, not a wait.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private Task<Generation> AddAsync(GenerationState state, TimeSpan overdue) => _pipeline.Get<GenerationStore>().AddAsync(
        Some.Generation(state, provider: "scripted") with { DueAt = _pipeline.Clock.GetUtcNow() - overdue }, idempotency: null, CancellationToken.None);

    /// <summary>Tasks at the provider that are to be asked about, in one write: it is not the orders' way in that is tried here.</summary>
    private async Task PollsAsync(int count, TimeSpan overdue)
    {
        var now = _pipeline.Clock.GetUtcNow();
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        db.Generations.AddRange(Enumerable.Range(0, count).Select(number => GenerationRows.ToRow(Some.Generation(
            new GenerationState.Rendering(new ProviderOperation($"task-{number}"), now.AddMinutes(-number)), provider: "scripted") with { DueAt = now - overdue })));
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task a_download_goes_before_a_thousand_polls_that_are_longer_overdue()
    {
        await PollsAsync(1_000, TimeSpan.FromHours(1));
        var download = await AddAsync(
            new GenerationState.Fetching(new ProviderOperation("ready"), [new ClipSource.Stored("a.mp4")], null, _pipeline.Clock.GetUtcNow()), TimeSpan.Zero);

        var due = await _pipeline.Get<GenerationStore>().DueAsync(16, CancellationToken.None);
        due[0].ShouldBe(download.Id);
        due.Count.ShouldBe(16);
        (await _pipeline.Get<GenerationStore>().DueDownloadsAsync(4, CancellationToken.None)).ShouldBe([download.Id]);
    }

    [Fact]
    public async Task what_is_never_urgent_is_still_taken_when_it_has_waited_longest()
    {
        await PollsAsync(40, TimeSpan.FromMinutes(1));
        var planned = await AddAsync(new GenerationState.Planned(), TimeSpan.FromMinutes(2));

        (await _pipeline.Get<GenerationStore>().DueAsync(16, CancellationToken.None)).ShouldContain(planned.Id);
    }

    [Fact]
    public async Task a_download_finds_a_place_though_every_place_waits_for_a_slow_provider()
    {
        var clip = await _pipeline.ReadyClipAsync();
        using var release = new ManualResetEventSlim();
        var checking = new CountdownEvent(_pipeline.Get<PipelineOptions>().SweepParallel);
        _pipeline.Provider.OnCheck = _ =>
        {
            checking.Signal();
            release.Wait();
            return new CheckOutcome.Pending(TimeSpan.FromMinutes(10));
        };
        _pipeline.Get<PipelineOptions>().SweepEvery = TimeSpan.FromMilliseconds(20);
        await PollsAsync(checking.InitialCount, TimeSpan.FromMinutes(1));
        var brought = new TaskCompletionSource();
        var download = await AddAsync(
            new GenerationState.Fetching(new ProviderOperation("ready"), [clip], null, _pipeline.Clock.GetUtcNow()), TimeSpan.FromMinutes(-1));
        var sweeping = Task.Run(() => _pipeline.Get<Sweep>().RunAsync(CancellationToken.None));
        checking.Wait();
        using var listening = _pipeline.Get<GenerationChanges>().Listen(id => SetIf(id == download.Id, brought));
        // Due only now that no place is free.
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));

        await PassUntilAsync(brought.Task);
        release.Set();
        await PassUntilAsync(sweeping);
        (await _pipeline.Get<VideoGenerations>().GetAsync(download.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.AwaitingReview>();
    }

    [Fact]
    public async Task a_download_is_brought_home_though_no_batch_can_be_claimed()
    {
        _pipeline.Get<PipelineOptions>().SweepEvery = TimeSpan.FromMilliseconds(20);
        var clip = await _pipeline.ReadyClipAsync();
        await AddAsync(new GenerationState.Planned(), TimeSpan.Zero);
        var download = await AddAsync(
            new GenerationState.Fetching(new ProviderOperation("ready"), [clip], null, _pipeline.Clock.GetUtcNow()), TimeSpan.Zero);
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE provider_accounts RENAME TO elsewhere");

        await PassUntilAsync(_pipeline.Get<Sweep>().RunAsync(CancellationToken.None));
        (await _pipeline.Get<VideoGenerations>().GetAsync(download.Id, CancellationToken.None)).State.ShouldBeOfType<GenerationState.AwaitingReview>();
    }

    [Fact]
    public async Task a_sweep_that_could_not_claim_rests_by_the_clock_it_was_given()
    {
        _pipeline.Get<PipelineOptions>().SweepEvery = TimeSpan.FromHours(1);
        await AddAsync(new GenerationState.Planned(), TimeSpan.Zero);
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE provider_accounts RENAME TO elsewhere");

        await PassUntilAsync(_pipeline.Get<Sweep>().RunAsync(CancellationToken.None)).WaitAsync(Bound);
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    /// <summary>Lets the sweep's time pass until <paramref name="end"/> has come.</summary>
    private async Task PassUntilAsync(Task end)
    {
        while (!end.IsCompleted)
        {
            _pipeline.Clock.Advance(_pipeline.Get<PipelineOptions>().SweepEvery);
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(1)));
        }

        await end;
    }

    private static void SetIf(bool condition, TaskCompletionSource source)
    {
        if (condition)
            source.TrySetResult();
    }
}
