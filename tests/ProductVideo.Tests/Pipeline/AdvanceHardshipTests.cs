using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>What must not stop or corrupt a generation: configuration that changed, providers that repeat themselves, listeners that fail.</summary>
public sealed class AdvanceHardshipTests : IAsyncLifetime
{
    private readonly SlowCommit _slowCommit = new();
    private readonly PipelineFixture _pipeline;

    public AdvanceHardshipTests() => _pipeline = new() { Add = services => services.AddSingleton<IWrittenTogether>(_slowCommit) };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_wake_up_does_not_bring_a_wait_forward()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.RateLimited, "429", "Busy.", TimeSpan.FromMinutes(10)));
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);

        await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(9), ordered.Id);
        _pipeline.Provider.Submits.Count.ShouldBe(1);
        await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), ordered.Id);
        _pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task an_intent_that_waited_too_long_for_its_commit_is_not_committed_and_counts_as_no_loss()
    {
        var ordered = await _pipeline.OrderAsync();
        _slowCommit.Waits = () => _pipeline.Clock.Advance(TimeSpan.FromMinutes(4));
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBe(ordered.State);
        _pipeline.Provider.Submits.ShouldBeEmpty();

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.Submits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_database_that_is_away_for_a_moment_does_not_cost_the_answer_of_a_paid_request()
    {
        var ordered = await _pipeline.OrderAsync();
        _slowCommit.Refusals = 3;
        var moving = _pipeline.AdvanceAsync(ordered.Id);
        while (!moving.IsCompleted)
        {
            _pipeline.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        (await moving).State.ShouldBeOfType<GenerationState.Rendering>();
        _slowCommit.Refusals.ShouldBe(0);
        _pipeline.Provider.Submits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_clip_is_published_though_its_model_is_no_longer_offered()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        _pipeline.Provider.Models = ["model-2"];

        await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
    }

    [Fact]
    public async Task an_order_whose_model_is_no_longer_offered_fails_unsent_and_says_so()
    {
        var ordered = await _pipeline.OrderAsync();
        _pipeline.Provider.Models = ["model-2"];

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Failed>().Problem.Code.ShouldBe("provider_unsupported");
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_task_of_a_provider_that_was_taken_out_waits_and_says_why()
    {
        var rendering = await AddAsync(Some.Generation(new GenerationState.Rendering(Some.Operation, Now), provider: "gone"));
        var waiting = (await _pipeline.AdvanceAsync(rendering.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        waiting.LastProblem!.OperatorText.ShouldContain("'gone'");

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(24), rendering.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(3), rendering.Id)).State.ShouldBeOfType<InDoubt>().Operation.ShouldBe(Some.Operation);
    }

    [Fact]
    public async Task a_day_without_the_provider_and_a_weekend_without_the_server_lose_no_clip()
    {
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.Transient, "503", "Away."));
        for (var hours = 0; hours < 24; hours++)
            await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(1), ordered.Id);
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(6), ordered.Id)).State.ShouldBeOfType<AwaitingReview>();

        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10));
        var other = await _pipeline.OrderAsync(new VideoWishes { Wish = "Slowly." });
        await _pipeline.AdvanceAsync(other.Id);
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.RateLimited, "429", "Busy."));
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(60), other.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(6), other.Id)).State.ShouldBeOfType<AwaitingReview>();
    }

    [Fact]
    public async Task an_order_for_a_provider_that_was_taken_out_is_given_up_after_a_day()
    {
        var planned = await AddAsync(Some.Generation(new Planned(), provider: "gone") with { CreatedAt = Now });
        (await _pipeline.AdvanceAsync(planned.Id)).State.ShouldBeOfType<Planned>().LastProblem.ShouldNotBeNull();
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(25), planned.Id)).State.ShouldBeOfType<Failed>();
    }

    [Fact]
    public async Task a_task_that_is_named_for_two_videos_puts_both_in_doubt()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Accepted(new ProviderOperation("the-same-task"));
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10));
        var first = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(first.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        var second = await AddAsync(first with
        {
            Id = Guid.CreateVersion7(), Product = first.Product with { ProductId = "another" }, Order = first.Order with { Fingerprint = "another" },
        });

        (await _pipeline.AdvanceAsync(second.Id)).State.ShouldBeOfType<InDoubt>().Operation.ShouldBeNull();
        var doubt = (await _pipeline.Get<VideoGenerations>().GetAsync(first.Id, CancellationToken.None)).State.ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Operation!.RemoteId).ShouldBe(("task_taken", "the-same-task"));
    }

    [Fact]
    public async Task a_paid_clip_whose_shop_refused_it_is_published_later_without_paying_again()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.InvalidData, "The shop lacks the plugin.", "404"));
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Failed>().Clip.ShouldNotBeNull();

        await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);
        _pipeline.Shop.Media.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_above_the_limit_of_its_shop_is_never_sent_there_and_is_published_once_the_limit_is_raised()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        _pipeline.Shop.Capabilities = new StorefrontCapabilities { MaxClipBytes = 1_000 };
        _pipeline.Shop.AttachFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The upload was cut off.", "reset"));
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        var failed = (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Clip is not null).ShouldBe(("shop_refused_clip", true));
        failed.Problem.MerchantText.ShouldContain("MaxClipBytes");
        _pipeline.Shop.AttachFaults.Count.ShouldBe(1, "nothing was sent");

        _pipeline.Shop.AttachFaults.Clear();
        _pipeline.Shop.Capabilities = new StorefrontCapabilities { MaxClipBytes = failed.Clip!.Length };
        await _pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, CancellationToken.None);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_clip_is_not_put_back_while_the_very_same_is_being_made()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        await _pipeline.AdvanceAsync(first.Id);
        await _pipeline.Get<VideoGenerations>().WithdrawAsync(first.Id, "tester", CancellationToken.None);
        (await _pipeline.AdvanceAsync(first.Id)).State.ShouldBeOfType<Withdrawn>();
        await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true, Again = true });

        var refused = await Should.ThrowAsync<RefusedException>(
            () => _pipeline.Get<VideoGenerations>().ApproveAsync(first.Id, "tester", keepEarlier: null, CancellationToken.None));
        refused.Problem.Code.ShouldBe("same_under_way");
    }

    [Fact]
    public async Task a_task_that_is_another_generations_is_never_taken_twice()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnStart = _ => new StartOutcome.Accepted(new ProviderOperation("the-same-task"));
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        (await _pipeline.AdvanceAsync(first.Id)).State.ShouldBeOfType<Published>();

        var second = await _pipeline.OrderAsync(new VideoWishes { Again = true });
        (await _pipeline.AdvanceAsync(second.Id)).State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("task_taken");
        var refused = await Should.ThrowAsync<RefusedException>(
            () => _pipeline.Get<VideoGenerations>().AdoptAsync(second.Id, "tester", "the-same-task", CancellationToken.None));

        refused.Kind.ShouldBe(RefusalKind.Conflict);
        _pipeline.Provider.Submits.Count.ShouldBe(2);
        _pipeline.Shop.Media.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_listener_that_fails_does_not_stop_the_pipeline()
    {
        using var listening = _pipeline.Get<GenerationChanges>().Listen(_ => throw new ObjectDisposedException("page"));
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task cancelling_while_an_automatic_approval_is_under_way_publishes_nothing()
    {
        var clip = await _pipeline.ReadyClipAsync();
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        // The wish comes after the fetch was decided: it is written beside the worker that holds the row.
        using var listening = _pipeline.Get<GenerationChanges>().Listen(_ => CancelWhileFetching(ordered.Id));

        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Rejected>();
        _pipeline.Shop.Media.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_retry_orders_the_same_sentence_and_pictures_again()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        var first = await _pipeline.OrderAsync(new VideoWishes { Wish = "Steam rises from it.", ImageIds = ["back.jpg"] });
        await _pipeline.AdvanceAsync(first.Id);

        var second = await _pipeline.Get<VideoGenerations>().RetryAsync(first.Id, new Requester("tester", GenerationOrigin.Click), CancellationToken.None);
        second.Order.Request.Prompt.ShouldBe(first.Order.Request.Prompt);
        second.Order.Request.Images.ShouldBe(first.Order.Request.Images);
        second.Order.Fingerprint.ShouldBe(first.Order.Fingerprint);
    }

    [Fact]
    public async Task a_key_that_led_to_a_video_already_under_way_leads_there_for_ever_and_nowhere_else()
    {
        var first = await _pipeline.OrderAsync();
        var key = new IdempotencyKey("caller", "key-1");
        (await _pipeline.OrderAsync(key: key)).Id.ShouldBe(first.Id);
        await _pipeline.Get<VideoGenerations>().CancelAsync(first.Id, "tester", CancellationToken.None);
        await _pipeline.AdvanceAsync(first.Id);

        (await _pipeline.OrderAsync(key: key)).Id.ShouldBe(first.Id);
        (await Should.ThrowAsync<RefusedException>(() => _pipeline.OrderAsync(new VideoWishes { Wish = "Another." }, key))).Field.ShouldBe("Idempotency-Key");
    }

    private DateTimeOffset Now => _pipeline.Clock.GetUtcNow();

    private Task<Generation> AddAsync(Generation generation) => _pipeline.Get<GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None);

    private void CancelWhileFetching(Guid id)
    {
        using var db = _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContext();
        db.Generations.Where(row => row.Id == id && row.State == nameof(Fetching)).ExecuteUpdate(set => set.SetProperty(row => row.CancelRequestedBy, "tester"));
    }

    /// <summary>A lock that an intent has to wait for, once.</summary>
    private sealed class SlowCommit : IWrittenTogether
    {
        public Action? Waits { get; set; }

        /// <summary>How often the database can't be reached when a task is to be written down.</summary>
        public int Refusals { get; set; }

        public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
        {
            if (after.State is Submitting && Waits is { } waits)
            {
                Waits = null;
                waits();
            }

            if (after.State is not GenerationState.Rendering || Refusals == 0)
                return Task.CompletedTask;
            Refusals--;
            throw new DbUpdateException("The server closed the connection.");
        }
    }
}
