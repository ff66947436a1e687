using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class AdvanceTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_product_goes_from_order_to_its_listing_with_one_paid_request()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync();

        var review = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        review.Clip.Checks.ShouldAllBe(check => check.Passed);
        review.Clip.Width.ShouldBe(320);
        await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
        var published = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();

        published.ListingUrl.ShouldBe("/listing/mug");
        _pipeline.Shop.Media.Count.ShouldBe(1);
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task advancing_side_by_side_sends_one_paid_request()
    {
        var ordered = await _pipeline.OrderAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => _pipeline.Get<Advance>().RunAsync(ordered.Id, CancellationToken.None))));
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task an_adapter_that_throws_in_a_submit_leaves_the_outcome_unknown_and_is_not_called_again()
    {
        _pipeline.Provider.OnStart = _ => throw new InvalidOperationException("broken adapter");
        _pipeline.Provider.OnFind = intent => new FindOutcome.Found(new ProviderOperation("found-" + intent.Nonce));
        var ordered = await _pipeline.OrderAsync();

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Submitting>();
        var adopted = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), ordered.Id);

        adopted.State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("found-" + _pipeline.Provider.Submits.Single().Nonce);
    }

    [Fact]
    public async Task a_lost_answer_of_a_provider_without_a_list_waits_for_a_person()
    {
        _pipeline.Provider.Correlation = CorrelationClass.Nothing;
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "The connection broke."));
        var ordered = await _pipeline.OrderAsync();

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<InDoubt>();
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromDays(1), ordered.Id)).State.ShouldBeOfType<InDoubt>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);

        await _pipeline.Get<VideoGenerations>().AdoptAsync(ordered.Id, "tester", "task-7", CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-7");
    }

    [Fact]
    public async Task a_worker_that_lost_its_claim_writes_nothing()
    {
        var store = _pipeline.Get<GenerationStore>();
        var ordered = await _pipeline.OrderAsync();
        var slow = (await store.ClaimAsync(ordered.Id, "slow", TimeSpan.FromSeconds(30), CancellationToken.None))!;
        (await store.ClaimAsync(ordered.Id, "fast", TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeNull();

        _pipeline.Clock.Advance(TimeSpan.FromSeconds(31));
        (await store.ClaimAsync(ordered.Id, "fast", TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldNotBeNull();
        (await store.SaveAsync(slow, slow with { State = new Cancelled("slow") }, "slow", keepFor: null, CancellationToken.None)).ShouldBeNull();
        (await store.FindAsync(ordered.Id, CancellationToken.None))!.State.ShouldBeOfType<Planned>();
    }

    [Theory]
    [InlineData("color=black:size=320x320:rate=30", 5, "not black")]
    [InlineData("testsrc2=size=320x320:rate=30,drawbox=color=black:t=fill:enable='gt(t,0.4)'", 5, "not black")]
    [InlineData("testsrc2=size=320x320:rate=30", 2, "length")]
    [InlineData("testsrc2=size=640x320:rate=30", 5, "ratio")]
    public async Task a_clip_that_is_not_what_was_ordered_is_never_shown(string filter, int seconds, string check)
    {
        var clip = await _pipeline.ReadyClipAsync(filter, seconds);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync();

        var failed = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Failed>();
        failed.Problem.Code.ShouldBe("clip_failed_checks");
        failed.Problem.OperatorText.ShouldContain(check);
        _pipeline.Provider.Submits.Count.ShouldBe(1);
        _pipeline.Shop.Media.ShouldBeEmpty();
        (await _pipeline.ClipsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_file_that_is_no_video_fails_without_another_order()
    {
        var blobs = _pipeline.Get<ProductVideo.Blobs.IBlobStore>();
        await blobs.PutAsync("provider/page.mp4", new MemoryStream("<html>login</html>"u8.ToArray()), "video/mp4", ProductVideo.Blobs.PutMode.Replace, CancellationToken.None);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([new ClipSource.Stored("provider/page.mp4")]);
        var ordered = await _pipeline.OrderAsync();

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Failed>().Problem.Code.ShouldBe("clip_unreadable");
        _pipeline.Provider.Submits.Count.ShouldBe(1);
        (await _pipeline.ClipsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_that_is_away_is_tried_again_and_the_clip_attached_once()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });

        var waiting = await _pipeline.AdvanceAsync(ordered.Id);
        waiting.State.ShouldBeOfType<Publishing>().LastProblem!.MerchantText.ShouldBe("The shop is away.");
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.Count.ShouldBe(1);
    }

    [Fact]
    public async Task cancelling_a_render_asks_the_provider_and_ends_it()
    {
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        await _pipeline.Get<VideoGenerations>().CancelAsync(ordered.Id, "tester", CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBe(new Cancelled("tester"));
    }

    /// <summary>Cancels a task that the provider stops, though its answer to that is lost.</summary>
    private async Task<Generation> StoppedUnheardAsync(CheckOutcome.Refused ended)
    {
        _pipeline.Provider.Billing = BillingRule.Unknown;
        _pipeline.Provider.OnCancel = _ =>
        {
            _pipeline.Provider.OnCheck = _ => ended;
            throw new HttpRequestException("reset");
        };
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        await _pipeline.Get<VideoGenerations>().CancelAsync(ordered.Id, "tester", CancellationToken.None);
        return await _pipeline.AdvanceAsync(ordered.Id);
    }

    private async Task<IReadOnlyList<(MoneyMoveKind, decimal)>> LedgerAsync() =>
        [.. (await _pipeline.Get<SpendLedger>().ListAsync(new SpendFilter(), after: null, 50, CancellationToken.None))
            .Reverse().Select(entry => (entry.Move.Kind, entry.Move.Amount.Amount))];

    [Fact]
    public async Task a_task_that_was_stopped_before_it_began_is_cancelled_and_free_though_the_answer_to_that_was_lost()
    {
        var ended = await StoppedUnheardAsync(new CheckOutcome.Refused(
            new ProviderFault(ProviderFaultCode.TaskFailed, "canceled", "It was stopped."), new Money(0, "USD"), Stopped: true));
        ended.State.ShouldBe(new Cancelled("tester", Cost: new Money(0, "USD")));
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m), (MoneyMoveKind.Release, 0.7m)]);
    }

    [Fact]
    public async Task a_task_that_was_stopped_after_it_began_is_cancelled_and_counts_as_spent()
    {
        var ended = await StoppedUnheardAsync(new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.TaskFailed, "canceled", "It was stopped."), Stopped: true));
        ended.State.ShouldBe(new Cancelled("tester", Charged: true));
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m), (MoneyMoveKind.Settle, 0.7m)]);
    }

    [Fact]
    public async Task a_wish_to_cancel_that_comes_while_the_request_is_under_way_is_followed_at_once()
    {
        _pipeline.Provider.FirstLook = TimeSpan.FromSeconds(15);
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.OnStart = intent =>
        {
            _pipeline.Get<VideoGenerations>().CancelAsync(ordered.Id, "tester", CancellationToken.None).GetAwaiter().GetResult();
            return new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        };
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBe(new Cancelled("tester"));
    }

    [Fact]
    public async Task a_wish_to_cancel_that_comes_while_the_request_is_refused_does_not_wait_as_long_as_the_provider_says()
    {
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.OnStart = _ =>
        {
            _pipeline.Get<VideoGenerations>().CancelAsync(ordered.Id, "tester", CancellationToken.None).GetAwaiter().GetResult();
            return new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.RateLimited, "429", "Too many.", TimeSpan.FromMinutes(15)));
        };
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBe(new Cancelled("tester"));
    }

    [Fact]
    public async Task the_sweep_alone_finishes_everything()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });

        (await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None)).ShouldBeGreaterThan(0);
        (await _pipeline.Get<VideoGenerations>().GetAsync(ordered.Id, CancellationToken.None)).State.ShouldBeOfType<Published>();
        (await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task withdrawing_takes_the_clip_off_the_listing()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        await _pipeline.AdvanceAsync(ordered.Id);

        (await _pipeline.Get<VideoGenerations>().WithdrawAsync(ordered.Id, "tester", CancellationToken.None)).State.ShouldBeOfType<Withdrawing>();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Withdrawn>().By.ShouldBe("tester");
        _pipeline.Shop.Media.ShouldBeEmpty();
    }
}
