using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Accounts;

/// <summary>Where a provider echoes the request and not the order: which of the tasks that are alike is the lost one.</summary>
public sealed class AlikeTasksTests : IAsyncLifetime
{
    private readonly GateFixture _gate = new();

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private Task<FindOutcome> ResolveAsync(params string[] tasks) => _gate.Get<LostSubmits>().ResolveAsync(
        new FindOutcome.Alike([.. tasks.Select(task => new RemoteTask(task, Some.Noon))]), "counting", CancellationToken.None);

    private async Task HoldAsync(string task) => await _gate.Get<GenerationStore>().AddAsync(
        Some.Generation(new GenerationState.Rendering(new ProviderOperation(task), Some.Noon), provider: "counting"), idempotency: null, CancellationToken.None);

    [Fact]
    public async Task the_one_that_no_video_holds_is_it()
    {
        await HoldAsync("held");
        (await ResolveAsync("held", "free")).ShouldBeOfType<FindOutcome.Found>().Operation.RemoteId.ShouldBe("free");
    }

    [Fact]
    public async Task if_videos_hold_all_of_them_there_is_none()
    {
        await HoldAsync("held");
        (await ResolveAsync("held")).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task two_that_nobody_holds_are_a_persons_to_tell_apart() =>
        (await ResolveAsync("one", "two")).ShouldBeOfType<FindOutcome.Several>().Candidates.Count.ShouldBe(2);
}
