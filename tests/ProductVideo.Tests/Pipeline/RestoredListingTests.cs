using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>After the backup was taken a clip may have been published, and taken off by a person: it goes back by a person's word only.</summary>
public sealed class RestoredListingTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private Task<RestoreReport> RestoredAsync() => _pipeline.Get<RestoredBackup>().RunAsync(CancellationToken.None);

    private Task<Generation> ApproveAsync(Generation generation) =>
        _pipeline.Get<VideoGenerations>().ApproveAsync(generation.Id, "tester", keepEarlier: null, CancellationToken.None);

    [Fact]
    public async Task what_was_approved_before_the_backup_waits_for_a_person_again()
    {
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        await ApproveAsync(ordered);

        (await RestoredAsync()).ShouldBe(new RestoreReport(ForReview: 1));
        (await RestoredAsync()).ShouldBe(new RestoreReport());
        await WaitsAsync(ordered);

        await ApproveAsync(ordered);
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Published>();
        _pipeline.Shop.Media.Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_waited_for_a_persons_look_is_counted_and_says_why_it_needs_another()
    {
        var ordered = await _pipeline.OrderAsync();
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();

        (await RestoredAsync()).ShouldBe(new RestoreReport(InReview: 1));
        (await RestoredAsync()).ShouldBe(new RestoreReport());
        await WaitsAsync(ordered);
    }

    [Fact]
    public async Task what_would_go_onto_its_listing_by_itself_waits_for_a_person()
    {
        var ready = _pipeline.Provider.OnCheck;
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10));
        var ordered = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        (await _pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
        await RestoredAsync();
        _pipeline.Provider.OnCheck = ready;

        await WaitsAsync(ordered);
    }

    private async Task WaitsAsync(Generation ordered)
    {
        var waiting = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered.Id);
        waiting.State.ShouldBeOfType<AwaitingReview>();
        GenerationFacts.Problem(waiting).ShouldNotBeNull().Code.ShouldBe("restored_unapproved");
        _pipeline.Shop.Media.ShouldBeEmpty();
    }
}
