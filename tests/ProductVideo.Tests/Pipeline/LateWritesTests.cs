using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A process that slept between its look at a listing and its write, while another one ended the work.</summary>
public sealed class LateWritesTests : IAsyncLifetime
{
    private static readonly TimeSpan s_asleep = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_waits = TimeSpan.FromHours(20);

    private readonly PipelineFixture _pipeline = new()
    {
        Add = services => services.AddSingleton<IDbContextFactory<ProductVideoDb>>(
            provider => new MayBeAway(provider.GetRequiredService<IDatabaseEngine>(), provider.GetRequiredService<TimeProvider>())),
    };

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_clip_written_late_whose_answer_is_lost_is_on_the_listing_once()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            (await TakeOverAsync(ordered.Id)).State.ShouldBeOfType<Published>();
            _pipeline.Shop.LostAnswers.Enqueue(Away());
        });

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_clip_written_late_though_it_was_withdrawn_meanwhile_is_taken_off_again()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            await TakeOverAsync(ordered.Id);
            await WithdrawAsync(ordered.Id);
        });

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Withdrawn>();
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_that_its_shop_makes_wait_is_stopped_and_never_goes_there()
    {
        var waiting = await WaitingAsync();

        (await _pipeline.Get<VideoGenerations>().WithdrawAsync(waiting.Id, "tester", CancellationToken.None)).State.ShouldBeOfType<Withdrawing>();
        (await _pipeline.AdvanceAfterAsync(GenerationMachine.LateArrival, waiting.Id)).State.ShouldBeOfType<Withdrawn>();

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromDays(7), waiting.Id)).State.ShouldBeOfType<Withdrawn>();
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_being_put_on_its_listing_this_moment_is_not_stopped_and_says_so()
    {
        var waiting = await WaitingAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () => (await Should.ThrowAsync<RefusedException>(
            () => _pipeline.Get<VideoGenerations>().WithdrawAsync(waiting.Id, "tester", CancellationToken.None))).Problem.MerchantText.ShouldContain("this moment"));

        (await _pipeline.AdvanceAfterAsync(s_waits, waiting.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.BeforeWrites.ShouldBeEmpty();
        await WithdrawAsync(waiting.Id);
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_written_late_though_it_was_stopped_on_its_way_is_taken_off_again()
    {
        var waiting = await WaitingAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            _pipeline.Clock.Advance(s_asleep);
            await _pipeline.Get<VideoGenerations>().WithdrawAsync(waiting.Id, "tester", CancellationToken.None);
            (await _pipeline.AdvanceAfterAsync(GenerationMachine.LateArrival, waiting.Id)).State.ShouldBeOfType<Withdrawn>();
        });

        (await _pipeline.AdvanceAfterAsync(s_waits, waiting.Id)).State.ShouldBeOfType<Withdrawn>();
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_taken_off_late_though_it_was_approved_again_meanwhile_is_put_on_again()
    {
        var ordered = await OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(ordered.Id, "tester", CancellationToken.None);
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            (await TakeOverAsync(ordered.Id)).State.ShouldBeOfType<Withdrawn>();
            await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
            (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        });

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_shop_that_is_away_when_the_sleeper_wakes_is_asked_again()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            await TakeOverAsync(ordered.Id);
            await WithdrawAsync(ordered.Id);
            for (var i = 0; i < 3; i++)
                _pipeline.Shop.DetachFaults.Enqueue(Away());
        });

        await PassTimeAsync(_pipeline.AdvanceAsync(ordered.Id));

        await EndedAsWithdrawnAsync(ordered.Id);
        _pipeline.Shop.DetachFaults.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_database_that_is_away_when_the_sleeper_wakes_is_asked_again()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            await TakeOverAsync(ordered.Id);
            await WithdrawAsync(ordered.Id);
            Database.AwayFor(TimeSpan.FromSeconds(5));
        });

        // The answer itself was never written, which is told as ever.
        await Should.ThrowAsync<TimeoutException>(PassTimeAsync(_pipeline.AdvanceAsync(ordered.Id)));

        await EndedAsWithdrawnAsync(ordered.Id);
    }

    [Fact]
    public async Task a_database_that_goes_away_after_the_shop_did_not_end_the_looking()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(async () =>
        {
            await TakeOverAsync(ordered.Id);
            await WithdrawAsync(ordered.Id);
            _pipeline.Shop.BeforeWrites.Enqueue(() =>
            {
                Database.AwayFor(TimeSpan.FromSeconds(5));
                throw Away();
            });
        });

        await PassTimeAsync(_pipeline.Get<Advance>().RunAsync(ordered.Id, CancellationToken.None));

        await EndedAsWithdrawnAsync(ordered.Id);
    }

    [Fact]
    public async Task a_claim_that_ran_out_and_that_nobody_took_is_left_to_the_next_try()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.BeforeWrites.Enqueue(() =>
        {
            _pipeline.Clock.Advance(s_asleep);
            _pipeline.Shop.AttachFaults.Enqueue(Away());
            return Task.CompletedTask;
        });

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Publishing>();
        _pipeline.Shop.AttachFaults.ShouldHaveSingleItem("Nobody wrote beside it, so there was nothing to look at.");
        _pipeline.Shop.AttachFaults.Clear();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.ShouldHaveSingleItem();
    }

    private MayBeAway Database => (MayBeAway)_pipeline.Get<IDbContextFactory<ProductVideoDb>>();

    private async Task PassTimeAsync(Task moving)
    {
        while (!moving.IsCompleted)
        {
            _pipeline.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await moving;
    }

    private async Task EndedAsWithdrawnAsync(Guid id)
    {
        (await _pipeline.Get<VideoGenerations>().GetAsync(id, CancellationToken.None)).State.ShouldBeOfType<Withdrawn>();
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    private static StorefrontException Away() => new(StorefrontFault.Unavailable, "The shop can't be reached.", "Connection refused.");

    /// <summary>A clip that is approved and not yet on its listing.</summary>
    private async Task<Generation> OrderAsync()
    {
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        return await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
    }

    /// <summary>A clip whose shop named a time of waiting.</summary>
    private async Task<Generation> WaitingAsync()
    {
        var ordered = await OrderAsync();
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.RateLimited, "The shop's week is full.", "429") { RetryAfter = s_waits });
        var waiting = await _pipeline.AdvanceAsync(ordered.Id);
        waiting.State.ShouldBeOfType<Publishing>().LastProblem!.MerchantText.ShouldBe("The shop's week is full.");
        return waiting;
    }

    /// <summary>What another process does once the sleeper's claim is over.</summary>
    private Task<Generation> TakeOverAsync(Guid id) => _pipeline.AdvanceAfterAsync(s_asleep, id);

    private async Task WithdrawAsync(Guid id)
    {
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(id, "tester", CancellationToken.None);
        (await _pipeline.AdvanceAsync(id)).State.ShouldBeOfType<Withdrawn>();
    }

    /// <summary>A database that can't be opened for a while.</summary>
    private sealed class MayBeAway(IDatabaseEngine engine, TimeProvider clock) : IDbContextFactory<ProductVideoDb>
    {
        private DateTimeOffset _until;

        public void AwayFor(TimeSpan time) => _until = clock.GetUtcNow() + time;

        public ProductVideoDb CreateDbContext() =>
            clock.GetUtcNow() < _until ? throw new TimeoutException("The database does not answer.") : engine.CreateDbContext();
    }
}
