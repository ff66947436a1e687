using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Accounts;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Host.Commands.Backfills;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

/// <summary>What a backfill does and says while nothing of it can be sent.</summary>
public sealed class BackfillGateTests : BackfillFixture
{
    private readonly ScriptedProvider _second = new() { Key = "second" };

    internal override void Add(IServiceCollection services) => services.AddSingleton<IVideoProvider>(_second);

    private const string Refused =
        "The provider refuses our account: It has no credit left. Once that is mended, press “It is mended” under Providers. Your orders wait meanwhile. Resume the backfill after that.";

    private void Refuse(ProviderFaultCode code = ProviderFaultCode.OutOfCredit) =>
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(code, "no", "It has no credit left."));

    private void Take() => Pipeline.Provider.OnStart = intent => new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));

    private Task MendAsync() => Pipeline.Get<ProviderAccounts>().ReopenAsync("scripted", Token);

    /// <summary>One whose videos are all ordered, and none sent.</summary>
    private async Task<Backfill> OrderedAsync(int products)
    {
        Stock(products);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(products);
        return started;
    }

    [Fact]
    public async Task an_account_that_is_refused_when_all_is_ordered_pauses_it_and_says_the_way_out()
    {
        var started = await OrderedAsync(5);
        Refuse();
        await RunAsync();

        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code, paused.Problem.MerchantText).ShouldBe((BackfillState.Paused, Problem.AccountRefused, Refused));
        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Failed), progress.Of(ItemState.UnderWay), progress.EstimatedEnd).ShouldBe((1, 4, null));

        (await Should.ThrowAsync<RefusedException>(() => Desk.ResumeAsync(started.Id, Token))).Problem.MerchantText.ShouldBe(Refused);
        (await NowAsync(started)).State.ShouldBe(BackfillState.Paused);

        Take();
        await MendAsync();
        (await Desk.ResumeAsync(started.Id, Token)).State.ShouldBe(BackfillState.Running);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 4));
    }

    [Fact]
    public async Task an_account_that_is_refused_while_more_is_to_be_ordered_is_told_in_the_same_words()
    {
        Stock(5);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync());
        Refuse();
        await RunAsync();
        (await NowAsync(started)).Problem!.MerchantText.ShouldBe(Refused);
        (await Should.ThrowAsync<RefusedException>(() => Desk.ResumeAsync(started.Id, Token))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task what_a_provider_makes_already_is_waited_for_before_it_pauses()
    {
        var started = await OrderedAsync(3);
        var ready = Pipeline.Provider.OnCheck;
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(1), 0.5);
        await Pipeline.AdvanceAsync((await VideosAsync())[0].Id);
        Refuse();
        await RunAsync();
        var waiting = await NowAsync(started);
        (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Running, Problem.AccountRefused));

        Pipeline.Provider.OnCheck = ready;
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Paused, 1));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("shop:test")]
    [InlineData("provider:scripted")]
    public async Task a_stop_is_told_and_no_end_foretold_and_once_it_is_lifted_it_goes_on_by_itself(string scope)
    {
        var started = await OrderedAsync(3);
        await Pipeline.AdvanceAsync((await VideosAsync())[0].Id);
        await Pipeline.Get<SubmitSwitches>().PauseAsync(scope, "Ann", "The bill is being looked at.", Token);
        await RunAsync();

        var (waiting, progress) = (await NowAsync(started), await ProgressAsync(started));
        (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Running, Problem.SubmitsPaused));
        (progress.Of(ItemState.Review), progress.EstimatedEnd).ShouldBe((1, null));
        BackfillLines.Of(progress, waiting).ShouldContain("Ann paused new videos: The bill is being looked at.");

        await Pipeline.Get<SubmitSwitches>().ResumeAsync(scope, Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 3));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("shop:test")]
    [InlineData("provider:scripted")]
    public async Task while_a_stop_holds_nothing_is_ordered_and_no_product_fails(string scope)
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await Pipeline.Get<SubmitSwitches>().PauseAsync(scope, "Ann", "The bill is being looked at.", Token);
        await RunAsync();
        ((await NowAsync(started)).Problem!.Code, (await VideosAsync()).Count, (await ProgressAsync(started)).Of(ItemState.Waiting)).ShouldBe((Problem.SubmitsPaused, 0, 3));

        await Pipeline.Get<SubmitSwitches>().ResumeAsync(scope, Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 3));
    }

    [Theory]
    [InlineData("for clicks")]
    [InlineData("without a model")]
    [InlineData("refused")]
    public async Task whoever_can_not_make_it_anyway_does_not_go_on_where_the_other_is_stopped(string second)
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync(recipe: WithSecond(second == "for clicks" ? new ChoiceRule { Origins = [GenerationOrigin.Click] } : ChoiceRule.Any)));
        if (second == "without a model")
            _second.Models = [];
        if (second == "refused")
            await Pipeline.Get<ProviderAccounts>().LearnAsync("second", new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.OutOfCredit, "no", "Empty.")), Token);
        await Pipeline.Get<SubmitSwitches>().PauseAsync("provider:scripted", "Ann", "The bill is being looked at.", Token);
        await RunAsync();
        ((await NowAsync(started)).Problem?.Code, (await VideosAsync()).Count, (await ProgressAsync(started)).Of(ItemState.Waiting)).ShouldBe((Problem.SubmitsPaused, 0, 3));

        await Pipeline.Get<SubmitSwitches>().ResumeAsync("provider:scripted", Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 3));
    }

    [Fact]
    public async Task who_is_stopped_because_it_offers_nothing_is_waited_for()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        var models = Pipeline.Provider.Models;
        Pipeline.Provider.Models = [];
        await Pipeline.Get<SubmitSwitches>().PauseAsync("provider:scripted", "Ann", "Its model is gone.", Token);
        await RunAsync();
        ((await NowAsync(started)).Problem?.Code, (await ProgressAsync(started)).Of(ItemState.Waiting)).ShouldBe((Problem.SubmitsPaused, 3));

        Pipeline.Provider.Models = models;
        await Pipeline.Get<SubmitSwitches>().ResumeAsync("provider:scripted", Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 3));
    }

    [Fact]
    public async Task whoever_may_make_it_too_makes_it_where_the_other_is_stopped()
    {
        Stock(3);
        await ScanAsync();
        _second.OnCheck = Pipeline.Provider.OnCheck;
        var started = await StartedAsync(await QuotedAsync(recipe: WithSecond(new ChoiceRule { Origins = [GenerationOrigin.Backfill] })));
        await Pipeline.Get<SubmitSwitches>().PauseAsync("provider:scripted", "Ann", "The bill is being looked at.", Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review), _second.Submits.Count).ShouldBe((BackfillState.Done, 3, 3));
    }

    private static BackfillRecipe WithSecond(ChoiceRule only) =>
        Scripted with { Providers = [.. Scripted.Providers!, new ProviderChoice { Provider = "second", Only = only }] };

    [Fact]
    public async Task another_shops_stop_and_another_providers_hold_up_nothing()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await Pipeline.Get<SubmitSwitches>().PauseAsync("provider:local", "Ann", "It is slow.", Token);
        await RunAsync();
        ((await NowAsync(started)).State, (await ProgressAsync(started)).Of(ItemState.Review)).ShouldBe((BackfillState.Done, 2));
    }

    [Fact]
    public async Task a_full_account_is_told_where_none_of_it_is_being_made()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync(products: ["p001", "p002"]));
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(1), 0.5);
        var clicked = (await Pipeline.Get<VideoGenerations>().CreateAsync(
            new("test", "p003"), new VideoWishes { Provider = "scripted", Seconds = 5 }, new Requester("tester", GenerationOrigin.Click), key: null, Token)).Generation;
        await Pipeline.AdvanceAsync(clicked.Id);
        await Pipeline.Get<ProviderAccounts>().LimitAsync("scripted", maxInFlight: 1, startsPerSecond: null, Token);
        await RunAsync();

        var waiting = await NowAsync(started);
        (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Running, "waiting_for_place"));

        await Pipeline.Get<ProviderAccounts>().LimitAsync("scripted", maxInFlight: null, startsPerSecond: null, Token);
        await RunAsync();
        (await NowAsync(started)).Problem.ShouldBeNull("they are being made");
    }

    [Theory]
    [InlineData(true, "backfill_run_paused", "Resume or cancel it; until then no other begins.")]
    [InlineData(false, "backfill_still_running", "The run before was still going on")]
    public async Task a_schedule_says_why_its_next_time_was_left_out(bool refused, string code, string text)
    {
        Stock(3);
        await ScanAsync();
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        Pipeline.Clock.Advance(schedule.DueAt!.Value - Pipeline.Clock.GetUtcNow());
        await MoveAsync();
        if (refused)
            Refuse();
        else
            await Pipeline.Get<SubmitSwitches>().PauseAsync("all", "Ann", "The bill is being looked at.", Token);
        await RunAsync();
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Single();
        (run.State, run.Problem!.Code).ShouldBe(refused ? (BackfillState.Paused, Problem.AccountRefused) : (BackfillState.Running, Problem.SubmitsPaused));

        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await MoveAsync();

        var later = await NowAsync(schedule);
        (later.State, later.Problem!.Code).ShouldBe((BackfillState.Scheduled, code));
        later.Problem.MerchantText.ShouldContain(text);
        (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_model_that_the_account_does_not_have_pauses_it_after_three_and_is_held_against_no_product()
    {
        Stock(8);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync());
        Refuse(ProviderFaultCode.Unsupported);
        await RunAsync(10);

        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code, (await ProgressAsync(started)).Of(ItemState.Failed)).ShouldBe((BackfillState.Paused, "backfill_same_failure", 3));
        await Desk.CancelAsync(started.Id, "tester", Token);
        await RunAsync();
        (await QuotedAsync()).Quote!.Videos.ShouldBe(8, "activated, or with another model, they can be made");
    }

    [Theory]
    [InlineData(ProviderFaultCode.OutOfCredit)]
    [InlineData(ProviderFaultCode.Unauthorised)]
    public async Task a_product_whose_order_an_account_did_not_take_is_made_by_the_next_backfill(ProviderFaultCode code)
    {
        var started = await OrderedAsync(3);
        Refuse(code);
        await RunAsync();
        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(1);
        await Desk.CancelAsync(started.Id, "tester", Token);
        await RunAsync();

        Take();
        await MendAsync();
        (await QuotedAsync()).Quote!.Videos.ShouldBe(3);
        (await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] })).Quote!.Skipped.ShouldBeEmpty();
    }
}
