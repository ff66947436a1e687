using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using ProductVideo.Tests.BlobStores;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ClipSigningTests : IAsyncLifetime
{
    private const string Moving = "testsrc2=size=320x320:rate=24";
    private readonly MemoryBlobStore _store = new();
    private readonly PipelineFixture _pipeline;

    public ClipSigningTests() => _pipeline = new() { Signs = true, Add = services => services.RemoveAll<IBlobStore>().AddSingleton<IBlobStore>(_store) };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_drawn_clip_is_signed_behind_its_first_box_and_marked_at_its_end()
    {
        var (clip, bytes) = await FetchedAsync();
        var check = clip.Checks.Single(check => check.Name == AiMark.Signature);
        check.Passed.ShouldBeTrue(check.Found);
        check.Found.ShouldStartWith("C2PA by Clips of ProductVideo installation ");
        bytes.AsSpan().IndexOf(AiMark.C2paBox).ShouldBeLessThan(64);
        bytes.AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
        (await _pipeline.ClipsAsync()).ShouldBe([clip.BlobKey, clip.PosterKey], ignoreOrder: true);
    }

    [Fact]
    public async Task where_it_is_switched_off_the_mark_alone_is_added()
    {
        _pipeline.Get<SigningOptions>().Enabled = false;
        var (clip, bytes) = await FetchedAsync();
        bytes.AsSpan().IndexOf(AiMark.C2paBox).ShouldBe(-1);
        bytes.AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
        clip.Checks.ShouldNotContain(check => check.Name == AiMark.Signature);
        (await _pipeline.Get<IBlobStore>().ListAsync("signing/", TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task a_film_of_the_merchants_own_photographs_is_not_signed()
    {
        _pipeline.Provider.KeepsPixels = true;
        var (clip, bytes) = await FetchedAsync();
        bytes.AsSpan().IndexOf(AiMark.C2paBox).ShouldBe(-1);
        clip.Checks.ShouldNotContain(check => check.Name == AiMark.Signature);
    }

    [Fact]
    public async Task a_clip_that_comes_in_fragments_is_put_in_order_to_be_signed_and_kept_as_it_came()
    {
        var (clip, bytes) = await FetchedAsync("-pix_fmt yuv420p -movflags frag_keyframe+empty_moov+default_base_moof");
        clip.Checks.Where(check => check.Name is AiMark.Check or AiMark.Signature).ShouldAllBe(check => check.Passed);
        bytes.AsSpan().IndexOf(AiMark.C2paBox).ShouldBeGreaterThan(0);
        bytes.AsSpan().IndexOf("moof"u8).ShouldBe(-1);
        (await _pipeline.ClipsAsync()).ShouldContain(key => key.EndsWith(".original.mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_try_that_comes_to_nothing_leaves_no_signed_file_behind()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync();
        _store.FullFor = ".jpg";
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Fetching>();
        (await _pipeline.ClipsAsync()).ShouldBeEmpty();

        _store.FullFor = null;
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(5), ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        (await _pipeline.ClipsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_key_that_is_gone_while_the_server_runs_costs_no_clip_but_its_way_to_the_listing_by_itself()
    {
        var options = _pipeline.Get<SigningOptions>();
        (options.Certificate, options.Key) = ("/gone/chain.pem", "/gone/key.pem");
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync(VideoWishes.None with { AutoApprove = true });
        var review = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        review.Clip.Doubts.ShouldBe([new ClipCheck(AiMark.Signature, Passed: false, "none: the server's certificate can't be used")]);
        review.Clip.Checks.ShouldContain(new ClipCheck(AiMark.Check, Passed: true, "XMP DigitalSourceType"));
    }

    private async Task<(Clip Clip, byte[] Bytes)> FetchedAsync(string coding = "-pix_fmt yuv420p")
    {
        var ready = await _pipeline.ReadyClipAsync(Moving, seconds: 5, coding);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([ready]);
        var clip = (await _pipeline.AdvanceAsync((await _pipeline.OrderAsync()).Id)).State.ShouldBeOfType<AwaitingReview>().Clip;
        return (clip, (await _pipeline.Get<IBlobStore>().ReadAsync(clip.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull());
    }
}
