using Microsoft.Extensions.Time.Testing;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillWatchTests : BackfillFixture
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(2, 6)]
    public async Task a_watcher_rests_three_times_as_long_as_a_look_takes_and_a_second_at_least(double took, double rests)
    {
        Stock(1);
        await ScanAsync();
        var draft = await DraftAsync();
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(took) };
        await using var looks = new BackfillWatch(Desk, clock).FollowAsync(draft.Id, backfill => backfill.State is BackfillState.Quoting, Token).GetAsyncEnumerator(Token);
        (await looks.MoveNextAsync()).ShouldBeTrue();
        clock.AutoAdvanceAmount = TimeSpan.Zero;

        var next = looks.MoveNextAsync().AsTask();
        await Desk.QuoteAsync(draft.Id, Token);
        clock.Advance(TimeSpan.FromSeconds(rests) - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await next).ShouldBeTrue();
        looks.Current.Backfill.State.ShouldBe(BackfillState.Quoting);
    }
}
