using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

/// <summary>The money of real orders, from the click to the end.</summary>
public sealed class SpendingPipelineTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_clip_that_is_ready_is_spent_at_what_the_provider_reports()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip], new Money(0.65m, "USD"));
        await CapAsync(10);
        var made = await _pipeline.AdvanceAsync((await _pipeline.OrderAsync()).Id);

        made.State.ShouldBeOfType<GenerationState.AwaitingReview>();
        (made.Order.Price.Amount, made.Cost, made.Order.Billing).ShouldBe((new Money(0.70m, "USD"), new Money(0.65m, "USD"), BillingRule.OnSuccess));
        await RoomAsync(held: 0, spent: 0.65m);
    }

    [Fact]
    public async Task an_order_that_became_cheaper_while_it_waited_is_spent_at_the_price_at_which_it_was_sent()
    {
        var clip = await _pipeline.ReadyClipAsync();
        await CapAsync(10);
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.PerSecond = 0.10m;
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        await RoomAsync(held: 0.70m, spent: 0);
        _pipeline.Provider.PerSecond = 0.20m;
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), ordered.Id)).Cost.ShouldBe(new Money(0.50m, "USD"));
        await RoomAsync(held: 0, spent: 0.50m);
    }

    [Fact]
    public async Task an_order_that_became_dearer_while_it_waited_is_not_sent_and_may_be_made_again_at_the_price_of_now()
    {
        await CapAsync(10);
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.PerSecond = 0.18m;
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Failed>().Problem.Code.ShouldBe("price_not_agreed");
        _pipeline.Provider.Submits.ShouldBeEmpty();
        await RoomAsync(held: 0, spent: 0);
        var again = await _pipeline.Get<VideoGenerations>().RetryAsync(ordered.Id, new Requester("tester", GenerationOrigin.Click), Token);
        (await _pipeline.AdvanceAsync(again.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        await RoomAsync(held: 0.90m, spent: 0);
    }

    [Theory]
    [InlineData(0.14)]
    [InlineData(0)]
    public async Task an_order_whose_provider_charges_in_another_currency_by_now_is_not_sent(double before)
    {
        await CapAsync(10);
        _pipeline.Provider.PerSecond = (decimal)before;
        var ordered = await _pipeline.OrderAsync();
        (_pipeline.Provider.PerSecond, _pipeline.Provider.Currency) = (0.01m, "CNY");
        var failed = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Failed>();
        failed.Problem.Code.ShouldBe("price_not_agreed");
        failed.Problem.MerchantText.ShouldStartWith($"The provider makes this video for 0.05 CNY now, and it was ordered at {ordered.Order.Price.Amount}.");
        _pipeline.Provider.Submits.ShouldBeEmpty();
        await RoomAsync(held: 0, spent: 0);
    }

    [Fact]
    public async Task what_the_price_list_no_longer_has_when_it_is_sent_costs_what_was_told()
    {
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.NoPrice = new RefusedException(RefusalKind.Invalid, new Problem("no_price_known", "No price.", "No row."));
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>().Price.ShouldBeNull();
    }

    [Fact]
    public async Task a_video_in_doubt_keeps_its_hold_giving_up_spends_it_and_adopting_goes_on()
    {
        await CapAsync(10);
        var (lost, found) = (await InDoubtAsync("one"), await InDoubtAsync("two"));
        await RoomAsync(held: 1.40m, spent: 0);

        await _pipeline.Get<VideoGenerations>().GiveUpAsync(lost.Id, "tester", Token);
        await RoomAsync(held: 0.70m, spent: 0.70m);
        await _pipeline.Get<VideoGenerations>().AdoptAsync(found.Id, "tester", "task-found", Token);
        await RoomAsync(held: 0.70m, spent: 0.70m);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "operator", "merchant"));
        (await _pipeline.AdvanceAsync(found.Id)).State.ShouldBeOfType<GenerationState.Failed>();
        await RoomAsync(held: 0, spent: 0.70m);
    }

    [Fact]
    public async Task a_retry_that_no_cap_has_room_for_leaves_the_doubt_as_it_is()
    {
        await CapAsync(1);
        var doubt = await InDoubtAsync("one");
        var refused = await Should.ThrowAsync<RefusedException>(
            () => _pipeline.Get<VideoGenerations>().RetryAsync(doubt.Id, new Requester("tester", GenerationOrigin.Click), Token));

        refused.Kind.ShouldBe(RefusalKind.OverBudget);
        (await _pipeline.Get<VideoGenerations>().GetAsync(doubt.Id, Token)).State.ShouldBeOfType<GenerationState.InDoubt>();
        await RoomAsync(held: 0.70m, spent: 0);
    }

    [Fact]
    public async Task a_retry_of_a_video_in_doubt_has_a_hold_of_its_own()
    {
        await CapAsync(10);
        var doubt = await InDoubtAsync("one");
        var retry = await _pipeline.Get<VideoGenerations>().RetryAsync(doubt.Id, new Requester("tester", GenerationOrigin.Click), Token);

        retry.Attempt.ShouldBe(2);
        await RoomAsync(held: 0.70m, spent: 0.70m);
    }

    [Fact]
    public async Task an_order_over_the_cap_is_refused_with_what_is_left_and_the_way_out()
    {
        await CapAsync(1);
        await _pipeline.OrderAsync();
        var refused = await Should.ThrowAsync<RefusedException>(() => _pipeline.OrderAsync(new VideoWishes { Wish = "Another" }));

        refused.Problem.MerchantText.ShouldBe(
            "This video costs 0.70 USD, but only 0.30 USD is left of the monthly cap of 1.00 USD for shop “test”: 0.00 USD is spent and 0.70 USD is held for "
            + "videos that are not finished. Wait for the next month, raise the cap under Spending, or choose a cheaper video.");
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_tightest_cap_is_told_before_anything_is_ordered()
    {
        await CapAsync(10);
        await _pipeline.Get<Budgets>().PutAsync(new Budget(Guid.CreateVersion7(), BudgetScope.Provider, "scripted", BudgetPeriod.Clip, new Money(2, "USD")), Token);
        var prepared = await PreviewAsync("scripted");

        var room = (await _pipeline.Get<Budgets>().TightestAsync(new ProductRef("test", "mug"), prepared.Order, Token)).ShouldNotBeNull();
        (room.Budget.Period, room.Left.Amount).ShouldBe((BudgetPeriod.Clip, 2m));
        (await _pipeline.Get<Budgets>().TightestAsync(new ProductRef("test", "mug"), (await PreviewAsync("local")).Order, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_cap_counts_in_the_month_of_the_databases_clock_whatever_this_servers_clock_says()
    {
        var pipeline = new PipelineFixture { Add = services => services.AddSingleton<IDatabaseClock>(provider => new NextMonth(provider.GetRequiredService<TimeProvider>())) };
        await pipeline.InitializeAsync();
        await using (pipeline)
        {
            await pipeline.OrderAsync();
            var budgets = pipeline.Get<Budgets>();
            var put = await budgets.PutAsync(new Budget(Guid.CreateVersion7(), BudgetScope.Everything, null, BudgetPeriod.Month, new Money(1, "USD")), Token);
            put.Held.Amount.ShouldBe(0.70m);
            (await budgets.ListAsync(shop: null, Token)).ShouldHaveSingleItem().Held.Amount.ShouldBe(0.70m);
            await Should.ThrowAsync<RefusedException>(() => pipeline.OrderAsync(new VideoWishes { Wish = "Another" }));
        }
    }

    private sealed class NextMonth(TimeProvider server) : IDatabaseClock
    {
        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(server.GetUtcNow().AddMonths(1));
    }

    private Task<VideoPreview> PreviewAsync(string provider) =>
        _pipeline.Get<VideoGenerations>().PreviewAsync(new ProductRef("test", "mug"), new VideoWishes { Provider = provider, Seconds = 5 }, new Requester("tester", GenerationOrigin.Click), Token);

    private async Task<Generation> InDoubtAsync(string wish)
    {
        _pipeline.Provider.Correlation = CorrelationClass.Nothing;
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "operator", "merchant"));
        var parked = await _pipeline.AdvanceAsync((await _pipeline.OrderAsync(new VideoWishes { Wish = wish })).Id);
        parked.State.ShouldBeOfType<GenerationState.InDoubt>();
        return parked;
    }

    private Task CapAsync(decimal amount) => _pipeline.Get<Budgets>().PutAsync(
        new Budget(Guid.CreateVersion7(), BudgetScope.Shop, "test", BudgetPeriod.Month, new Money(amount, "USD")), Token);

    private async Task RoomAsync(decimal held, decimal spent)
    {
        var room = (await _pipeline.Get<Budgets>().ListAsync("test", Token)).ShouldHaveSingleItem();
        (room.Held.Amount, room.Spent.Amount).ShouldBe((held, spent));
    }
}
