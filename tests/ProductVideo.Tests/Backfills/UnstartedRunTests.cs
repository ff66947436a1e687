using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

/// <summary>Runs of a schedule that cost more than was agreed to, so that they wait for a person's word.</summary>
public sealed class UnstartedRunTests : BackfillFixture
{
    [Fact]
    public async Task the_schedules_next_time_ends_a_run_that_nobody_started_and_what_it_would_have_made_is_in_the_next()
    {
        var (schedule, first) = await TooDearAsync();

        var second = await NextAsync(schedule);

        var over = await NowAsync(first);
        (over.State, over.StoppedBy, over.Problem!.Code).ShouldBe((BackfillState.Cancelled, null, "backfill_superseded"));
        (await ItemsAsync(first, ItemState.Waiting)).ShouldBeEmpty();
        (second.State, second.Quote!.Videos).ShouldBe((BackfillState.Quoted, 2));
        (await VideosAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<ProductVideo.Generations.RefusedException>(() => Desk.StartAsync(first.Id, first.Quote!.Prices, "tester", Token));
    }

    [Fact]
    public async Task one_that_a_person_started_goes_on_and_no_other_is_begun_beside_it()
    {
        var (schedule, run) = await TooDearAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        await StartedAsync(run);
        await MoveAsync(most: 2);

        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await MoveAsync(most: 4);

        (await RunsAsync(schedule)).ShouldHaveSingleItem();
        (await NowAsync(schedule)).Problem!.Code.ShouldBe("backfill_still_running");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_word_about_the_schedule_reaches_a_run_that_was_started_by_hand_though_a_newer_one_is_there(bool cancel)
    {
        var (schedule, older) = await TooDearAsync();
        var newer = await NextAsync(schedule);
        // As databases of before have them: both wait, and then the older one is started.
        await Pipeline.Get<BackfillStore>().FollowAsync(older.Id, over => over with { State = BackfillState.Quoted, EndedAt = null, DueAt = null }, together: null, Token);
        await StartedAsync(await NowAsync(older));

        await (cancel ? Desk.CancelAsync(schedule.Id, "tester", Token) : Desk.PauseAsync(schedule.Id, "tester", Token));

        (await NowAsync(older)).State.ShouldBe(cancel ? BackfillState.Cancelled : BackfillState.Paused);
        (await NowAsync(newer)).State.ShouldBe(BackfillState.Cancelled, "nobody started it");
    }

    /// <summary>A schedule that was started while there was nothing to make, so that no price was agreed to, and its first run, which finds two.</summary>
    private async Task<(Backfill Schedule, Backfill Run)> TooDearAsync()
    {
        await ScanAsync();
        var schedule = await StartedAsync(await QuotedAsync(schedule: new BackfillSchedule { Cron = "0 2 * * *" }));
        Stock(2);
        await ScanAsync();
        return (schedule, await NextAsync(schedule));
    }

    private async Task<Backfill> NextAsync(Backfill schedule)
    {
        if ((await NowAsync(schedule)).DueAt!.Value - Pipeline.Clock.GetUtcNow() is { Ticks: > 0 } wait)
            Pipeline.Clock.Advance(wait);
        await MoveAsync();
        return (await RunsAsync(schedule))[0];
    }

    private Task<IReadOnlyList<Backfill>> RunsAsync(Backfill schedule) => Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token);
}
