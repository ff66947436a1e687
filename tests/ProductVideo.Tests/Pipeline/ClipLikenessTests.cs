using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ClipLikenessTests : IAsyncLifetime
{
    private const string SomethingElse = "testsrc2=size=320x320:rate=30";

    private readonly PipelineFixture _pipeline = new();

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        (_pipeline.Provider.Modes, _pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_clip_that_begins_with_the_products_picture_goes_to_its_listing_as_agreed()
    {
        var published = (await MadeAsync(await _pipeline.ReadyClipAsync())).State.ShouldBeOfType<Published>();
        published.Clip.Checks.ShouldContain(check => check.Name == Likeness.FirstPicture && check.Passed);
    }

    [Fact]
    public async Task a_clip_of_something_else_waits_for_a_person_who_may_still_approve_it()
    {
        var held = await MadeAsync(await _pipeline.ReadyClipAsync(SomethingElse));
        held.State.ShouldBeOfType<AwaitingReview>().Clip.Doubts.ShouldHaveSingleItem().Name.ShouldBe(Likeness.FirstPicture);
        GenerationFacts.Problem(held)!.Code.ShouldBe("looks_different");
        _pipeline.Shop.Media.ShouldBeEmpty();

        await _pipeline.Get<VideoGenerations>().ApproveAsync(held.Id, "tester", keepEarlier: null, CancellationToken.None);
        (await _pipeline.AdvanceAsync(held.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_whose_pictures_are_gone_waits_for_a_person()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10), 0.5);
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        await _pipeline.AdvanceAsync(ordered.Id);
        await _pipeline.Get<IBlobStore>().DeleteAsync(ordered.Order.Request.Images[0].BlobKey, CancellationToken.None);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);

        var held = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), ordered.Id);
        held.State.ShouldBeOfType<AwaitingReview>().Clip.Doubts.ShouldHaveSingleItem().ShouldBe(new ClipCheck(Likeness.Pictures, Passed: false, "one is no longer stored"));
    }

    [Fact]
    public async Task a_clip_made_of_words_alone_waits_for_a_person()
    {
        _pipeline.Provider.Modes = VideoModes.TextToVideo;
        (await MadeAsync(await _pipeline.ReadyClipAsync())).State.ShouldBeOfType<AwaitingReview>().Clip.Doubts.ShouldHaveSingleItem().Name.ShouldBe(Likeness.Pictures);
    }

    [Fact]
    public async Task a_clip_whose_pictures_have_nothing_to_compare_waits_for_a_person()
    {
        // References, and photographs without a plain background: neither a first frame nor a colour to be known by.
        _pipeline.Provider.Modes = VideoModes.References;
        _pipeline.Shop.Pictures["front.jpg"] = PipelineFixture.Scene(800, 600);
        _pipeline.Shop.Pictures["back.jpg"] = PipelineFixture.Scene(600, 800);
        var held = await MadeAsync(await _pipeline.ReadyClipAsync());
        held.State.ShouldBeOfType<AwaitingReview>().Clip.Doubts.ShouldHaveSingleItem().Name.ShouldBe(Likeness.Pictures);
        GenerationFacts.Problem(held)!.MerchantText.ShouldContain("could not be compared");
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task who_wants_no_comparing_has_none()
    {
        _pipeline.Get<PipelineOptions>().CompareWithPictures = false;
        (await MadeAsync(await _pipeline.ReadyClipAsync(SomethingElse))).State.ShouldBeOfType<Published>();
    }

    private async Task<Generation> MadeAsync(ClipSource clip)
    {
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        return await _pipeline.AdvanceAsync(ordered.Id);
    }
}
