using ProductVideo.Accounts;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Accounts;

public sealed class SubmitGateTests : IAsyncLifetime
{
    private readonly GateFixture _gate = new();

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private static StartOutcome Refused(ProviderFaultCode code, TimeSpan? retryAfter = null) =>
        new StartOutcome.Refused(new ProviderFault(code, "said so", "It said so.", retryAfter));

    [Fact]
    public async Task sixty_four_workers_never_have_more_tasks_at_the_provider_than_the_limit()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 5, startsPerSecond: null, CancellationToken.None);
        var ids = await _gate.PlannedAsync(64);

        await _gate.AdvanceAllAsync(ids);
        _gate.Provider.Starts.ShouldBe(5);
        var waiting = new List<Planned>();
        foreach (var id in ids)
        {
            if ((await _gate.FindAsync(id)).State is Planned planned)
                waiting.Add(planned);
        }

        waiting.Count.ShouldBe(59);
        waiting.ShouldAllBe(planned => planned.LastProblem!.MerchantText.StartsWith("Waiting for a free place"));

        _gate.Provider.Ends = true;
        for (var round = 0; round < 60 && _gate.Provider.Starts < 64; round++)
        {
            _gate.Clock.Advance(TimeSpan.FromMinutes(1));
            await _gate.AdvanceAllAsync(ids);
        }

        _gate.Provider.Starts.ShouldBe(64);
        _gate.Provider.MostAtOnce.ShouldBe(5);
        (await _gate.IntentsAsync()).Count.ShouldBe(64);
    }

    [Fact]
    public async Task those_that_wait_for_a_place_get_a_turn_each_and_not_all_the_same()
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: 1, startsPerSecond: null, CancellationToken.None);
        var ids = await _gate.PlannedAsync(6, origin: GenerationOrigin.Backfill);
        foreach (var id in ids)
            await _gate.AdvanceAsync(id);

        var turns = new List<DateTimeOffset>();
        foreach (var id in ids.Skip(1))
            turns.Add((await _gate.FindAsync(id)).DueAt!.Value);
        turns.ShouldBeUnique();
        turns.ShouldAllBe(turn => turn > _gate.Clock.GetUtcNow() && turn <= _gate.Clock.GetUtcNow().AddSeconds(3));
    }

    [Theory]
    [InlineData(3, 1_000)]
    [InlineData(0.5, 2_000)]
    public async Task no_window_sees_more_starts_than_the_rate(double perSecond, int window)
    {
        await _gate.Accounts.LimitAsync("counting", maxInFlight: null, perSecond, CancellationToken.None);
        var most = Math.Max(1, (int)perSecond);
        var ids = await _gate.PlannedAsync(7);
        for (var step = 0; step < 45; step++)
        {
            await _gate.AdvanceAllAsync(ids);
            _gate.Clock.Advance(TimeSpan.FromMilliseconds(350));
        }

        var starts = (await _gate.IntentsAsync()).Select(row => row.At).ToList();
        starts.Count.ShouldBe(7);
        for (var i = most; i < starts.Count; i++)
            (starts[i] - starts[i - most]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(window));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("provider:counting")]
    [InlineData("shop:sample")]
    public async Task a_pause_holds_new_submits_back_and_says_who_and_why(string scope)
    {
        var switches = _gate.Get<SubmitSwitches>();
        var id = (await _gate.PlannedAsync(1))[0];
        await switches.PauseAsync(scope, "Ada", "The invoice is being checked.", CancellationToken.None);

        var waiting = (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<Planned>();
        waiting.LastProblem!.MerchantText.ShouldContain("Ada paused new videos: The invoice is being checked.");
        _gate.Provider.Starts.ShouldBe(0);
        (await _gate.IntentsAsync()).ShouldBeEmpty();

        (await switches.ResumeAsync(scope, CancellationToken.None)).ShouldBeTrue();
        (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_pause_of_another_shop_or_provider_holds_nothing_back()
    {
        await _gate.PlannedAsync(1, shop: "other", provider: "gone");
        await _gate.Get<SubmitSwitches>().PauseAsync("shop:other", "Ada", "Why.", CancellationToken.None);
        await _gate.Get<SubmitSwitches>().PauseAsync("provider:gone", "Ada", "Why.", CancellationToken.None);
        (await _gate.AdvanceAsync((await _gate.PlannedAsync(1))[0])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Theory]
    [InlineData("everything", "why")]
    [InlineData("shop:", "why")]
    [InlineData("all", " ")]
    public async Task a_pause_of_nothing_or_without_a_reason_is_refused(string scope, string why) =>
        await Should.ThrowAsync<RefusedException>(() => _gate.Get<SubmitSwitches>().PauseAsync(scope, "Ada", why, CancellationToken.None));

    [Fact]
    public async Task a_pause_stops_the_same_key_from_being_sent_again()
    {
        _gate.Provider.Correlation = CorrelationClass.Key;
        _gate.Provider.OnStart = () => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."));
        var id = (await _gate.PlannedAsync(1))[0];
        await _gate.AdvanceAsync(id);
        await _gate.Get<SubmitSwitches>().PauseAsync("all", "Ada", "Why.", CancellationToken.None);

        (await _gate.AdvanceAfterAsync(TimeSpan.FromMinutes(1), id)).State.ShouldBeOfType<Submitting>().Searches.ShouldBe(0);
        _gate.Provider.Starts.ShouldBe(1);
    }

    [Fact]
    public async Task a_wish_to_wait_of_one_order_holds_all_of_its_account()
    {
        _gate.Provider.OnStart = () => Refused(ProviderFaultCode.RateLimited, TimeSpan.FromMinutes(4));
        var ids = await _gate.PlannedAsync(2);
        await _gate.AdvanceAsync(ids[0]);
        await _gate.AdvanceAsync(ids[1]);

        _gate.Provider.Starts.ShouldBe(1);
        var held = await _gate.FindAsync(ids[1]);
        held.DueAt.ShouldBe(_gate.Clock.GetUtcNow().AddMinutes(4));
        held.State.ShouldBeOfType<Planned>().LastProblem!.Code.ShouldBe("provider_asked_to_wait");
    }

    [Fact]
    public async Task a_wish_to_wait_for_days_is_kept_for_a_quarter_of_an_hour()
    {
        _gate.Provider.OnStart = () => Refused(ProviderFaultCode.RateLimited, TimeSpan.FromDays(3));
        await _gate.AdvanceAsync((await _gate.PlannedAsync(1))[0]);
        (await _gate.Accounts.StandingsAsync(CancellationToken.None)).Single(row => row.Account == "counting").NotBefore
            .ShouldBe(_gate.Clock.GetUtcNow().AddMinutes(15));
    }

    [Fact]
    public async Task a_provider_that_fails_again_and_again_is_left_alone_and_probed_for_free()
    {
        _gate.Provider.OnStart = () => Refused(ProviderFaultCode.Transient);
        _gate.Provider.OnProbe = () => new ProviderFault(ProviderFaultCode.Transient, "503", "Away.");
        var ids = await _gate.PlannedAsync(9);
        foreach (var id in ids)
            await _gate.AdvanceAsync(id);
        _gate.Provider.Starts.ShouldBe(5);

        // Down for half an hour: no order is sent, free probes are.
        for (var minute = 0; minute < 30; minute++)
        {
            _gate.Clock.Advance(TimeSpan.FromMinutes(1));
            await _gate.AdvanceAllAsync(ids);
        }

        _gate.Provider.Starts.ShouldBe(5);
        _gate.Provider.Probes.ShouldBeInRange(4, 8);
        (await _gate.FindAsync(ids[8])).State.ShouldBeOfType<Planned>().LastProblem!.Code.ShouldBe("provider_unavailable");

        _gate.Provider.OnStart = null;
        _gate.Provider.OnProbe = () => null;
        for (var minute = 0; minute < 12; minute++)
        {
            _gate.Clock.Advance(TimeSpan.FromMinutes(1));
            await _gate.AdvanceAllAsync(ids);
        }

        _gate.Provider.Starts.ShouldBe(14);
    }

    [Fact]
    public async Task a_refused_account_tells_the_merchant_why_until_a_person_mends_it()
    {
        _gate.Provider.OnStart = () => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.OutOfCredit, "402", "There is no credit left."));
        _gate.Provider.OnProbe = () => new ProviderFault(ProviderFaultCode.OutOfCredit, "402", "There is no credit left.");
        var ids = await _gate.PlannedAsync(2);
        (await _gate.AdvanceAsync(ids[0])).State.ShouldBeOfType<Failed>();
        (await _gate.AdvanceAsync(ids[1])).State.ShouldBeOfType<Planned>().LastProblem!.MerchantText.ShouldContain("There is no credit left.");
        await _gate.AdvanceAfterAsync(TimeSpan.FromHours(1), ids[1]);
        (_gate.Provider.Starts, _gate.Provider.Probes).ShouldBe((1, 1));

        _gate.Provider.OnStart = null;
        await _gate.Accounts.ReopenAsync("counting", CancellationToken.None);
        (await _gate.AdvanceAsync(ids[1])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task orders_at_an_empty_account_wait_for_a_person_where_a_probe_sees_no_credit()
    {
        _gate.Provider.OnStart = () => Refused(ProviderFaultCode.OutOfCredit);
        var ids = await _gate.PlannedAsync(2);
        await _gate.AdvanceAsync(ids[0]);
        await _gate.AdvanceAfterAsync(TimeSpan.FromHours(1), ids[1]);
        (await _gate.AdvanceAfterAsync(TimeSpan.FromHours(1), ids[1])).State.ShouldBeOfType<Planned>().LastProblem!.MerchantText.ShouldContain("Test connection");
        (_gate.Provider.Starts, _gate.Provider.Probes > 0).ShouldBe((1, true));

        _gate.Provider.OnStart = null;
        (await _gate.Accounts.TestAsync("counting", CancellationToken.None)).ShouldBeNull();
        (await _gate.AdvanceAsync(ids[1])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_probe_that_throws_is_a_probe_that_failed()
    {
        _gate.Provider.OnStart = () => Refused(ProviderFaultCode.Unauthorised);
        _gate.Provider.OnProbe = () => throw new InvalidOperationException("broken adapter");
        var ids = await _gate.PlannedAsync(2);
        await _gate.AdvanceAsync(ids[0]);
        (await _gate.AdvanceAfterAsync(TimeSpan.FromMinutes(5), ids[1])).State.ShouldBeOfType<Planned>();
        _gate.Provider.Probes.ShouldBe(1);
    }

    [Fact]
    public async Task where_nothing_of_ours_is_listed_one_unproven_submit_goes_at_a_time()
    {
        _gate.Provider.Correlation = CorrelationClass.ListOnly;
        var inside = new TaskCompletionSource();
        var first = new TaskCompletionSource();
        _gate.Provider.OnStart = () =>
        {
            if (_gate.Provider.Starts == 1)
            {
                inside.SetResult();
                first.Task.Wait();
            }

            return new StartOutcome.Accepted(new ProviderOperation($"task-{_gate.Provider.Starts}"));
        };
        var ids = await _gate.PlannedAsync(2);
        var slow = Task.Run(() => _gate.AdvanceAsync(ids[0]));
        await inside.Task;

        (await _gate.AdvanceAsync(ids[1])).State.ShouldBeOfType<Planned>().LastProblem!.Code.ShouldBe("waiting_for_place");
        first.SetResult();
        (await slow).State.ShouldBeOfType<GenerationState.Rendering>();
        (await _gate.AdvanceAfterAsync(TimeSpan.FromSeconds(3), ids[1])).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_refused_submit_is_sent_again_under_its_name_and_its_row_tells_of_the_last_time()
    {
        var outcomes = new Queue<StartOutcome?>([Refused(ProviderFaultCode.Concurrency), null]);
        _gate.Provider.OnStart = outcomes.Dequeue;
        var id = (await _gate.PlannedAsync(1))[0];
        await _gate.AdvanceAsync(id);
        var refused = (await _gate.IntentsAsync()).Single();
        (refused.Nonce, refused.Outcome).ShouldBe((IntentNonce.Of(id, 0), "Refused"));

        (await _gate.AdvanceAfterAsync(TimeSpan.FromMinutes(1), id)).State.ShouldBeOfType<GenerationState.Rendering>();
        var taken = (await _gate.IntentsAsync()).Single();
        (taken.Nonce, taken.Outcome, taken.At).ShouldBe((refused.Nonce, "Taken", refused.At.AddMinutes(1)));
    }

    [Fact]
    public async Task every_decision_to_pay_leaves_a_row_that_says_what_came_of_it()
    {
        var outcomes = new Queue<StartOutcome?>([Refused(ProviderFaultCode.InvalidInput), null]);
        _gate.Provider.OnStart = outcomes.Dequeue;
        foreach (var id in await _gate.PlannedAsync(2))
            await _gate.AdvanceAsync(id);

        var intents = await _gate.IntentsAsync();
        intents.Select(row => row.Outcome).ShouldBe(["Refused", "Taken"], ignoreOrder: true);
        intents.Single(row => row.Outcome == "Taken").RemoteId.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_test_by_a_person_opens_a_mended_account_and_closes_a_refused_one()
    {
        var accounts = _gate.Get<ProviderAccounts>();
        _gate.Provider.OnProbe = () => new ProviderFault(ProviderFaultCode.Unauthorised, "401", "The key is refused.");
        (await accounts.TestAsync("counting", CancellationToken.None))!.MerchantText.ShouldBe("The key is refused.");
        (await accounts.TroubledAsync(CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldBe("The key is refused.");

        // Not being reached says nothing on whether it lets us in.
        _gate.Provider.OnProbe = () => new ProviderFault(ProviderFaultCode.Transient, "503", "Away.");
        (await accounts.TestAsync("counting", CancellationToken.None)).ShouldNotBeNull();
        (await accounts.TroubledAsync(CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldBe("The key is refused.");

        _gate.Provider.OnProbe = () => null;
        (await accounts.TestAsync("counting", CancellationToken.None)).ShouldBeNull();
        (await accounts.TroubledAsync(CancellationToken.None)).ShouldBeEmpty();
        _gate.Provider.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task what_has_no_free_call_is_not_tested_by_a_paid_one() =>
        (await Should.ThrowAsync<RefusedException>(() => _gate.Get<ProviderAccounts>().TestAsync("listing", CancellationToken.None))).Problem.Code.ShouldBe("nothing_to_test");
}
