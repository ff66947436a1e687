using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Accounts;

/// <summary>A backfill's orders give way at an account to those that somebody waits for.</summary>
public sealed class PeopleFirstTests : IAsyncLifetime
{
    private readonly GateFixture _gate = new();

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private Task<IReadOnlyList<Guid>> BackfillAsync(int count) => _gate.PlannedAsync(count, origin: GenerationOrigin.Backfill);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    [InlineData(30, 27)]
    public async Task a_backfill_leaves_a_part_of_the_places_free_for_a_click(int places, int forBackfill)
    {
        await _gate.Accounts.LimitAsync("counting", places, startsPerSecond: null, CancellationToken.None);
        foreach (var id in await BackfillAsync(forBackfill + 2))
            await _gate.AdvanceAsync(id);
        _gate.Provider.Starts.ShouldBe(forBackfill);

        var click = (await _gate.PlannedAsync(1))[0];
        if (places > 1)
            (await _gate.AdvanceAsync(click)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task while_a_click_waits_for_a_place_no_backfill_takes_one()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 1, startsPerSecond: null, CancellationToken.None);
        var running = (await BackfillAsync(1))[0];
        await _gate.AdvanceAsync(running);
        var click = (await _gate.PlannedAsync(1))[0];
        (await _gate.AdvanceAsync(click)).State.ShouldBeOfType<Planned>().LastProblem!.Code.ShouldBe("waiting_for_place");
        var more = (await BackfillAsync(1))[0];

        _gate.Provider.Ends = true;
        await _gate.AdvanceAfterAsync(TimeSpan.FromSeconds(11), running);
        // The place is free, and the backfill's order is first to ask.
        (await _gate.AdvanceAsync(more)).State.ShouldBeOfType<Planned>().LastProblem!.OperatorText.ShouldContain("go first");
        _gate.Provider.Ends = false;
        (await _gate.AdvanceAsync(click)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_click_that_finds_no_place_gets_no_turn_behind_a_backfill()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 1, startsPerSecond: null, CancellationToken.None);
        foreach (var id in await BackfillAsync(60))
            await _gate.AdvanceAsync(id);
        var click = (await _gate.PlannedAsync(1))[0];

        var waiting = await _gate.AdvanceAsync(click);
        waiting.State.ShouldBeOfType<Planned>();
        waiting.DueAt.ShouldBe(_gate.Clock.GetUtcNow() + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task where_one_start_at_a_time_is_proven_a_waiting_click_goes_before_a_backfill()
    {
        var click = (await _gate.PlannedAsync(1, provider: _gate.Listing.Key))[0];
        var backfill = (await _gate.PlannedAsync(1, provider: _gate.Listing.Key, origin: GenerationOrigin.Backfill))[0];

        (await _gate.AdvanceAsync(backfill)).State.ShouldBeOfType<Planned>().LastProblem!.OperatorText.ShouldContain("go first");
        (await _gate.AdvanceAsync(click)).State.ShouldNotBeOfType<Planned>();
    }

    [Fact]
    public async Task a_click_that_waits_takes_one_place_from_the_backfill_and_not_all()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 10, startsPerSecond: null, CancellationToken.None);
        await _gate.PlannedAsync(2);
        foreach (var id in await BackfillAsync(9))
            await _gate.AdvanceAsync(id);
        _gate.Provider.Starts.ShouldBe(7, "a tenth and two are kept free");
    }

    [Fact]
    public async Task a_click_that_somebody_is_at_holds_no_backfill_back()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 2, startsPerSecond: null, CancellationToken.None);
        var click = (await _gate.PlannedAsync(1))[0];
        await _gate.Get<GenerationStore>().ClaimAsync(click, "elsewhere", TimeSpan.FromSeconds(90), CancellationToken.None);

        (await _gate.AdvanceAsync((await BackfillAsync(1))[0])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_click_that_waits_for_a_paused_shop_holds_no_backfill_back()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 2, startsPerSecond: null, CancellationToken.None);
        var click = (await _gate.PlannedAsync(1, shop: "paused"))[0];
        await _gate.Get<SubmitSwitches>().PauseAsync("shop:paused", "Ada", "Why.", CancellationToken.None);
        await _gate.AdvanceAsync(click);

        (await _gate.AdvanceAsync((await BackfillAsync(1))[0])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task an_order_that_is_called_off_ends_though_its_account_has_no_place()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 1, startsPerSecond: null, CancellationToken.None);
        await _gate.AdvanceAsync((await _gate.PlannedAsync(1))[0]);
        var waiting = (await _gate.PlannedAsync(1))[0];
        await _gate.Get<GenerationStore>().FollowAsync(waiting, new Command.Cancel("Ada"), CancellationToken.None);

        await _gate.Get<Sweep>().RunAsync(CancellationToken.None);
        (await _gate.FindAsync(waiting)).State.ShouldBe(new Cancelled("Ada"));
    }

    [Fact]
    public async Task a_batch_sends_clicks_before_the_backfill_and_no_more_than_there_is_room_for()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 4, startsPerSecond: null, CancellationToken.None);
        var backfill = await BackfillAsync(20);
        var clicks = await _gate.PlannedAsync(2);

        await _gate.Get<Sweep>().RunAsync(CancellationToken.None);
        foreach (var id in clicks)
            (await _gate.FindAsync(id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _gate.Provider.Starts.ShouldBe(3);
        var waiting = new List<Generation>();
        foreach (var id in backfill)
            waiting.Add(await _gate.FindAsync(id));
        waiting.Count(one => one.State is Planned).ShouldBe(19);
    }
}
