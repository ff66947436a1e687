using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class DeletingTests : BackfillFixture
{
    [Fact]
    public async Task a_dry_run_is_gone_at_once_and_its_rows_go_bit_by_bit()
    {
        Stock(3);
        await ScanAsync();
        var deleted = await QuotedAsync(products: ["p001", "p002", "gone"]);
        var kept = await QuotedAsync(products: ["p003"]);
        await Desk.DeleteAsync(deleted.Id, Token);

        (await Desk.FindAsync(deleted.Id, Token)).ShouldBeNull();
        (await Desk.ListAsync(new BackfillFilter("test"), Token)).ShouldHaveSingleItem().Id.ShouldBe(kept.Id);
        (await MoveAsync()).ShouldBe(0, "nobody works on it");
        await ClearUpAsync();
        (await RowsAsync(deleted)).ShouldBe((0, 0, 0));
        (await RowsAsync(kept)).ShouldBe((1, 1, 1));
    }

    [Theory]
    [InlineData(BackfillState.Draft)]
    [InlineData(BackfillState.Quoting)]
    [InlineData(BackfillState.Quoted)]
    public async Task one_that_was_not_started_goes_whatever_its_state(BackfillState state)
    {
        Stock(1);
        await ScanAsync();
        var backfill = state is BackfillState.Quoted ? await QuotedAsync() : await DraftAsync();
        if (state is BackfillState.Quoting)
            backfill = await Desk.QuoteAsync(backfill.Id, Token);
        backfill.State.ShouldBe(state);
        (await Desk.MayBeDeletedAsync(backfill, Token)).ShouldBeTrue();
        await Desk.DeleteAsync(backfill.Id, Token);
        (await Desk.FindAsync(backfill.Id, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task one_that_ended_before_it_ordered_goes_too()
    {
        Stock(2);
        await ScanAsync();
        var dropped = await Desk.CancelAsync((await QuotedAsync()).Id, "tester", Token);
        var started = await Desk.CancelAsync((await StartedAsync(await QuotedAsync())).Id, "tester", Token);
        var empty = await StartedAsync(await QuotedAsync(products: ["gone"]));
        await RunAsync();
        (await NowAsync(empty)).State.ShouldBe(BackfillState.Done);
        foreach (var backfill in new[] { dropped, started, empty })
        {
            (await Desk.MayBeDeletedAsync(await NowAsync(backfill), Token)).ShouldBeTrue();
            await Desk.DeleteAsync(backfill.Id, Token);
        }

        await ClearUpAsync();
        (await ReadAsync(db => db.Backfills.IgnoreQueryFilters().CountAsync(Token))).ShouldBe(0);
    }

    [Fact]
    public async Task one_that_ordered_is_kept_whatever_became_of_it_and_says_the_way_out()
    {
        Stock(2);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync(most: 1);
        var refused = await RefusedAsync(started);
        refused.Code.ShouldBe(Deleting.HasOrdered);
        refused.MerchantText.ShouldBe("This backfill ordered videos, so it is kept: it tells what they cost and what became of them. Cancel it if it shall order nothing more.");

        await Desk.CancelAsync(started.Id, "tester", Token);
        await RunAsync();
        refused = await RefusedAsync(started);
        (refused.Code, refused.MerchantText).ShouldBe((Deleting.HasOrdered, "This backfill ordered videos, so it is kept: it tells what they cost and what became of them."));
        (await Desk.MayBeDeletedAsync(await NowAsync(started), Token)).ShouldBeFalse();
        (await ItemsAsync(started)).Count.ShouldBe(2, "nothing of it is gone");
    }

    [Fact]
    public async Task one_with_money_in_the_ledger_is_kept_though_no_line_of_it_says_so()
    {
        var backfill = await Desk.CancelAsync((await DraftAsync()).Id, "tester", Token);
        await ReadAsync(db =>
        {
            db.SpendEntries.Add(new SpendEntryRow
            {
                Id = Guid.NewGuid(), GenerationId = Guid.NewGuid(), Kind = MoneyMoveKind.Hold, Held = 1, Currency = "USD", Shop = "test", ProductId = "mug", Provider = "scripted",
                Model = "model-1", RequestedBy = "tester", Backfill = RunCaps.SubjectOf(backfill.Id),
            });
            return db.SaveChangesAsync(Token);
        });
        (await RefusedAsync(backfill)).Code.ShouldBe(Deleting.HasOrdered);
    }

    [Fact]
    public async Task one_under_way_is_cancelled_first()
    {
        Stock(1);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        (await RefusedAsync(started)).MerchantText.ShouldBe("A backfill that was started can't be deleted as long as it may order something. Cancel it first.");
        (await RefusedAsync(await Desk.PauseAsync(started.Id, "tester", Token))).Code.ShouldBe("not_in_this_state");
        (await Desk.MayBeDeletedAsync(await NowAsync(started), Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task a_schedule_goes_as_long_as_it_made_no_run_and_a_run_of_it_that_ordered_nothing_goes_too()
    {
        Stock(1);
        await ScanAsync();
        var nightly = new BackfillSchedule { Cron = "0 2 * * *" };
        var (idle, used) = (await StartedAsync(await QuotedAsync(schedule: nightly)), await StartedAsync(await QuotedAsync(schedule: nightly)));
        await Desk.CancelAsync(idle.Id, "tester", Token);
        await Desk.DeleteAsync(idle.Id, Token);

        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await MoveAsync(most: 1);
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: used.Id), Token)).ShouldHaveSingleItem();
        (await RefusedAsync(used)).MerchantText.ShouldBe("This schedule made runs, so it is kept: they tell what was made and what it cost. Cancel it if it shall order nothing more.");
        await Desk.CancelAsync(used.Id, "tester", Token);
        (await RefusedAsync(used)).Code.ShouldBe(Deleting.HasOrdered);
        (await Desk.GetAsync(run.Id, Token)).State.ShouldBe(BackfillState.Cancelled);
        await Desk.DeleteAsync(run.Id, Token);
        await Desk.DeleteAsync(used.Id, Token);
        (await Desk.ListAsync(new BackfillFilter("test"), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task whoever_prices_it_at_that_moment_writes_nothing_more()
    {
        Stock(1);
        await ScanAsync();
        var backfill = await Desk.QuoteAsync((await DraftAsync()).Id, Token);
        var store = Pipeline.Get<BackfillStore>();
        var claim = (await store.ClaimNextAsync(Token)).ShouldNotBeNull();
        await Desk.DeleteAsync(backfill.Id, Token);

        (await store.SaveAsync(claim, claim.Backfill with { State = BackfillState.Quoted }, _ => throw new InvalidOperationException("It wrote."), keep: false, Token)).ShouldBeFalse();
        await store.ReleaseAsync(claim, Token);
        (await store.ClaimNextAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task who_starts_cancels_or_deletes_what_is_gone_is_told_so()
    {
        Stock(1);
        await ScanAsync();
        var quoted = await QuotedAsync();
        await Desk.DeleteAsync(quoted.Id, Token);
        foreach (var word in new Func<Task>[] { () => StartedAsync(quoted), () => Desk.CancelAsync(quoted.Id, "tester", Token), () => Desk.QuoteAsync(quoted.Id, Token), () => Desk.DeleteAsync(quoted.Id, Token) })
            (await Should.ThrowAsync<RefusedException>(word)).Kind.ShouldBe(RefusalKind.NotFound);
        Pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task nothing_was_put_aside_for_it_and_no_cap_or_week_moves()
    {
        Stock(3);
        await ScanAsync();
        var week = new BackfillCaps { VideosPerWeek = 2 };
        var running = await StartedAsync(await QuotedAsync(caps: week, products: ["p001"]));
        await MoveAsync(most: 1);
        var deleted = await QuotedAsync(caps: week, products: ["p002", "p003"]);
        var (budgets, ledger) = (Pipeline.Get<Budgets>(), Pipeline.Get<SpendLedger>());
        foreach (var subject in new[] { null, RunCaps.SubjectOf(deleted.Id) })
            await budgets.PutAsync(new Budget(Guid.NewGuid(), BudgetScope.Backfill, subject, BudgetPeriod.Day, new Money(5, "USD")), Token);
        (await ledger.OfBackfillAsync(RunCaps.SubjectOf(deleted.Id), Token)).ShouldSatisfyAllConditions(sums => sums.Held.ShouldBeEmpty(), sums => sums.Spent.ShouldBeEmpty());
        var before = await StandingAsync();
        await Desk.DeleteAsync(deleted.Id, Token);

        (await StandingAsync()).ShouldBe(before);
        before.ShouldBe((new Money(4.30m, "USD"), 1, 1));
        (await ReadAsync(db => db.Budgets.CountAsync(row => row.Subject == RunCaps.SubjectOf(deleted.Id), Token))).ShouldBe(0, "a cap on what is gone would count nothing for ever");
        (await ReadAsync(db => db.Budgets.CountAsync(row => row.Subject == RunCaps.SubjectOf(running.Id), Token))).ShouldBe(1);

        async Task<(Money Left, int Week, int Entries)> StandingAsync() => (
            (await budgets.ListAsync(shop: null, Token)).Single(room => room.Budget is { Scope: BudgetScope.Backfill, Subject: null }).Left,
            await ReadAsync(db => WeekQuota.Ordered(db, "test", DateTimeOffset.UnixEpoch).CountAsync(Token)), await ReadAsync(db => db.SpendEntries.CountAsync(Token)));
    }

    [Fact]
    public async Task the_request_that_made_it_does_not_make_it_anew()
    {
        var wanted = new NewBackfill("test", "Mugs", new BackfillPlan { Recipe = Scripted }, Products: null, new Requester("tester", GenerationOrigin.Click));
        var (keyed, own) = (wanted with { Key = new IdempotencyKey("caller", "key-1") }, wanted with { Id = Guid.CreateVersion7() });
        foreach (var once in new[] { keyed, own })
        {
            await Desk.DeleteAsync((await Desk.CreateAsync(once, Token)).Backfill.Id, Token);
            var refused = await Should.ThrowAsync<RefusedException>(() => Desk.CreateAsync(once, Token));
            (refused.Kind, refused.Problem.Code).ShouldBe((RefusalKind.Conflict, "backfill_deleted"));
        }

        (await Desk.ListAsync(new BackfillFilter("test"), Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task who_watches_it_comes_to_an_end()
    {
        var draft = await DraftAsync();
        var clock = new FakeTimeProvider();
        await using var looks = new BackfillWatch(Desk, clock).FollowAsync(draft.Id, _ => false, Token).GetAsyncEnumerator(Token);
        (await looks.MoveNextAsync()).ShouldBeTrue();
        var next = looks.MoveNextAsync().AsTask();
        await Desk.DeleteAsync(draft.Id, Token);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await next).ShouldBeFalse();
    }

    private async Task<Problem> RefusedAsync(Backfill backfill)
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => Desk.DeleteAsync(backfill.Id, Token));
        refused.Kind.ShouldBe(RefusalKind.Conflict);
        return refused.Problem;
    }

    private async Task ClearUpAsync()
    {
        while (await Pipeline.Get<Housekeeping>().DoNextAsync(Token))
        {
            // The next chore.
        }
    }

    private async Task<(int Backfills, int Items, int Names)> RowsAsync(Backfill of) => (
        await ReadAsync(db => db.Backfills.IgnoreQueryFilters().CountAsync(row => row.Id == of.Id, Token)),
        await ReadAsync(db => db.BackfillItems.CountAsync(row => row.BackfillId == of.Id, Token)),
        await ReadAsync(db => db.BackfillNames.CountAsync(row => row.BackfillId == of.Id, Token)));
}
