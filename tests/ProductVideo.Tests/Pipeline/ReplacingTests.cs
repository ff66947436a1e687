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

    private static VideoWishes Again => new() { Again = true };

    private async Task<Generation> PublishAsync(bool? keepEarlier = null, string product = "mug")
    {
        var videos = _pipeline.Get<VideoGenerations>();
        var ordered = (await videos.CreateAsync(
            new ProductRef("test", product), Again with { Provider = "scripted", Aspect = "1:1", Seconds = 5 },
            new Requester("tester", GenerationOrigin.Api), null, CancellationToken.None)).Generation;
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        await videos.ApproveAsync(ordered.Id, "tester", keepEarlier, CancellationToken.None);
        var published = await _pipeline.AdvanceAsync(ordered.Id);
        published.State.ShouldBeOfType<Published>();
        return published;
    }

    private Task<Generation> FindAsync(Guid id) => _pipeline.Get<VideoGenerations>().GetAsync(id, CancellationToken.None);
}
