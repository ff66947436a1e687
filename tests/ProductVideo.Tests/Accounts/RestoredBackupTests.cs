using Microsoft.EntityFrameworkCore;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Accounts;

/// <summary>The rows of a restored backup, against providers that remember what came after it.</summary>
public sealed class RestoredBackupTests : IAsyncLifetime
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(4);

    private readonly GateFixture _gate = new();

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private Task<RestoreReport> RestoredAsync() => _gate.Get<RestoredBackup>().RunAsync(CancellationToken.None);

    /// <summary>Orders of a provider of class L, of which <paramref name="sent"/> were sent after the backup.</summary>
    private async Task<IReadOnlyList<Guid>> ListOnlyAsync(int count, int sent)
    {
        var ids = await _gate.PlannedAsync(count, provider: "listing");
        _gate.Clock.Advance(TimeSpan.FromMinutes(20));
        for (var i = 1; i <= sent; i++)
            _gate.Listing.Tasks.Add(new RemoteTask($"after-{i}", _gate.Clock.GetUtcNow()));
        _gate.Get<AccountsOptions>().Accounts["listing"] = new AccountOptions { Exclusive = true };
        return ids;
    }

    [Fact]
    public async Task every_order_that_waits_is_marked_by_what_its_provider_can_tell_and_only_once()
    {
        await _gate.PlannedAsync(3);
        (await RestoredAsync()).ShouldBe(new RestoreReport(LookedFor: 3));
        (await RestoredAsync()).ShouldBe(new RestoreReport());

        _gate.Provider.Correlation = CorrelationClass.Key;
        await _gate.PlannedAsync(2);
        (await RestoredAsync()).ShouldBe(new RestoreReport(SameKey: 2));

        _gate.Provider.Correlation = CorrelationClass.Nothing;
        await _gate.PlannedAsync(1);
        (await RestoredAsync()).InDoubt.ShouldBe(1);
        _gate.Provider.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task more_orders_than_one_page_are_all_marked()
    {
        await _gate.PlannedAsync(450);
        (await RestoredAsync()).LookedFor.ShouldBe(450);
    }

    [Fact]
    public async Task looking_needs_no_place_and_no_leave_to_submit()
    {
        await _gate.Accounts.LimitAsync("listing", maxInFlight: 1, startsPerSecond: null, CancellationToken.None);
        await _gate.Get<SubmitSwitches>().PauseAsync("all", "Ada", "Restored.", CancellationToken.None);
        var ids = await ListOnlyAsync(count: 1, sent: 1);
        (await RestoredAsync()).LookedFor.ShouldBe(1);

        (await _gate.AdvanceAfterAsync(Settled, ids[0])).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("after-1");
        _gate.Listing.Starts.ShouldBe(0);
        (await _gate.IntentsAsync()).Single().Outcome.ShouldBe("Taken");
    }

    [Fact]
    public async Task an_order_that_was_never_sent_is_sent_once_and_through_the_gate()
    {
        var ids = await ListOnlyAsync(count: 1, sent: 0);
        await RestoredAsync();
        await _gate.Get<SubmitSwitches>().PauseAsync("all", "Ada", "Restored.", CancellationToken.None);
        (await _gate.AdvanceAfterAsync(Settled, ids[0])).State.ShouldBeOfType<Planned>();

        await _gate.Get<SubmitSwitches>().ResumeAsync("all", CancellationToken.None);
        (await _gate.AdvanceAsync(ids[0])).State.ShouldBeOfType<GenerationState.Rendering>();
        _gate.Listing.Starts.ShouldBe(1);
        (await _gate.IntentsAsync()).Single().Outcome.ShouldBe("Taken");
    }

    [Fact]
    public async Task where_a_list_bears_no_mark_a_task_that_two_orders_may_have_made_is_taken_for_neithers()
    {
        var ids = (await ListOnlyAsync(count: 1, sent: 0)).Concat(await ListOnlyAsync(count: 1, sent: 1)).ToList();
        (await RestoredAsync()).LookedFor.ShouldBe(2);
        _gate.Clock.Advance(Settled);
        foreach (var id in ids)
            (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("several_tasks");
        _gate.Listing.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task a_key_is_sent_under_the_limits_of_its_account()
    {
        _gate.Provider.Correlation = CorrelationClass.Key;
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 2, startsPerSecond: null, CancellationToken.None);
        var ids = await _gate.PlannedAsync(6);
        (await RestoredAsync()).SameKey.ShouldBe(6);
        await _gate.AdvanceAllAsync(ids);
        _gate.Provider.Starts.ShouldBe(2);
        (await _gate.IntentsAsync()).Select(row => row.Nonce).ShouldBeSubsetOf(ids.Select(id => IntentNonce.Of(id, 0)));
    }

    [Fact]
    public async Task a_worker_of_before_the_backup_holds_nothing_up()
    {
        var id = (await _gate.PlannedAsync(1))[0];
        await _gate.Get<GenerationStore>().ClaimAsync(id, "dead", TimeSpan.FromHours(1), CancellationToken.None);
        (await RestoredAsync()).LookedFor.ShouldBe(1);
        await using var db = await _gate.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        (await db.Generations.Select(row => row.Owner).SingleAsync()).ShouldBeNull();
    }
}
