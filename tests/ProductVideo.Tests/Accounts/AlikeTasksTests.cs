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

    private Task<FindOutcome> ResolveAsync(params string[] same) => ResolveAsync(same, silent: [], wait: null);

    private Task<FindOutcome> ResolveAsync(string[] same, string[] silent, TimeSpan? wait) => _gate.Get<LostSubmits>().ResolveAsync(
        new FindOutcome.Alike([.. same.Select(Task)], [.. silent.Select(Task)], wait), "counting", CancellationToken.None);

    private static RemoteTask Task(string id) => new(id, Some.Noon);

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

    [Theory]
    [InlineData("held", "open")]
    [InlineData("free", "open")]
    [InlineData("", "open")]
    public async Task while_one_that_nobody_holds_does_not_show_its_order_nothing_is_decided(string same, string silent)
    {
        await HoldAsync("held");
        string[] ended = same.Length == 0 ? [] : [same];
        (await ResolveAsync(ended, [silent], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldBe(TimeSpan.FromSeconds(30));
        (await ResolveAsync(ended, [silent], wait: null)).ShouldBeOfType<FindOutcome.Several>().Candidates.ShouldContain(Task(silent));
    }

    [Fact]
    public async Task what_videos_hold_is_not_waited_for()
    {
        await HoldAsync("held");
        (await ResolveAsync([], ["held"], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.Absent>();
        (await ResolveAsync(["free"], ["held"], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.Found>().Operation.RemoteId.ShouldBe("free");
    }

    [Fact]
    public async Task two_that_nobody_holds_are_a_persons_to_tell_apart() =>
        (await ResolveAsync("one", "two")).ShouldBeOfType<FindOutcome.Several>().Candidates.Count.ShouldBe(2);
}
