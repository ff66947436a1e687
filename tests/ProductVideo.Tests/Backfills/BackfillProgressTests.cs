using ProductVideo.Backfills;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillProgressTests : BackfillFixture
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero);
    private static readonly BackfillSchedule NotAtNight = new() { Blackouts = [new Blackout(new TimeOnly(22, 0), new TimeOnly(6, 0))] };

    private static Backfill Running(BackfillSchedule? schedule = null) => new()
    {
        Id = Guid.NewGuid(), Shop = "test", Name = "All", CreatedBy = "tester", CreatedAt = Evening, Plan = new BackfillPlan { Schedule = schedule ?? new() },
        State = BackfillState.Running, StartedAt = Evening,
    };

    private static ItemCount[] Made(int atRest, int waiting, int underWay = 0) =>
        [new(ItemState.Review, Reason: null, atRest), new(ItemState.Waiting, Reason: null, waiting), new(ItemState.UnderWay, Reason: null, underWay)];

    private static DateTimeOffset? EndOf(Backfill backfill, DateTimeOffset now, ItemCount[] counts, WeekAhead? week = null) =>
        BackfillProgress.Of(backfill, counts, [], [], now, week).EstimatedEnd;

    [Fact]
    public void hours_in_which_nothing_is_ordered_count_neither_for_the_pace_nor_for_what_is_left()
    {
        // Two videos an hour, one of the two evening hours left.
        EndOf(Running(NotAtNight), Evening.AddHours(1), Made(2, 2)).ShouldBe(Evening.AddHours(2));
        EndOf(Running(NotAtNight), Evening.AddHours(1), Made(2, 6)).ShouldBe(Evening.AddHours(12), "at eight in the morning");
        EndOf(Running(NotAtNight), Evening.AddHours(11), Made(6, 2)).ShouldBe(Evening.AddHours(12), "three hours were for ordering, and not eleven");
        EndOf(Running(NotAtNight), Evening.AddHours(2), Made(4, 0, underWay: 2)).ShouldBe(Evening.AddHours(3), "what is ordered goes on at night");
        EndOf(Running(), Evening.AddHours(11), Made(11, 2)).ShouldBe(Evening.AddHours(13));
    }

    [Fact]
    public void the_shops_week_makes_it_later_and_never_sooner()
    {
        var now = Evening.AddHours(1);
        var (full, room) = (new WeekAhead(IsFull: true, Evening.AddDays(49 * 7)), new WeekAhead(IsFull: false, Evening.AddDays(7)));
        EndOf(Running(), now, Made(1_000, 49_000), full).ShouldBe(Evening.AddDays(49 * 7));
        EndOf(Running(), now, Made(1_000, 1_000), room).ShouldBe(Evening.AddDays(7));
        EndOf(Running(), now, Made(1, 999), room).ShouldBe(now.AddHours(999), "it is slower than its weeks");
        EndOf(Running(), now.AddDays(6), Made(1_000, 500), full with { LastOrder = Evening.AddDays(7) }).ShouldBe(Evening.AddDays(7), "it waits, and is not slow");
        EndOf(Running(NotAtNight), now, Made(10, 10), full with { LastOrder = Evening.AddDays(7).AddHours(3) }).ShouldBe(Evening.AddDays(7).AddHours(10), "not at night");
        EndOf(Running(), now, Made(10, 10), full with { LastOrder = null }).ShouldBeNull("years away");
    }

    [Theory]
    [InlineData(Problem.SubmitsPaused, false)]
    [InlineData(Problem.AccountRefused, false)]
    [InlineData("backfill_week_full", true)]
    public void no_end_is_foretold_while_a_person_holds_it_up(string code, bool foretold) =>
        (EndOf(Running() with { Problem = new Problem(code, "Why.", "why") }, Evening.AddHours(1), Made(1, 1)) is not null).ShouldBe(foretold);

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(4, 2, 1)]
    [InlineData(6, 2, 2)]
    [InlineData(7, 2, 3)]
    public async Task the_last_of_many_is_foretold_for_the_week_that_has_a_place_for_it(int products, int perWeek, int weeks)
    {
        Stock(products);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync(caps: new BackfillCaps { VideosPerWeek = perWeek }));
        await RunAsync();
        var ordered = await ReadAsync(db => Task.FromResult(db.BackfillItems.Where(item => item.OrderedAt != null).Select(item => item.OrderedAt!.Value).ToList().Order().ToList()));
        ordered.Count.ShouldBe(perWeek);
        var place = ordered[(products - perWeek - 1) % perWeek];
        (await ProgressAsync(started)).EstimatedEnd.ShouldBe(place.AddDays(7 * weeks));
    }

    [Fact]
    public async Task a_week_with_room_for_all_changes_nothing()
    {
        Stock(3);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 1;
        var started = await StartedAsync(await QuotedAsync(caps: new BackfillCaps { VideosPerWeek = 3 }));
        await RunAsync(1);
        var progress = await ProgressAsync(started);
        progress.AtRest.ShouldBe(1);
        progress.EstimatedEnd!.Value.ShouldBeLessThan(Pipeline.Clock.GetUtcNow().AddMinutes(1));
    }
}
