using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Accounts;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Choosing;

/// <summary>The whole way: a shop's list, two paid providers and the local renderer.</summary>
public sealed class ChoosingTests : IAsyncLifetime
{
    private readonly ScriptedProvider _second = new() { Key = "second" };
    private readonly ScriptedProvider _third = new() { Key = "third" };
    private readonly PipelineFixture _pipeline;

    public ChoosingTests() => _pipeline = new PipelineFixture
    {
        Add = services => services.AddSingleton<IVideoProvider>(_second).AddSingleton<IVideoProvider>(_third),
    };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public void a_list_says_who_makes_videos_and_not_who_changes_them()
    {
        _pipeline.Provider.Models = ["model-1", "model-2"];
        _pipeline.Provider.ModelModes["model-2"] = VideoModes.Edit;
        var refused = Should.Throw<RefusedException>(() => _pipeline.Get<ListRules>().Demand(
            new ProviderList { Choices = [new ProviderChoice { Provider = "scripted", Model = "model-1" }, new ProviderChoice { Provider = "scripted", Model = "model-2" }] }));
        refused.Field.ShouldBe("choices[1].model");
        refused.Problem.MerchantText.ShouldContain("only changes videos");
    }

    [Fact]
    public async Task the_first_line_that_fits_makes_the_clip_and_those_behind_it_stand_in()
    {
        await ListAsync(
            new ProviderChoice { Provider = "scripted", Only = new ChoiceRule { ProductTypes = ["Ring"] } },
            new ProviderChoice { Provider = "second", Model = "model-1", Resolution = "720P" });
        var order = (await OrderAsync()).Order;

        order.Provider.ShouldBe("second");
        order.Request.Resolution.ShouldBe("720P");
        order.StandIns.ShouldNotBeNull().Choices.ShouldHaveSingleItem().Provider.ShouldBe("local");
        (await _pipeline.Get<VideoGenerations>().PreviewAsync(Mug, Wishes, Anybody, CancellationToken.None)).Order.Provider.ShouldBe("second");
    }

    [Fact]
    public async Task a_provider_that_the_merchant_names_has_nobody_to_stand_in()
    {
        await ListAsync(new ProviderChoice { Provider = "second" });
        var order = (await OrderAsync(Wishes with { Provider = "scripted" })).Order;
        (order.Provider, order.StandIns).ShouldBe(("scripted", null));
    }

    [Fact]
    public async Task without_a_list_the_first_provider_of_the_host_makes_it()
    {
        var order = (await OrderAsync()).Order;
        (order.Provider, order.StandIns).ShouldBe(("scripted", null));
    }

    [Fact]
    public async Task a_provider_that_offers_no_model_now_is_passed_over_with_a_word_and_breaks_nothing()
    {
        _second.Models = [];
        _pipeline.Get<ListRules>().Demand(new ProviderList { Choices = [new ProviderChoice { Provider = "second", Model = "model-1", Resolution = "720P" }] });
        await ListAsync(new ProviderChoice { Provider = "second" }, new ProviderChoice { Provider = "scripted" });
        var order = (await OrderAsync()).Order;
        (order.Provider, order.Notes[0]).ShouldBe(("scripted", "second was passed over: it offers no model at the moment."));
        order.StandIns.ShouldNotBeNull().Choices.ShouldHaveSingleItem().Provider.ShouldBe("local");
        (await Should.ThrowAsync<RefusedException>(() => OrderAsync(Wishes with { Provider = "second" }))).Problem.Code.ShouldBe("no_model_offered");
    }

    [Fact]
    public async Task the_default_is_the_first_provider_that_offers_a_model()
    {
        _pipeline.Provider.Models = [];
        (await OrderAsync()).Order.Provider.ShouldBe(_pipeline.Get<VideoProviders>().Offering[0].Key);
    }

    [Fact]
    public async Task an_order_waits_while_its_provider_offers_no_model()
    {
        var order = await OrderAsync();
        _pipeline.Provider.Models = [];
        var waiting = await AdvancedAsync(order.Id);
        GenerationFacts.Problem(waiting).ShouldNotBeNull().MerchantText.ShouldContain("offers no model at the moment");
        _pipeline.Provider.Models = ["model-1"];
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(1), order.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_length_or_a_ratio_chooses_the_line()
    {
        await ListAsync(
            new ProviderChoice { Provider = "scripted", Only = new ChoiceRule { MaxSeconds = 5 } },
            new ProviderChoice { Provider = "second", Only = new ChoiceRule { Aspects = ["16:9"] } });
        (await OrderAsync()).Order.Provider.ShouldBe("scripted");
        (await OrderAsync(Wishes with { Seconds = 8, Aspect = "16:9" })).Order.Provider.ShouldBe("second");
        (await OrderAsync(Wishes with { Seconds = 8 })).Order.Provider.ShouldBe("local");
    }

    [Fact]
    public async Task a_closed_account_and_a_stopped_provider_are_passed_over_with_a_word()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        await CloseAsync("scripted");
        await StopAsync("second");
        var order = (await OrderAsync()).Order;

        order.Provider.ShouldBe("local");
        order.Notes.ShouldContain(note => note.StartsWith("Scripted was passed over: it refuses our account", StringComparison.Ordinal));
        order.Notes.ShouldContain("second was passed over: Kim stopped it. Too dear this month.");
    }

    [Fact]
    public async Task a_cap_without_room_leads_to_the_next_one_that_fits_it()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" });
        await _pipeline.Get<Budgets>().PutAsync(
            new Budget(Guid.CreateVersion7(), BudgetScope.Everything, null, BudgetPeriod.Ever, new Money(0.5m, "USD"), "UTC"), CancellationToken.None);
        var order = (await OrderAsync()).Order;
        order.Provider.ShouldBe("local");
        order.Notes.ShouldContain(note => note.StartsWith("Made by another provider: This video costs", StringComparison.Ordinal));

        (await Should.ThrowAsync<RefusedException>(() => OrderAsync(Wishes with { Provider = "scripted" }))).Kind.ShouldBe(RefusalKind.OverBudget);
    }

    [Fact]
    public async Task an_order_that_nobody_can_make_is_refused_with_the_first_reason()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" });
        _pipeline.Shop.Add("bare");
        (await Should.ThrowAsync<RefusedException>(() => OrderAsync(product: "bare"))).Problem.Code.ShouldBe("no_images");
    }

    [Fact]
    public async Task a_refused_clip_is_made_by_the_next_provider_and_paid_for_there_only()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        var clip = await _pipeline.ReadyClipAsync();
        _second.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = await AdvancedAsync((await OrderAsync(Wishes with { Wish = "warm light" })).Id);

        var failed = first.State.ShouldBeOfType<Failed>();
        failed.Handover.ShouldBeNull();
        var next = await AdvancedAsync(failed.FollowedBy.ShouldNotBeNull());
        next.State.ShouldBeOfType<AwaitingReview>();
        (next.Order.Provider, next.Order.InsteadOf, next.Attempt).ShouldBe(("second", first.Id, 2));
        next.Order.Wishes.Wish.ShouldBe("warm light");
        (await MovesAsync()).ShouldBe([("scripted", MoneyMoveKind.Hold), ("scripted", MoneyMoveKind.Release), ("second", MoneyMoveKind.Hold), ("second", MoneyMoveKind.Settle)]);
    }

    [Theory]
    [InlineData(false, "local")]
    [InlineData(true, "second")]
    public async Task where_the_first_may_have_charged_only_who_costs_nothing_stands_in_unless_the_merchant_allows_it(bool mayPayTwice, string provider)
    {
        await ListAsync(mayPayTwice, new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        _pipeline.Provider.Billing = BillingRule.OnModerationToo;
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        var first = await AdvancedAsync((await OrderAsync()).Id);
        (await FindAsync(first.State.ShouldBeOfType<Failed>().FollowedBy.ShouldNotBeNull())).Order.Provider.ShouldBe(provider);
    }

    [Fact]
    public async Task whom_a_free_provider_follows_may_have_charged_still_when_that_one_fails_too()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" }, new ProviderChoice { Provider = "third" });
        _pipeline.Provider.Billing = BillingRule.OnModerationToo;
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        (_second.Billing, _second.PerSecond) = (BillingRule.Free, 0);
        _second.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));

        var first = (await AdvancedAsync((await OrderAsync()).Id)).State.ShouldBeOfType<Failed>();
        var free = await AdvancedAsync(first.FollowedBy.ShouldNotBeNull());
        free.Order.Provider.ShouldBe("second");
        (await FindAsync(free.State.ShouldBeOfType<Failed>().FollowedBy.ShouldNotBeNull())).Order.Provider.ShouldBe("local");
        _third.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task after_a_restored_backup_nobody_who_costs_money_takes_over_by_himself()
    {
        await ListAsync(mayPayTwice: true, new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var order = await AdvancedAsync((await OrderAsync(Wishes with { AutoApprove = true })).Id);
        await _pipeline.Get<RestoredBackup>().RunAsync(CancellationToken.None);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));

        var failed = (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>();
        var standIn = (await FindAsync(failed.FollowedBy.ShouldNotBeNull())).Order;
        standIn.Provider.ShouldBe("local");
        standIn.AutoApprove.ShouldBeFalse("its clip may have been published since, and taken off");
    }

    [Fact]
    public async Task an_order_that_waits_for_an_account_that_was_closed_meanwhile_is_taken_over_at_once()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var order = await OrderAsync();
        await CloseAsync("scripted");

        (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull();
        var failed = (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>();
        failed.Problem.Code.ShouldBe("provider_account_refused");
        (await FindAsync(failed.FollowedBy.ShouldNotBeNull())).Order.Provider.ShouldBe("second");
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_process_that_dies_after_it_handed_over_hands_over_to_the_same()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var order = await OrderAsync();
        var (handOvers, handover) = (_pipeline.Get<HandOvers>(), new Handover(_pipeline.Clock.GetUtcNow(), MayHavePaid: false));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => handOvers.RunAsync(order, handover, CancellationToken.None))));
        answers.Distinct().ShouldHaveSingleItem().ShouldBeOfType<Answer.HandedOver>();
        // Ended meanwhile: it is still the one.
        var to = ((Answer.HandedOver)answers[0]).To;
        await _pipeline.Get<VideoGenerations>().CancelAsync(to, "tester", CancellationToken.None);
        await AdvancedAsync(to);
        (await handOvers.RunAsync(order, handover, CancellationToken.None)).ShouldBe(answers[0]);
    }

    [Fact]
    public async Task a_shop_that_is_away_is_asked_again()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));
        var order = await OrderAsync();
        var mug = _pipeline.Shop.Products["mug"];
        _pipeline.Shop.Pictures.Remove("front.jpg", out var front);
        _pipeline.Shop.Products["mug"] = mug with { Version = "2" };
        var waiting = await AdvancedAsync(order.Id);
        waiting.State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull();

        _pipeline.Shop.Pictures["front.jpg"] = front!;
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(5));
        (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>().FollowedBy.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_wish_to_cancel_that_comes_while_it_is_handed_over_orders_nothing()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var order = await OrderAsync();
        var reading = new TaskCompletionSource();
        _pipeline.Provider.OnStart = _ =>
        {
            _pipeline.Shop.Reading = reading.Task;
            return new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));
        };
        var before = _pipeline.Shop.Reads;
        var advancing = Task.Run(() => AdvancedAsync(order.Id));
        while (_pipeline.Shop.Reads == before)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        (await _pipeline.Get<VideoGenerations>().CancelAsync(order.Id, "merchant", CancellationToken.None)).CancelRequestedBy.ShouldBe("merchant");
        reading.SetResult();
        await advancing;

        var ended = (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), order.Id)).State.ShouldBeOfType<Failed>();
        (ended.Handover, ended.FollowedBy).ShouldBe((null, null));
        _second.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_wish_to_cancel_that_comes_just_after_it_was_handed_over_reaches_who_took_over()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var order = await OrderAsync();
        await CloseAsync("scripted");
        var handover = (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>().Handover.ShouldNotBeNull();
        // Written down, and the first does not say so yet.
        var to = (await _pipeline.Get<HandOvers>().RunAsync(order, handover, CancellationToken.None)).ShouldBeOfType<Answer.HandedOver>().To;
        await _pipeline.Get<VideoGenerations>().CancelAsync(order.Id, "merchant", CancellationToken.None);

        (await AdvancedAsync(to)).State.ShouldBe(new Cancelled("merchant"));
        _second.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task where_nobody_is_left_it_is_said_why()
    {
        await ListAsync(new ProviderChoice { Provider = "scripted" });
        var order = await OrderAsync();
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));
        _pipeline.Shop.Products.Remove("mug");
        var failed = (await AdvancedAsync(order.Id)).State.ShouldBeOfType<Failed>();
        failed.FollowedBy.ShouldBeNull();
        failed.Unfollowed.ShouldNotBeNull().Code.ShouldBe("unknown_product");
    }

    [Theory]
    [InlineData(GenerationOrigin.Api, "second")]
    [InlineData(GenerationOrigin.Click, "local")]
    public async Task a_preview_is_of_what_would_be_ordered_in_that_way(GenerationOrigin origin, string provider)
    {
        await ListAsync(new ProviderChoice { Provider = "second", Only = new ChoiceRule { Origins = [GenerationOrigin.Api] } });
        var requester = new Requester("tester", origin);
        var preview = await PreviewAsync(requester);
        var order = (await _pipeline.Get<VideoGenerations>().CreateAsync(Mug, Wishes, requester, key: null, CancellationToken.None)).Generation.Order;
        (preview.Order.Provider, order.Provider, order.Price.Amount).ShouldBe((provider, provider, preview.Price));
    }

    [Fact]
    public async Task a_preview_is_of_the_first_for_which_the_caps_have_room()
    {
        (_second.PerSecond, _third.PerSecond) = (0.6m, 0.2m);
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" }, new ProviderChoice { Provider = "third" });
        await CapAsync(BudgetScope.Provider, "scripted", 0.5m);

        var preview = await PreviewAsync(Anybody);
        (preview.Order.Provider, preview.Price, preview.NoRoom).ShouldBe(("second", new Money(3, "USD"), null));
        preview.Order.Notes.ShouldContain(note => note.StartsWith("Made by another provider: This video costs 0.70 USD", StringComparison.Ordinal));
        preview.StandIns.Select(order => order.Provider).ShouldBe(["third", "local"]);
        preview.UpTo.ShouldBeEmpty("those behind it cost less");
        var order = (await OrderAsync(agreed: preview.Agreed)).Order;
        (order.Provider, order.Price.Amount).ShouldBe(("second", preview.Price));
    }

    [Theory]
    [InlineData(BudgetPeriod.Month)]
    [InlineData(BudgetPeriod.Clip)]
    public async Task where_no_cap_has_room_the_first_is_shown_with_the_reason(BudgetPeriod period)
    {
        await CapAsync(BudgetScope.Everything, subject: null, 0.5m, period);
        var preview = await PreviewAsync(Anybody, Wishes with { Provider = "scripted" });
        (preview.Order.Provider, preview.NoRoom?.Code).ShouldBe(("scripted", period is BudgetPeriod.Clip ? "budget_clip_exceeded" : "budget_exceeded"));
        (await Should.ThrowAsync<RefusedException>(() => OrderAsync(Wishes with { Provider = "scripted" }))).Problem.ShouldBe(preview.NoRoom);
    }

    [Fact]
    public async Task a_preview_tells_the_most_that_stand_ins_cost()
    {
        (_second.PerSecond, _third.PerSecond) = (0.6m, 0.2m);
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "third" }, new ProviderChoice { Provider = "second" });
        var preview = await PreviewAsync(Anybody);
        (preview.Price, preview.UpTo.ShouldHaveSingleItem()).ShouldBe((new Money(0.7m, "USD"), new Money(3, "USD")));
        preview.Agreed.ShouldBe([new Money(3, "USD")]);

        await ListAsync(new ProviderChoice { Provider = "local" }, new ProviderChoice { Provider = "second" });
        var free = await PreviewAsync(Anybody);
        (free.Price.IsZero, free.UpTo.ShouldHaveSingleItem()).ShouldBe((true, new Money(3, "USD")));
        _second.Currency = "CNY";
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        (await PreviewAsync(Anybody)).Agreed.ShouldBe([new Money(0.7m, "USD"), new Money(3, "CNY")]);
    }

    [Theory]
    [InlineData(0.69)]
    [InlineData(0)]
    public async Task a_provider_that_was_named_makes_nothing_for_more_than_was_agreed_to(double agreed)
    {
        IReadOnlyList<Money> most = agreed == 0 ? [] : [new Money((decimal)agreed, "USD")];
        var refused = await Should.ThrowAsync<RefusedException>(() => OrderAsync(Wishes with { Provider = "scripted" }, agreed: most));
        (refused.Kind, refused.Problem.Code, refused.Prices.ShouldNotBeNull().ShouldHaveSingleItem()).ShouldBe((RefusalKind.Conflict, "price_not_agreed", new Money(0.7m, "USD")));
        refused.Problem.MerchantText.ShouldContain("0.70 USD");
        (await Should.ThrowAsync<RefusedException>(() => OrderAsync(Wishes with { Provider = "scripted" }, agreed: [new Money(9, "EUR")]))).Problem.Code.ShouldBe("price_not_agreed");
        (await _pipeline.Get<VideoGenerations>().ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldBeEmpty();
        (await MovesAsync()).ShouldBeEmpty();

        (await OrderAsync(Wishes with { Provider = "scripted" }, agreed: [new Money(9, "EUR"), new Money(0.7m, "USD")])).Order.Price.Amount.ShouldBe(new Money(0.7m, "USD"));
    }

    [Fact]
    public async Task a_cap_without_room_never_leads_to_a_dearer_one_than_was_agreed_to()
    {
        _second.PerSecond = 0.6m;
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        var agreed = (await PreviewAsync(Anybody)).Price;
        await CapAsync(BudgetScope.Provider, "scripted", 0.5m);

        var order = (await OrderAsync(agreed: [agreed])).Order;
        (order.Provider, order.Price.Amount.IsZero).ShouldBe(("local", true));
        order.Notes.ShouldContain("second was passed over: it makes this video for 3.00 USD, and 0.70 USD was agreed to.");
        (await OrderAsync(Wishes with { Again = true })).Order.Provider.ShouldBe("second", "who names no price agrees to any");
    }

    [Fact]
    public async Task where_only_dearer_ones_are_left_nothing_is_ordered()
    {
        _second.PerSecond = 0.6m;
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        await CapAsync(BudgetScope.Provider, "scripted", 0.5m);
        await StopAsync("local");

        var refused = await Should.ThrowAsync<RefusedException>(() => OrderAsync(agreed: [new Money(0.7m, "USD")]));
        (refused.Problem.Code, refused.Prices.ShouldNotBeNull().ShouldHaveSingleItem()).ShouldBe(("price_not_agreed", new Money(3, "USD")));
        (await MovesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.7, "third")]
    [InlineData(3.0, "second")]
    public async Task who_takes_over_costs_no_more_than_was_agreed_to_however_late(double most, string provider)
    {
        var agreed = (decimal)most;
        (_second.PerSecond, _third.PerSecond) = (0.6m, 0.1m);
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" }, new ProviderChoice { Provider = "third" });
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));

        var first = (await AdvancedAsync((await OrderAsync(agreed: [new Money(agreed, "USD")])).Id)).State.ShouldBeOfType<Failed>();
        var next = await FindAsync(first.FollowedBy.ShouldNotBeNull());
        next.Order.Provider.ShouldBe(provider);
        next.Order.StandIns.ShouldNotBeNull().Agreed.ShouldBe([new Money(agreed, "USD")]);
        next.Order.Notes.Any(note => note.StartsWith("second was passed over: it makes this video for 3.00 USD", StringComparison.Ordinal)).ShouldBe(provider == "third");
    }

    [Fact]
    public async Task a_hand_over_ends_with_the_reason_where_who_is_left_costs_more_than_was_agreed_to()
    {
        _second.PerSecond = 0.6m;
        await ListAsync(new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" });
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));
        await StopAsync("local");

        var failed = (await AdvancedAsync((await OrderAsync(agreed: [new Money(0.7m, "USD")])).Id)).State.ShouldBeOfType<Failed>();
        (failed.FollowedBy, failed.Unfollowed.ShouldNotBeNull().Code).ShouldBe((null, "price_not_agreed"));
        failed.Unfollowed!.MerchantText.ShouldContain("second makes this video for 3.00 USD now, and 0.70 USD was agreed to.");
        _second.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task trying_again_costs_no_more_than_was_agreed_to_and_its_preview_tells_the_price_of_now()
    {
        var order = await OrderAsync();
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.InvalidInput, "no", "No."));
        await AdvancedAsync(order.Id);
        _pipeline.Provider.PerSecond = 0.2m;
        var generations = _pipeline.Get<VideoGenerations>();

        (await Should.ThrowAsync<RefusedException>(() => generations.RetryAsync(order.Id, Anybody with { Agreed = [order.Order.Price.Amount] }, CancellationToken.None)))
            .Problem.Code.ShouldBe("price_not_agreed");
        var preview = await generations.PreviewRetryAsync(order.Id, Anybody, CancellationToken.None);
        preview.Price.ShouldBe(new Money(1, "USD"));
        (await generations.RetryAsync(order.Id, Anybody with { Agreed = preview.Agreed }, CancellationToken.None)).Order.Price.Amount.ShouldBe(preview.Price);
    }

    [Fact]
    public async Task the_same_key_gives_the_same_video_whatever_price_is_agreed_to_by_now()
    {
        var key = new IdempotencyKey("caller", "key");
        Task<Generation> AskAsync(IReadOnlyList<Money>? agreed) => OrderAsync(agreed: agreed, key: key);
        var first = await AskAsync(agreed: null);
        (await AskAsync(agreed: null)).Id.ShouldBe(first.Id);
        (await AskAsync([new Money(1, "USD")])).Id.ShouldBe(first.Id);
        (await AskAsync([])).Id.ShouldBe(first.Id);
    }

    [Fact]
    public void what_was_agreed_to_is_compared_to_the_millionth_and_what_is_free_always_may_be_made()
    {
        Agreed.Covers([new Money(0.69999999999999996m, "USD")], new Money(0.7m, "USD")).ShouldBeTrue("a program's binary fraction");
        Agreed.Covers([new Money(0.699999m, "USD")], new Money(0.7m, "USD")).ShouldBeFalse();
        Agreed.Covers([], Money.Zero("USD")).ShouldBeTrue();
        Agreed.Covers(agreed: null, new Money(100, "USD")).ShouldBeTrue();
    }

    private static ProductRef Mug => new("test", "mug");

    private static VideoWishes Wishes => new() { Aspect = "1:1", Seconds = 5 };

    private Task ListAsync(params ProviderChoice[] choices) => ListAsync(mayPayTwice: false, choices);

    private Task ListAsync(bool mayPayTwice, params ProviderChoice[] choices) =>
        _pipeline.Get<ProviderLists>().PutAsync("test", new ProviderList { Choices = choices, MayPayTwice = mayPayTwice }, "tester", CancellationToken.None);

    private static Requester Anybody => new("tester", GenerationOrigin.Api);

    private Task<VideoPreview> PreviewAsync(Requester requester, VideoWishes? wishes = null) =>
        _pipeline.Get<VideoGenerations>().PreviewAsync(Mug, wishes ?? Wishes, requester, CancellationToken.None);

    private Task<BudgetRoom> CapAsync(BudgetScope scope, string? subject, decimal most, BudgetPeriod period = BudgetPeriod.Ever) => _pipeline.Get<Budgets>().PutAsync(
        new Budget(Guid.CreateVersion7(), scope, subject, period, new Money(most, "USD"), "UTC"), CancellationToken.None);

    private async Task<Generation> OrderAsync(VideoWishes? wishes = null, string product = "mug", IReadOnlyList<Money>? agreed = null, IdempotencyKey? key = null) =>
        (await _pipeline.Get<VideoGenerations>().CreateAsync(
            new ProductRef("test", product), wishes ?? Wishes, Anybody with { Agreed = agreed }, key, CancellationToken.None)).Generation;

    private Task<Generation> AdvancedAsync(Guid id) => _pipeline.AdvanceAsync(id);

    private Task<Generation> FindAsync(Guid id) => _pipeline.Get<VideoGenerations>().GetAsync(id, CancellationToken.None);

    private Task CloseAsync(string account) => _pipeline.Get<ProviderAccounts>().LearnAsync(
        account, new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.Unauthorised, "401", "The key is refused.")), CancellationToken.None);

    private Task StopAsync(string provider) =>
        _pipeline.Get<SubmitSwitches>().PauseAsync(SubmitSwitches.Provider(provider), "Kim", "Too dear this month.", CancellationToken.None);

    private async Task<IReadOnlyList<(string, MoneyMoveKind)>> MovesAsync()
    {
        var moves = new List<(string, MoneyMoveKind)>();
        await foreach (var entry in _pipeline.Get<SpendLedger>().StreamAsync(new SpendFilter(null, null, null), CancellationToken.None))
            moves.Add((entry.Provider, entry.Move.Kind));
        return moves;
    }
}
