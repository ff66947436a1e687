using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ReplacingTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_new_clip_takes_the_place_of_the_earlier_one()
    {
        var first = await PublishAsync();
        var second = await PublishAsync();

        (await FindAsync(first.Id)).State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(second.Id);
        _pipeline.Shop.Media.Count.ShouldBe(2, "the earlier one goes only once the new one is there");
        (await _pipeline.AdvanceAsync(first.Id)).State.ShouldBeOfType<Withdrawn>().ReplacedBy.ShouldBe(second.Id);
        _pipeline.Shop.Media.ShouldBe([("mug", GenerationMachine.AttachKeyOf(second))]);
        (await FindAsync(second.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task the_earlier_clip_stays_where_the_merchant_wants_both()
    {
        var first = await PublishAsync();
        await PublishAsync(keepEarlier: true);

        (await FindAsync(first.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(GenerationOrigin.Click)]
    [InlineData(GenerationOrigin.Regeneration)]
    public async Task of_two_ratios_only_that_of_the_new_clip_goes(GenerationOrigin origin)
    {
        var (square, wide) = await TwoRatiosAsync();
        var newer = await PublishAsync(origin: origin);

        (await FindAsync(square.Id)).State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(newer.Id);
        (await FindAsync(wide.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task where_no_clip_has_the_new_ones_ratio_all_make_room()
    {
        await ClipsOfTwoShapesAsync();
        var square = await PublishAsync();
        var wide = await PublishAsync(aspect: "16:9");

        (await FindAsync(square.Id)).State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(wide.Id);
    }

    [Fact]
    public async Task a_clip_that_was_made_for_a_change_takes_no_other_ratio_off_though_its_own_is_gone()
    {
        var (square, wide) = await TwoRatiosAsync();
        var ordered = await ApproveAsync(origin: GenerationOrigin.Regeneration);
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(square.Id, "tester", CancellationToken.None);

        (await _pipeline.AdvanceAsync(ordered)).State.ShouldBeOfType<Published>();
        (await FindAsync(wide.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task what_is_on_another_product_stays()
    {
        _pipeline.Shop.Add("bowl", ("bowl.jpg", PipelineFixture.Picture(800, 800)));
        var bowl = await PublishAsync(product: "bowl");
        await PublishAsync();

        (await FindAsync(bowl.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task a_shop_that_is_away_is_asked_again_until_the_clip_is_off()
    {
        var published = await PublishAsync();
        _pipeline.Shop.DetachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(published.Id, "tester", CancellationToken.None);

        var waiting = await _pipeline.AdvanceAsync(published.Id);
        waiting.State.ShouldBeOfType<Withdrawing>().LastProblem!.MerchantText.ShouldBe("The shop is away.");
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), published.Id)).State.ShouldBeOfType<Withdrawn>();
        _pipeline.Shop.Media.ShouldNotContain(("mug", GenerationMachine.AttachKeyOf(published)));
    }

    [Fact]
    public async Task a_product_that_is_gone_has_no_clip_left()
    {
        var published = await PublishAsync();
        _pipeline.Shop.DetachFaults.Enqueue(new StorefrontException(StorefrontFault.ProductNotFound, "It is gone.", "404"));
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(published.Id, "tester", CancellationToken.None);

        (await _pipeline.AdvanceAsync(published.Id)).State.ShouldBeOfType<Withdrawn>();
    }

    [Fact]
    public async Task the_same_clip_may_be_made_again_while_the_earlier_one_goes()
    {
        var published = await PublishAsync();
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(published.Id, "tester", CancellationToken.None);

        (await _pipeline.OrderAsync(Again)).Id.ShouldNotBe(published.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_clip_that_the_shop_takes_late_takes_no_newer_one_off_and_goes_itself(bool keepsEarlier)
    {
        var older = await ApproveAsync(keepsEarlier);
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Away.", "503") { RetryAfter = TimeSpan.FromHours(1) });
        (await _pipeline.AdvanceAsync(older)).State.ShouldBeOfType<Publishing>();
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(10));
        Edit();
        var newer = await PublishAsync();

        var late = await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(2), older);
        late.State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(newer.Id);
        (await _pipeline.AdvanceAsync(older)).State.ShouldBeOfType<Withdrawn>().ReplacedBy.ShouldBe(newer.Id);
        (await FindAsync(newer.Id)).State.ShouldBeOfType<Published>("what was approved last stays");
        _pipeline.Shop.Media.ShouldBe([("mug", GenerationMachine.AttachKeyOf(newer))]);
    }

    [Fact]
    public async Task a_clip_that_the_shop_takes_late_stands_beside_a_newer_one_that_keeps_the_earlier_ones()
    {
        var first = await PublishAsync();
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        Edit();
        var late = await ApproveAsync();
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Away.", "503"));
        await _pipeline.AdvanceAsync(late);
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        Edit();
        var newer = await PublishAsync(keepEarlier: true);

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), late)).State.ShouldBeOfType<Published>();
        (await FindAsync(newer.Id)).State.ShouldBeOfType<Published>();
        (await FindAsync(first.Id)).State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(late);
    }

    [Fact]
    public async Task of_two_that_were_approved_before_either_was_there_the_later_one_stays()
    {
        var one = await ApproveAsync();
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(3));
        Edit();
        var other = await ApproveAsync();
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(3));
        await _pipeline.AdvanceAsync(one);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(3));

        (await _pipeline.AdvanceAsync(other)).State.ShouldBeOfType<Published>();
        (await FindAsync(one)).State.ShouldBeOfType<Withdrawing>().ReplacedBy.ShouldBe(other);
    }

    [Fact]
    public async Task a_clip_that_a_lost_answer_left_on_its_listing_is_taken_off_before_it_counts_as_failed()
    {
        var ordered = await ApproveAsync();
        _pipeline.Shop.LostAnswers.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Away.", "reset"));
        (await _pipeline.AdvanceAsync(ordered)).State.ShouldBeOfType<Publishing>();
        _pipeline.Shop.Media.Count.ShouldBe(1, "precondition: it was stored");
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.ProductNotFound, "In the bin.", "404"));

        var failed = (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered)).State.ShouldBeOfType<Failed>();
        (failed.Problem.MerchantText, failed.Clip is null).ShouldBe(("In the bin.", false));
        _pipeline.Shop.Media.ShouldBeEmpty();

        // The product comes out of the bin: the clip is there and is not paid for again.
        await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered, "tester", keepEarlier: null, CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered)).State.ShouldBeOfType<Published>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_whose_shop_was_away_for_days_is_looked_for_until_it_is_surely_off()
    {
        var ordered = await ApproveAsync();
        _pipeline.Shop.LostAnswers.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Away.", "reset"));
        await _pipeline.AdvanceAsync(ordered);
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Away.", "503"));
        _pipeline.Shop.DetachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "Still away.", "503"));

        var waiting = (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(76), ordered)).State.ShouldBeOfType<Withdrawing>();
        (waiting.Failure!.MerchantText, waiting.LastProblem!.MerchantText).ShouldBe(("Away.", "Still away."));
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered)).State.ShouldBeOfType<Failed>().Problem.MerchantText.ShouldBe("Away.");
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    /// <summary>The listing is another one now, so its next order is not the one that is under way.</summary>
    private void Edit() => _pipeline.Shop.Edit("mug", product => product with { Title = product.Title + ", glazed" });

    private static VideoWishes Again => new() { Again = true };

    /// <summary>The mug's square clip, and a wide one beside it.</summary>
    private async Task<(Generation Square, Generation Wide)> TwoRatiosAsync()
    {
        await ClipsOfTwoShapesAsync();
        return (await PublishAsync(), await PublishAsync(keepEarlier: true, aspect: "16:9"));
    }

    private async Task ClipsOfTwoShapesAsync()
    {
        var (square, wide) = (await _pipeline.ReadyClipAsync(), await _pipeline.ReadyClipAsync("testsrc2=size=640x360:rate=30"));
        _pipeline.Provider.OnCheck = operation => new CheckOutcome.Ready([_pipeline.Provider.Requests[operation.RemoteId].Aspect == "1:1" ? square : wide]);
    }

    private async Task<Generation> PublishAsync(bool? keepEarlier = null, string product = "mug", string aspect = "1:1", GenerationOrigin origin = GenerationOrigin.Api)
    {
        var published = await _pipeline.AdvanceAsync(await ApproveAsync(keepEarlier, product, aspect, origin));
        published.State.ShouldBeOfType<Published>();
        return published;
    }

    private async Task<Guid> ApproveAsync(bool? keepEarlier = null, string product = "mug", string aspect = "1:1", GenerationOrigin origin = GenerationOrigin.Api)
    {
        var videos = _pipeline.Get<VideoGenerations>();
        var ordered = (await videos.CreateAsync(
            new ProductRef("test", product), Again with { Provider = "scripted", Aspect = aspect, Seconds = 5 },
            new Requester("tester", origin), null, CancellationToken.None)).Generation;
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        await videos.ApproveAsync(ordered.Id, "tester", keepEarlier, CancellationToken.None);
        return ordered.Id;
    }

    private Task<Generation> FindAsync(Guid id) => _pipeline.Get<VideoGenerations>().GetAsync(id, CancellationToken.None);
}
