using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Changes;

/// <summary>What an automatic order may and may not do: it costs money.</summary>
public sealed class RemakeTests : ChangesFixture
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await WantAsync(OnChange.Remake);
    }

    [Fact]
    public async Task a_changed_product_is_filmed_anew_by_the_same_recipe_and_the_new_clip_waits_for_approval_and_takes_the_old_ones_place()
    {
        var clip = await PublishAsync(new VideoWishes { AutoApprove = false, Wish = "Slowly." });
        Rename("Porcelain cup");

        var row = await HintAndLookAsync();

        var remake = await FindAsync(row.RemakeId.ShouldNotBeNull());
        (remake.Order.Origin, remake.Order.ProductTitle, remake.Order.Template).ShouldBe((GenerationOrigin.Regeneration, "Porcelain cup", clip.Order.Template));
        (remake.Order.Provider, remake.Order.Request.Seconds, remake.Order.Request.Aspect, remake.Order.Wishes.Wish, remake.Order.AutoApprove)
            .ShouldBe(("scripted", 5, "1:1", "Slowly.", false));
        row.State.ShouldBe("Stale", "shoppers still see the old one");

        await ApproveAsync(remake);
        (await Pipeline.AdvanceAsync(clip.Id)).State.ShouldBeOfType<Withdrawn>().ReplacedBy.ShouldBe(remake.Id);
        await LookAsync();
        ((await RowAsync()).State, (await RowAsync()).ClipId).ShouldBe(("Current", remake.Id));
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_thousand_hints_make_one_look_and_one_order()
    {
        await PublishAsync();
        Rename("Porcelain cup");
        for (var i = 0; i < 1_000; i++)
            await HintAsync();

        (await LookAsync()).ShouldBe(1);
        (await HintAndLookAsync()).RemakeId.ShouldNotBeNull();
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task nodes_that_look_at_the_same_change_at_once_order_one()
    {
        await PublishAsync();
        Rename("Porcelain cup");
        await HintAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));

        var looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Pipeline.Get<ProductLook>().LookNextAsync(Token), Token)));

        looks.Count(looked => looked).ShouldBe(1);
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_look_whose_end_was_not_written_orders_nothing_more_when_it_is_repeated()
    {
        await PublishAsync();
        Rename("Porcelain cup");
        await HintAndLookAsync();
        var row = await RowAsync();
        var remake = await FindAsync(row.RemakeId!.Value);
        await Pipeline.Get<VideoGenerations>().CancelAsync(remake.Id, "tester", Token);
        await Pipeline.AdvanceAsync(remake.Id);
        await ForgetAsync();

        (await HintAndLookAsync()).RemakeId.ShouldBeOneOf(null, remake.Id);
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_cap_without_room_makes_none_and_one_once_there_is_room()
    {
        await PublishAsync();
        var cap = await Pipeline.Get<Budgets>().PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Everything, null, BudgetPeriod.Ever, new Money(0.8m, "USD")), Token);
        Rename("Porcelain cup");

        var row = await HintAndLookAsync();
        (row.State, row.RemakeId).ShouldBe(("Stale", null));
        WatchedProduct.Of(row).Problem.ShouldNotBeNull();
        (await VideosAsync()).Count.ShouldBe(1);
        row.DueAt.ShouldNotBeNull();

        await Pipeline.Get<Budgets>().PutAsync(cap.Budget with { Cap = new Money(2, "USD") }, Token);
        await LookAsync();
        (await RowAsync()).RemakeId.ShouldNotBeNull();
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task one_that_a_cap_kept_from_being_ordered_is_ordered_later_though_the_clip_was_taken_off_meanwhile()
    {
        await WantAsync(OnChange.Remake, withdraw: true);
        var clip = await PublishAsync();
        var cap = await Pipeline.Get<Budgets>().PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Everything, null, BudgetPeriod.Ever, new Money(0.8m, "USD")), Token);
        Shop.Edit("mug", mug => mug with { Images = [mug.Images[1]] });
        (await HintAndLookAsync()).RemakeId.ShouldBeNull();
        (await Pipeline.AdvanceAsync(clip.Id)).State.ShouldBeOfType<Withdrawn>();
        await LookAsync();
        var owed = await RowAsync();
        (owed.State, WatchedProduct.Of(owed).Problem is not null, owed.DueAt is not null).ShouldBe(("Stale", true, true));

        await Pipeline.Get<Budgets>().PutAsync(cap.Budget with { Cap = new Money(2, "USD") }, Token);
        await LookAsync();

        var remake = (await RowAsync()).RemakeId.ShouldNotBeNull();
        // What a person thinks of it is the last word.
        await Pipeline.AdvanceAsync(remake);
        await Pipeline.Get<VideoGenerations>().RejectAsync(remake, "tester", null, Token);
        await HintAndLookAsync();
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0.18, "USD")]
    [InlineData(0.01, "CNY")]
    public async Task what_costs_more_than_the_one_before_is_told_and_left_to_a_person(double second, string currency)
    {
        var perSecond = (decimal)second;
        await PublishAsync();
        var moves = await MovesAsync();
        (Pipeline.Provider.PerSecond, Pipeline.Provider.Currency) = (perSecond, currency);
        Rename("Porcelain cup");

        var row = await HintAndLookAsync();
        (row.State, row.RemakeId, row.DueAt).ShouldBe(("Stale", null, null));
        var problem = WatchedProduct.Of(row).Problem!;
        (problem.Code, problem.MerchantText).ShouldBe((
            "price_not_agreed",
            $"A new video costs {new Money(perSecond * 5, currency)} now, and this one was ordered at 0.70 USD. So none was ordered by itself. Make a new one by hand if it is worth that."));
        (await MovesAsync()).ShouldBe(moves);
        await HintAndLookAsync();
        (await VideosAsync()).Count.ShouldBe(1);

        var byHand = await Pipeline.Get<Regenerations>().OrderAsync(
            Mug, new Requester("tester", GenerationOrigin.Click, Agreed: [new Money(perSecond * 5, currency)]), key: null, Token);
        byHand.IsNew.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.14)]
    [InlineData(0.10)]
    public async Task what_costs_no_more_than_the_one_before_is_ordered(double second)
    {
        var perSecond = (decimal)second;
        await PublishAsync();
        Pipeline.Provider.PerSecond = perSecond;
        Rename("Porcelain cup");
        (await FindAsync((await HintAndLookAsync()).RemakeId.ShouldNotBeNull())).Order.Price.Amount.ShouldBe(new Money(perSecond * 5, "USD"));
    }

    [Fact]
    public async Task what_was_free_is_made_anew_for_nothing_only()
    {
        Pipeline.Provider.PerSecond = 0;
        await PublishAsync();
        Pipeline.Provider.PerSecond = 0.01m;
        Rename("Porcelain cup");
        WatchedProduct.Of(await HintAndLookAsync()).Problem!.MerchantText.ShouldStartWith("A new video costs 0.05 USD now, and this one was free.");
        Pipeline.Provider.PerSecond = 0;
        Rename("Glass bowl");
        (await HintAndLookAsync()).RemakeId.ShouldNotBeNull();
    }

    [Fact]
    public async Task what_was_rejected_is_not_ordered_again_until_the_product_changes_again()
    {
        await PublishAsync();
        Rename("Porcelain cup");
        var first = (await HintAndLookAsync()).RemakeId!.Value;
        await Pipeline.AdvanceAsync(first);
        await Pipeline.Get<VideoGenerations>().RejectAsync(first, "tester", "ugly", Token);

        (await HintAndLookAsync()).State.ShouldBe("Stale");
        (await VideosAsync()).Count.ShouldBe(2);

        Rename("Glass bowl");
        (await HintAndLookAsync()).RemakeId.ShouldNotBe(first);
        (await VideosAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_product_that_changes_while_its_new_clip_is_made_gets_the_next_one_when_that_has_ended()
    {
        await PublishAsync();
        Rename("Porcelain cup");
        var first = (await HintAndLookAsync()).RemakeId!.Value;
        Rename("Glass bowl");
        (await HintAndLookAsync()).RemakeId.ShouldBe(first);
        (await VideosAsync()).Count.ShouldBe(2);

        await ApproveAsync(await FindAsync(first));
        await LookAsync();

        var row = await RowAsync();
        row.RemakeId.ShouldNotBe(first);
        (await FindAsync(row.RemakeId!.Value)).Order.ProductTitle.ShouldBe("Glass bowl");
        (await VideosAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task what_was_only_told_is_not_ordered_when_the_shop_wants_more_until_it_changes_again()
    {
        await PublishAsync();
        await WantAsync(OnChange.Tell);
        Rename("Porcelain cup");
        await HintAndLookAsync();
        await WantAsync(OnChange.Remake);
        Shop.Edit("mug", mug => mug with { Tags = ["sale"] });
        (await HintAndLookAsync()).RemakeId.ShouldBeNull();
        (await VideosAsync()).Count.ShouldBe(1);

        Rename("Glass bowl");
        (await HintAndLookAsync()).RemakeId.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_product_that_changes_back_needs_none()
    {
        await PublishAsync();
        await WantAsync(OnChange.Tell);
        Rename("Porcelain cup");
        (await HintAndLookAsync()).State.ShouldBe("Stale");
        await WantAsync(OnChange.Remake);
        Rename("Stoneware mug");
        (await HintAndLookAsync()).State.ShouldBe("Current");
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_change_of_a_changed_clip_is_told_and_left_to_a_person()
    {
        var clip = await PublishAsync();
        Pipeline.Provider.Modes |= ProductVideo.Providers.VideoModes.Edit;
        Pipeline.Provider.SourceClip = new ProductVideo.Providers.SourceClipRule { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 10_000_000, MinSide = 100, MaxSide = 4_096 };
        var edit = await ApproveAsync(await Pipeline.OrderAsync(new VideoWishes { ChangeOf = clip.Id, Wish = "Make it blue." }));
        Rename("Porcelain cup");

        var row = await HintAndLookAsync();

        (row.State, row.ClipId, row.RemakeId).ShouldBe(("Stale", edit.Id, null));
        (await VideosAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_refusal_that_stays_is_told_and_not_tried_again()
    {
        await PublishAsync();
        Shop.Edit("mug", mug => mug with { Images = [] });

        var row = await HintAndLookAsync();
        (row.State, row.Tries, row.DueAt).ShouldBe(("Stale", 0, null));
        WatchedProduct.Of(row).Problem!.Code.ShouldBe("no_images");

        await HintAndLookAsync();
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_model_that_is_not_offered_any_more_is_no_change_of_the_product()
    {
        await PublishAsync();
        Pipeline.Provider.Models = ["model-2"];
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        (await HintAndLookAsync()).State.ShouldBe("Current", "what it would say of the title can't be told without it");

        Shop.Edit("mug", mug => mug with { Images = [mug.Images[1]] });
        (await HintAndLookAsync()).Reasons.ShouldBe("Pictures,RemovedPicture");
    }

    [Fact]
    public async Task after_a_backup_was_put_back_a_change_is_only_told_until_a_person_says_so_again()
    {
        await WantAsync(OnChange.Remake, withdraw: true);
        await PublishAsync();
        // After the backup was taken the product changed, and its new clip was ordered and paid for; the backup knows nothing of that.
        Rename("Porcelain cup");
        (await Pipeline.Get<RestoredBackup>().RunAsync(Token)).OnlyTold.ShouldBe(1);
        (await Pipeline.Get<RestoredBackup>().RunAsync(Token)).OnlyTold.ShouldBe(0);

        var row = await HintAndLookAsync();
        (row.State, row.RemakeId).ShouldBe(("Stale", null));
        Pipeline.Provider.Submits.Count.ShouldBe(1);
        (await Pipeline.Get<WatchedShops>().PolicyAsync("test", Token)).ShouldBe(new ChangePolicy { OnChange = OnChange.Tell, WithdrawRemovedPictures = true });

        await WantAsync(OnChange.Remake);
        (await HintAndLookAsync()).RemakeId.ShouldBeNull("what was told of is not ordered all at once");
        Rename("Glass bowl");
        (await HintAndLookAsync()).RemakeId.ShouldNotBeNull();
    }

    private async Task<int> MovesAsync() => (await Pipeline.Get<SpendLedger>().ListAsync(new SpendFilter(), after: null, take: 100, Token)).Count;

    private void Rename(string title) => Shop.Edit("mug", mug => mug with { Title = title });

    /// <summary>As if the node had died before it wrote down what it ordered.</summary>
    private async Task ForgetAsync()
    {
        await HintAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));
        var row = (await Pipeline.Get<WatchedProducts>().ClaimNextAsync(Token)).ShouldNotBeNull();
        (row.RemakeId, row.TriedFor) = (null, null);
        await Pipeline.Get<WatchedProducts>().EndAsync(row, Token);
    }
}
