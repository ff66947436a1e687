using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Admin;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class LiveGenerationsTests
{
    private readonly GenerationChanges _changes = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly SemaphoreSlim _looked = new(0);
    private readonly TaskCompletionSource<Exception> _failed = new();
    private readonly Guid _mine = Guid.NewGuid();

    [Fact]
    public async Task a_change_that_concerns_the_page_makes_it_look()
    {
        using var watch = Watch();

        _changes.Tell(_mine);

        await _looked.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task a_change_of_another_one_does_not()
    {
        var watch = Watch();

        _changes.Tell(Guid.NewGuid());

        (await LooksAsync(watch)).ShouldBe(0);
    }

    [Fact]
    public async Task while_something_moves_the_page_looks_even_if_nobody_tells()
    {
        using var watch = Watch(moving: () => true);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await _looked.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task while_nothing_moves_the_page_rests()
    {
        var watch = Watch();

        _clock.Advance(TimeSpan.FromMinutes(5));

        (await LooksAsync(watch)).ShouldBe(0);
    }

    [Fact]
    public async Task a_page_that_can_not_tell_whether_something_moves_is_asked_again()
    {
        var asked = 0;
        using var watch = Watch(moving: () => asked++ == 0 ? throw new InvalidOperationException("another one is shown by now") : true);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await _looked.WaitAsync(TestContext.Current.CancellationToken);
        _failed.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task a_page_that_was_left_is_told_nothing_any_more()
    {
        var watch = Watch(moving: () => true);
        watch.Dispose();

        _changes.Tell(_mine);
        _clock.Advance(TimeSpan.FromSeconds(10));

        (await LooksAsync(watch)).ShouldBe(0);
    }

    [Fact]
    public async Task a_look_that_fails_is_told_to_the_page_once()
    {
        using var watch = Watch(look: () => throw new InvalidOperationException("broken"));

        _changes.Tell(_mine);

        (await _failed.Task).Message.ShouldBe("broken");
    }

    /// <summary>How often it looked until it was left; what was wished before is looked at still.</summary>
    private async Task<int> LooksAsync(LiveGenerations.Subscription watch)
    {
        watch.Dispose();
        await watch.Following.WaitAsync(TestContext.Current.CancellationToken);
        return _looked.CurrentCount;
    }

    private LiveGenerations.Subscription Watch(Func<bool>? moving = null, Func<Task>? look = null) => new LiveGenerations(_changes, _clock, NullLogger<LiveGenerations>.Instance) { Breath = TimeSpan.Zero }.Watch(
        id => id == _mine,
        moving ?? (() => false),
        look ?? (() =>
        {
            _looked.Release();
            return Task.CompletedTask;
        }),
        e =>
        {
            _failed.SetResult(e);
            return Task.CompletedTask;
        });
}
