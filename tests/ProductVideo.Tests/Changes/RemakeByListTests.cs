using ProductVideo.Accounts;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Changes;

/// <summary>Who makes a clip anew where the shop's list says it: nobody for more than the one before cost, and no slideshow instead of it.</summary>
public sealed class RemakeByListTests() : ChangesFixture(new ScriptedProvider { Key = "second", PerSecond = 0.6m })
{
    private const string Dear = "second was passed over: it makes this video for 3.00 USD, and 0.70 USD was agreed to.";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await WantAsync(OnChange.Remake);
    }

    [Theory]
    [InlineData("scripted", "second")]
    [InlineData("scripted")]
    public async Task a_cap_without_room_for_the_first_is_waited_for_where_the_next_one_costs_more_or_is_the_slideshow(params string[] providers)
    {
        await ListAsync(providers);
        await PublishByListAsync();
        var cap = await Pipeline.Get<Budgets>().PutAsync(
            new Budget(Guid.NewGuid(), BudgetScope.Provider, "scripted", BudgetPeriod.Ever, new Money(0.8m, "USD")), Token);

        (await WaitsAsync()).Code.ShouldBe("budget_exceeded");
        await Pipeline.Get<Budgets>().PutAsync(cap.Budget with { Cap = new Money(2, "USD") }, Token);
        await IsOrderedAsync();
    }

    [Fact]
    public async Task a_stop_of_the_first_is_waited_for_where_the_next_one_costs_more()
    {
        await ListAsync("scripted", "second");
        await PublishByListAsync();
        await Pipeline.Get<SubmitSwitches>().PauseAsync(SubmitSwitches.Provider("scripted"), "Kim", "Back in an hour.", Token);

        var problem = await WaitsAsync();
        (problem.Code, problem.MerchantText).ShouldBe((
            "no_provider_fits",
            $"No provider of the shop's list can make this video. Scripted was passed over: Kim stopped it. Back in an hour. {Dear} Change the list, or choose a provider for this video."));
        await Pipeline.Get<SubmitSwitches>().ResumeAsync(SubmitSwitches.Provider("scripted"), Token);
        await IsOrderedAsync();
    }

    [Fact]
    public async Task a_stop_of_the_only_one_is_waited_for_and_no_slideshow_takes_its_place()
    {
        await ListAsync("scripted");
        await PublishByListAsync();
        await Pipeline.Get<SubmitSwitches>().PauseAsync(SubmitSwitches.Provider("scripted"), "Kim", "Back in an hour.", Token);
        (await WaitsAsync()).Code.ShouldBe("no_provider_fits");
        await Pipeline.Get<SubmitSwitches>().ResumeAsync(SubmitSwitches.Provider("scripted"), Token);
        await IsOrderedAsync();
    }

    [Fact]
    public async Task a_cap_on_one_clip_is_not_waited_for()
    {
        await ListAsync("scripted", "second");
        await PublishByListAsync();
        await Pipeline.Get<Budgets>().PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Provider, "scripted", BudgetPeriod.Clip, new Money(0.5m, "USD")), Token);
        Rename();
        var row = await HintAndLookAsync();
        (row.RemakeId, row.DueAt).ShouldBe((null, null));
        WatchedProduct.Of(row).Problem!.Code.ShouldBe("price_not_agreed");
    }

    [Fact]
    public async Task what_costs_more_than_the_one_before_is_told_and_no_slideshow_takes_its_place()
    {
        await ListAsync("scripted");
        await PublishByListAsync();
        Pipeline.Provider.PerSecond = 0.18m;
        Rename();

        var row = await HintAndLookAsync();
        (row.State, row.RemakeId, row.DueAt).ShouldBe(("Stale", null, null));
        WatchedProduct.Of(row).Problem!.Code.ShouldBe("price_not_agreed");
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_was_free_is_made_anew_by_who_costs_nothing()
    {
        Pipeline.Provider.PerSecond = 0;
        await ListAsync("scripted");
        await PublishByListAsync();
        Pipeline.Provider.PerSecond = 0.14m;
        Rename();

        (await FindAsync((await HintAndLookAsync()).RemakeId.ShouldNotBeNull())).Order.Provider.ShouldBe("local");
    }

    private Task ListAsync(params string[] providers) => Pipeline.Get<ProviderLists>().PutAsync(
        "test", new ProviderList { Choices = [.. providers.Select(provider => new ProviderChoice { Provider = provider })] }, "tester", Token);

    private async Task PublishByListAsync()
    {
        var created = await Pipeline.Get<VideoGenerations>().CreateAsync(
            Mug, new VideoWishes { Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), key: null, Token);
        created.Generation.Order.Provider.ShouldBe("scripted");
        await ApproveAsync(created.Generation);
        await LookAsync();
    }

    private void Rename() => Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

    /// <returns>What is told of it.</returns>
    private async Task<Problem> WaitsAsync()
    {
        Rename();
        var row = await HintAndLookAsync();
        (row.State, row.RemakeId, row.TriedFor).ShouldBe(("Stale", null, null));
        row.DueAt.ShouldNotBeNull();
        (await VideosAsync()).Count.ShouldBe(1);
        return WatchedProduct.Of(row).Problem!;
    }

    private async Task IsOrderedAsync()
    {
        await LookAsync();
        var remake = await FindAsync((await RowAsync()).RemakeId.ShouldNotBeNull());
        (remake.Order.Provider, remake.Order.Price.Amount).ShouldBe(("scripted", new Money(0.7m, "USD")));
        (await VideosAsync()).Count.ShouldBe(2);
    }
}
