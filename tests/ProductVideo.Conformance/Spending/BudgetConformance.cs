using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Spending;

/// <summary>What every database must do for the money. Derive a class, return a database with its tables, and the facts below run against it.</summary>
public abstract class BudgetConformance : IAsyncLifetime
{
    private static readonly ProviderOperation Task1 = new("task-1");
    private readonly SetClock _clock = new(Orders.Noon);
    private IDbContextFactory<ProductVideoDb>? _databases;

    /// <summary>A database of its own for this test, with all tables and nothing in them.</summary>
    private protected abstract Task<IDbContextFactory<ProductVideoDb>> CreateAsync();

    /// <summary>Removes it.</summary>
    protected abstract Task DropAsync();

    private IDbContextFactory<ProductVideoDb> Databases => _databases!;

    private Budgets Budgets => new(Databases, _clock);

    private SpendLedger Ledger => new(Databases);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _databases = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task a_thousand_orders_at_once_against_room_for_a_hundred_accept_exactly_a_hundred()
    {
        await PutAsync(70.00m);
        await PutAsync(1_000m, BudgetScope.Shop, "sample", BudgetPeriod.Day);
        var store = Store();
        var (accepted, refused) = (0, 0);
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Token }, async (_, token) =>
        {
            try
            {
                await store.AddAsync(Orders.Of(0.70m), idempotency: null, token);
                Interlocked.Increment(ref accepted);
            }
            catch (RefusedException e)
            {
                (e.Kind, e.Problem.Code).ShouldBe((RefusalKind.OverBudget, "budget_exceeded"));
                Interlocked.Increment(ref refused);
            }
        });

        (accepted, refused).ShouldBe((100, 900));
        var rooms = await Budgets.ListAsync(shop: null, Token);
        rooms[0].ShouldSatisfyAllConditions(r => r.Held.Amount.ShouldBe(70.00m), r => r.Left.Amount.ShouldBe(0m), r => r.Spent.Amount.ShouldBe(0m));
        rooms[1].Held.Amount.ShouldBe(70.00m);
        await using var db = await Databases.CreateDbContextAsync(Token);
        (await db.Generations.CountAsync(Token)).ShouldBe(100);
        (await db.SpendEntries.CountAsync(Token)).ShouldBe(100);
    }

    [Fact]
    public async Task caps_that_are_set_in_the_midst_of_orders_miss_none_of_them()
    {
        var store = Store();
        await Parallel.ForAsync(0, 240, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Token }, async (number, token) =>
        {
            if (number % 12 == 6)
                await PutAsync(1_000m, BudgetScope.Shop, "sample", number % 24 == 6 ? BudgetPeriod.Day : BudgetPeriod.Month);
            else
                await store.AddAsync(Orders.Of(1m), idempotency: null, token);
        });

        (await Budgets.ListAsync(shop: null, Token)).Select(room => room.Held.Amount).ShouldBe([220m, 220m]);
    }

    [Fact]
    public async Task what_fails_after_the_hold_leaves_no_hold()
    {
        await PutAsync(10m);
        await Should.ThrowAsync<InvalidOperationException>(() => Store(new Failing()).AddAsync(Orders.Of(1m), idempotency: null, Token));

        await using var db = await Databases.CreateDbContextAsync(Token);
        (await db.Generations.CountAsync(Token)).ShouldBe(0);
        (await db.SpendEntries.CountAsync(Token)).ShouldBe(0);
        (await OnlyRoomAsync()).Held.Amount.ShouldBe(0m);
    }

    [Fact]
    public async Task what_fails_after_settling_leaves_the_hold_open()
    {
        await PutAsync(10m);
        var generation = await Store().AddAsync(Orders.Of(1m), idempotency: null, Token);
        await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(generation, Ready(null), Store(new Failing())));

        var room = await OnlyRoomAsync();
        (room.Held.Amount, room.Spent.Amount).ShouldBe((1m, 0m));
    }

    [Fact]
    public async Task the_same_idempotency_key_holds_once()
    {
        await PutAsync(10m);
        for (var i = 0; i < 3; i++)
        {
            var generation = Orders.Of(1m);
            await Store().AddAsync(
                generation, new IdempotencyRow { Caller = "key", Key = "once", RequestHash = "hash", GenerationId = generation.Id, CreatedAt = Orders.Noon }, Token);
        }

        (await OnlyRoomAsync()).Held.Amount.ShouldBe(1m);
    }

    [Fact]
    public async Task the_actual_cost_replaces_the_estimate_and_stands_on_the_generation()
    {
        await PutAsync(10m);
        var generation = await MoveAsync(await Store().AddAsync(Orders.Of(1m), idempotency: null, Token), Ready(new Money(0.812345m, "USD")));

        generation.Cost.ShouldBe(new Money(0.812345m, "USD"));
        var room = await OnlyRoomAsync();
        (room.Held.Amount, room.Spent.Amount, room.Left.Amount).ShouldBe((0m, 0.812345m, 9.187655m));
    }

    [Fact]
    public async Task a_cost_over_the_cap_is_written_down_and_flagged_and_stops_the_next_order()
    {
        await PutAsync(1m);
        await MoveAsync(await Store().AddAsync(Orders.Of(1m), idempotency: null, Token), Ready(new Money(1.5m, "USD")));

        var room = await OnlyRoomAsync();
        (room.Held.Amount, room.Spent.Amount, room.Left.Amount).ShouldBe((0m, 1.5m, 0m));
        (await Ledger.ListAsync(new SpendFilter(), after: null, 10, Token))[0].Move.ShouldBe(new MoneyMove(MoneyMoveKind.Settle, new Money(1.5m, "USD"), MoneyNotes.OverEstimate));
        await RefusedAsync(Orders.Of(0.01m), "budget_exceeded");
    }

    [Fact]
    public async Task a_refusal_gives_the_hold_back()
    {
        await PutAsync(1m);
        var generation = await Store().AddAsync(Orders.Of(1m), idempotency: null, Token);
        await RefusedAsync(Orders.Of(1m), "budget_exceeded");
        await MoveAsync(generation, new GenerationState.Failed(new Problem("provider_invalid_input", "merchant", "operator")));

        (await OnlyRoomAsync()).Left.Amount.ShouldBe(1m);
        await Store().AddAsync(Orders.Of(1m), idempotency: null, Token);
    }

    [Fact]
    public async Task a_cap_lowered_under_what_is_gone_refuses_new_orders_and_breaks_nothing()
    {
        await PutAsync(10m);
        var generation = await Store().AddAsync(Orders.Of(6m), idempotency: null, Token);
        var lowered = await PutAsync(2m);

        (lowered.Held.Amount, lowered.Left.Amount).ShouldBe((6m, 0m));
        await RefusedAsync(Orders.Of(0.01m), "budget_exceeded");
        await MoveAsync(generation, Ready(null));
        (await OnlyRoomAsync()).Spent.Amount.ShouldBe(6m);
        (await Budgets.ListAsync(shop: null, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_cap_set_in_the_middle_of_a_month_counts_what_the_month_has_cost_and_what_is_under_way()
    {
        var first = await Store().AddAsync(Orders.Of(2m), idempotency: null, Token);
        await MoveAsync(await Store().AddAsync(Orders.Of(3m), idempotency: null, Token), Ready(null));
        await Store().AddAsync(Orders.Of(50m, at: Orders.Noon.AddMonths(-1)), idempotency: null, Token);

        var room = await PutAsync(10m, period: BudgetPeriod.Month);
        (room.Held.Amount, room.Spent.Amount).ShouldBe((2m, 3m));
        await RefusedAsync(Orders.Of(5.01m), "budget_exceeded");
        await MoveAsync(first, Ready(null));
        (await OnlyRoomAsync()).Spent.Amount.ShouldBe(5m);
    }

    [Fact]
    public async Task a_hold_never_wanders_to_another_day()
    {
        await PutAsync(1m, period: BudgetPeriod.Day);
        var late = await Store().AddAsync(Orders.Of(1m, at: Orders.Noon.AddHours(11)), idempotency: null, Token);
        _clock.Now = Orders.Noon.AddHours(13);
        await Store().AddAsync(Orders.Of(1m, at: _clock.Now), idempotency: null, Token);
        await MoveAsync(late, Ready(null));

        var today = await OnlyRoomAsync();
        (today.Period, today.Held.Amount, today.Spent.Amount).ShouldBe(("2026-11-23", 1m, 0m));
        _clock.Now = Orders.Noon;
        (await OnlyRoomAsync()).Spent.Amount.ShouldBe(1m);
    }

    [Fact]
    public async Task a_day_begins_at_midnight_of_the_caps_own_zone()
    {
        await PutAsync(1m, period: BudgetPeriod.Day, zone: "Asia/Tokyo");
        await Store().AddAsync(Orders.Of(1m, at: Orders.Noon.AddHours(2.9)), idempotency: null, Token);
        await RefusedAsync(Orders.Of(1m, at: Orders.Noon.AddHours(2.95)), "budget_exceeded");
        await Store().AddAsync(Orders.Of(1m, at: Orders.Noon.AddHours(3)), idempotency: null, Token);
    }

    [Fact]
    public async Task each_cap_counts_its_own()
    {
        await PutAsync(5m, BudgetScope.Shop, "other");
        await PutAsync(1m, BudgetScope.ApiKey, "pv_abcdef");
        await PutAsync(2m, BudgetScope.Provider, "elsewhere");
        await PutAsync(3m, BudgetScope.Backfill, subject: null);
        await PutAsync(4m, BudgetScope.Provider, "paid", BudgetPeriod.Clip);

        await RefusedAsync(Orders.Of(4.01m), "budget_clip_exceeded");
        await Store().AddAsync(Orders.Of(4m), idempotency: null, Token);
        await RefusedAsync(Orders.Of(1.01m, apiKey: "pv_abcdef"), "budget_exceeded");
        await RefusedAsync(Orders.Of(3.01m, backfill: "autumn"), "budget_exceeded");
        await Store().AddAsync(Orders.Of(3m, backfill: "autumn"), idempotency: null, Token);
        await RefusedAsync(Orders.Of(0.01m, backfill: "winter"), "budget_exceeded");

        (await Budgets.ListAsync(shop: null, Token)).ToDictionary(room => room.Budget.Subject ?? "backfills", room => room.Held.Amount)
            .ShouldBe(new Dictionary<string, decimal> { ["other"] = 0, ["pv_abcdef"] = 0, ["elsewhere"] = 0, ["backfills"] = 3, ["paid"] = 0 }, ignoreOrder: true);
    }

    [Fact]
    public async Task an_order_that_one_cap_refuses_is_held_by_none()
    {
        await PutAsync(100m);
        await PutAsync(100m, BudgetScope.Shop, "sample");
        await PutAsync(1m, BudgetScope.Provider, "paid");
        await RefusedAsync(Orders.Of(2m), "budget_exceeded");
        (await Budgets.ListAsync(shop: null, Token)).ShouldAllBe(room => room.Held.IsZero);
    }

    [Fact]
    public async Task money_of_another_currency_than_the_caps_is_refused_until_there_is_a_like_cap()
    {
        await PutAsync(100m, BudgetScope.Shop, "sample");
        await RefusedAsync(Orders.Of(1m, currency: "EUR"), "budget_currency");
        await Store().AddAsync(Orders.Of(1m, shop: "other", currency: "EUR"), idempotency: null, Token);
        await Store().AddAsync(Orders.Of(0m, currency: "EUR"), idempotency: null, Token);

        await PutAsync(10m, BudgetScope.Shop, "sample", currency: "EUR");
        await Store().AddAsync(Orders.Of(1m, currency: "EUR"), idempotency: null, Token);
        (await Budgets.ListAsync("sample", Token)).Select(room => room.Held).ShouldBe([new Money(1m, "EUR"), new Money(0m, "USD")], ignoreOrder: true);
    }

    [Fact]
    public async Task the_sums_are_what_the_ledger_says_whatever_happened()
    {
        await PutAsync(1_000m);
        await PutAsync(20m, BudgetScope.Shop, "sample", BudgetPeriod.Month);
        var random = new Random(7);
        var open = new List<Generation>();
        for (var i = 0; i < 120; i++)
        {
            if (open.Count > 0 && random.Next(3) > 0)
                await EndAsync(open, random);
            else
                await TryAddAsync(open, random);
        }

        foreach (var room in await Budgets.ListAsync(shop: null, Token))
        {
            var entries = await Ledger.ListAsync(new SpendFilter(room.Budget.Subject), after: null, 1_000, Token);
            room.Spent.Amount.ShouldBe(entries.Where(e => e.Move.Kind is MoneyMoveKind.Settle).Sum(e => e.Move.Amount.Amount));
            room.Held.Amount.ShouldBe(open.Where(g => room.Budget.Covers(g.Product, g.Order)).Sum(g => g.Order.Price.Amount.Amount));
        }
    }

    [Fact]
    public async Task pages_of_the_ledger_cover_all_once_newest_first_and_the_stream_is_the_same_backwards()
    {
        for (var i = 0; i < 25; i++)
        {
            _clock.Now = Orders.Noon.AddSeconds(i / 3);
            await Store().AddAsync(Orders.Of(1m, shop: i % 2 == 0 ? "sample" : "other"), idempotency: null, Token);
        }

        var seen = new List<SpendEntry>();
        while (await Ledger.ListAsync(new SpendFilter(), seen.LastOrDefault()?.Id, 4, Token) is { Count: > 0 } page)
            seen.AddRange(page);
        var streamed = new List<SpendEntry>();
        await foreach (var entry in Ledger.StreamAsync(new SpendFilter(), Token))
            streamed.Add(entry);

        seen.Count.ShouldBe(25);
        seen.Select(entry => entry.At).ShouldBe(seen.Select(entry => entry.At).OrderDescending());
        streamed.ShouldBe(Enumerable.Reverse(seen));
        (await Ledger.ListAsync(new SpendFilter("other", Orders.Noon.AddSeconds(1), Orders.Noon.AddSeconds(2)), after: null, 10, Token))
            .ShouldAllBe(entry => entry.Shop == "other" && entry.At == Orders.Noon.AddSeconds(1));
    }

    [Fact]
    public async Task a_lifted_cap_counts_no_more_and_one_set_anew_counts_from_the_ledger()
    {
        var room = await PutAsync(1m);
        var generation = await Store().AddAsync(Orders.Of(1m), idempotency: null, Token);
        await Budgets.DeleteAsync(room.Budget.Id, Token);
        await Store().AddAsync(Orders.Of(5m), idempotency: null, Token);
        await MoveAsync(generation, Ready(null));

        var anew = await PutAsync(10m);
        (anew.Held.Amount, anew.Spent.Amount).ShouldBe((5m, 1m));
    }

    private GenerationStore Store(params IWrittenTogether[] more) => new(Databases, _clock, [new SpendingBooks(_clock), .. more]);

    [Fact]
    public async Task counters_that_do_not_agree_with_the_ledger_are_added_up_again_and_counted()
    {
        await PutAsync(10m);
        await PutAsync(10m, period: BudgetPeriod.Month, zone: "Asia/Tokyo");
        await PutAsync(10m, BudgetScope.Shop, "sample", BudgetPeriod.Day);
        var spent = await Store().AddAsync(Orders.Of(1m), idempotency: null, Token);
        await MoveAsync(spent, Ready(null));
        await Store().AddAsync(Orders.Of(2m), idempotency: null, Token);
        (await Budgets.RecountAsync(Token)).ShouldBe(0);

        await using (var db = await Databases.CreateDbContextAsync(Token))
            await db.BudgetPeriods.Where(sum => sum.Period != "ever").ExecuteUpdateAsync(set => set.SetProperty(sum => sum.Spent, 0).SetProperty(sum => sum.Held, 7), Token);
        (await Budgets.RecountAsync(Token)).ShouldBe(2);
        (await Budgets.ListAsync(shop: null, Token)).ShouldAllBe(room => room.Held.Amount == 2m && room.Spent.Amount == 1m);
        (await Budgets.RecountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task what_is_ordered_while_it_is_added_up_again_is_counted_too()
    {
        await PutAsync(1_000m);
        var store = Store();
        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, token) =>
        {
            if (i % 3 == 0)
                (await Budgets.RecountAsync(token)).ShouldBe(0);
            else
                await store.AddAsync(Orders.Of(1m), idempotency: null, token);
        });
        (await OnlyRoomAsync()).Held.Amount.ShouldBe(40m);
    }

    private Task<BudgetRoom> PutAsync(
        decimal amount, BudgetScope scope = BudgetScope.Everything, string? subject = null, BudgetPeriod period = BudgetPeriod.Ever, string zone = "UTC",
        string currency = "USD") =>
        Budgets.PutAsync(new Budget(Guid.CreateVersion7(), scope, subject, period, new Money(amount, currency), zone), Token);

    private async Task<BudgetRoom> OnlyRoomAsync() => (await Budgets.ListAsync(shop: null, Token)).ShouldHaveSingleItem();

    private static GenerationState Ready(Money? cost) => new GenerationState.Fetching(Task1, [], cost, Orders.Noon);

    private async Task<Generation> MoveAsync(Generation generation, GenerationState state, GenerationStore? store = null)
    {
        // Each task of a provider is one generation's.
        var own = state is GenerationState.Fetching fetching ? fetching with { Operation = new ProviderOperation(generation.Id.ToString()) } : state;
        store ??= Store();
        _clock.Now = (_clock.Now < generation.DueAt ? generation.DueAt.Value : _clock.Now).AddSeconds(1);
        var owner = Guid.NewGuid().ToString();
        var claimed = (await store.ClaimAsync(generation.Id, owner, TimeSpan.FromMinutes(1), Token)).ShouldNotBeNull();
        return (await store.SaveAsync(claimed, claimed with { State = own }, owner, keepFor: null, Token)).ShouldNotBeNull();
    }

    private async Task RefusedAsync(Generation generation, string code)
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => Store().AddAsync(generation, idempotency: null, Token));
        (refused.Kind, refused.Problem.Code).ShouldBe((RefusalKind.OverBudget, code));
        (await Store().FindAsync(generation.Id, Token)).ShouldBeNull();
    }

    private async Task TryAddAsync(List<Generation> open, Random random)
    {
        try
        {
            open.Add(await Store().AddAsync(Orders.Of(random.Next(1, 300) / 100m, random.Next(2) == 0 ? "sample" : "other"), idempotency: null, Token));
        }
        catch (RefusedException e)
        {
            e.Problem.Code.ShouldBe("budget_exceeded");
        }
    }

    private async Task EndAsync(List<Generation> open, Random random)
    {
        var generation = open[random.Next(open.Count)];
        open.Remove(generation);
        await MoveAsync(generation, random.Next(4) switch
        {
            0 => Ready(null),
            1 => Ready(new Money(random.Next(0, 400) / 100m, "USD")),
            2 => new GenerationState.Cancelled("tester"),
            _ => new GenerationState.Failed(new Problem("provider_invalid_input", "merchant", "operator")),
        });
    }

    private sealed class Failing : IWrittenTogether
    {
        public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A crash in between.");
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider, IDatabaseClock
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;

        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(Now);
    }
}
