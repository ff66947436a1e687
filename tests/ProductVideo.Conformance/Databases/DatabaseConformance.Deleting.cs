using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task a_backfill_that_is_deleted_is_gone_at_once_and_a_crowd_of_its_rows_goes_some_at_a_time()
    {
        const int Crowd = (2 * BackfillItems.Together) + 10;
        var (deleted, kept) = (await QuotedAsync(), await QuotedAsync());
        await using var db = await Database.OpenAsync();
        await using (var transaction = await db.Database.BeginTransactionAsync(Token))
        {
            await db.WriteManyAsync(BackfillMapping.Items, [.. Enumerable.Range(1, Crowd).Select(rank => Waiting(deleted.Id, rank, 1)), Waiting(kept.Id, 1, 1)], Token);
            await transaction.CommitAsync(Token);
        }

        db.BackfillNames.AddRange(new[] { deleted, kept }.Select(one => new BackfillNameRow { BackfillId = one.Id, ProductId = "mug" }));
        await db.SaveChangesAsync(Token);
        var desk = Database.Get<BackfillDesk>();
        await desk.DeleteAsync(deleted.Id, Token);
        (await desk.FindAsync(deleted.Id, Token)).ShouldBeNull();
        (await db.BackfillItems.CountAsync(row => row.BackfillId == deleted.Id, Token)).ShouldBe(Crowd);

        var chore = Database.Get<IEnumerable<IChore>>().OfType<DeletedBackfills>().Single();
        var steps = 0;
        for (long? from = null; (from = await chore.DoSomeAsync(from, Token)) is not null; steps++)
        {
        }

        steps.ShouldBe(3, "so few rows in each that no writer waits noticeably");
        foreach (var (one, left) in new[] { (deleted, 0), (kept, 1) })
        {
            (await db.BackfillItems.CountAsync(row => row.BackfillId == one.Id, Token)).ShouldBe(left);
            (await db.BackfillNames.CountAsync(row => row.BackfillId == one.Id, Token)).ShouldBe(left);
            (await db.Backfills.IgnoreQueryFilters().CountAsync(row => row.Id == one.Id, Token)).ShouldBe(left);
        }
    }

    [Fact]
    public async Task of_a_start_and_a_delete_at_the_same_moment_one_wins_and_never_half()
    {
        await using var node = await NodeAsync();
        var desk = node.Get<BackfillDesk>();
        for (var round = 0; round < 8; round++)
        {
            var backfill = await QuotedAsync();
            var said = await AtOnceAsync(6, async i =>
            {
                try
                {
                    await (i % 2 == 0 ? desk.StartAsync(backfill.Id, [], "tester", Token) : desk.DeleteAsync(backfill.Id, Token));
                    return i % 2 == 0 ? "started" : "deleted";
                }
                catch (RefusedException e)
                {
                    return e.Problem.Code;
                }
            });
            if (await desk.FindAsync(backfill.Id, Token) is { } started)
            {
                started.State.ShouldBe(BackfillState.Running);
                said.Distinct().ShouldBe(["started", "not_in_this_state"], ignoreOrder: true);
            }
            else
            {
                said.Count(one => one == "deleted").ShouldBe(1);
                said.Where(one => one != "deleted").ShouldAllBe(one => one == "unknown_backfill");
                await using var db = await node.OpenAsync();
                (await db.Budgets.CountAsync(row => row.Subject == RunCaps.SubjectOf(backfill.Id), Token)).ShouldBe(0);
            }
        }
    }

    [Fact]
    public async Task an_order_that_waits_for_a_deletion_finds_its_backfill_no_more()
    {
        await using var node = await NodeAsync();
        var backfill = await QuotedAsync();
        await node.Get<BackfillDesk>().StartAsync(backfill.Id, [], "tester", Token);
        var order = Orders.New(await NowAsync());
        order = order with { Order = order.Order with { Backfill = RunCaps.SubjectOf(backfill.Id), Origin = GenerationOrigin.Backfill } };
        await using var db = await node.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.Backfills.Where(row => row.Id == backfill.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, BackfillRow.Deleted), Token);
        var ordering = Task.Run(() => node.Get<GenerationStore>().AddAsync(order, idempotency: null, Token), Token);
        await transaction.CommitAsync(Token);
        (await Should.ThrowAsync<RefusedException>(() => ordering)).Problem.Code.ShouldBe(FollowedItems.NotRunning);
    }

    [Fact]
    public async Task a_deletion_that_waits_for_an_order_finds_it_and_takes_everything_back()
    {
        await using var node = await NodeAsync();
        var (desk, backfill) = (node.Get<BackfillDesk>(), await QuotedAsync());
        await desk.CancelAsync(backfill.Id, "tester", Token);
        var before = await desk.GetAsync(backfill.Id, Token);
        await using var db = await node.OpenAsync();
        await using (var transaction = await db.Database.BeginTransactionAsync(Token))
        {
            // As an order does it.
            (await db.HoldBackfillAsync(backfill.Id, Token)).ShouldNotBeNull();
            var item = Waiting(backfill.Id, 1, price: 0);
            (item.State, item.OrderedAt) = (nameof(ItemState.UnderWay), before.CreatedAt);
            db.BackfillItems.Add(item);
            await db.SaveChangesAsync(Token);
            var deleting = Task.Run(() => desk.DeleteAsync(backfill.Id, Token), Token);
            await transaction.CommitAsync(Token);
            (await Should.ThrowAsync<RefusedException>(() => deleting)).Problem.Code.ShouldBe(Deleting.HasOrdered);
        }

        var after = await desk.GetAsync(backfill.Id, Token);
        (after.State, after.Version).ShouldBe((BackfillState.Cancelled, before.Version));
    }

    /// <summary>One that costs nothing.</summary>
    private async Task<Backfill> QuotedAsync()
    {
        var at = await NowAsync();
        var backfill = new Backfill
        {
            Id = Guid.CreateVersion7(), Shop = ShelfOfMugs.Key, Name = "Mugs", Plan = new BackfillPlan(), State = BackfillState.Quoted, CreatedBy = "tester", CreatedAt = at, QuotedAt = at,
            Quote = new BackfillQuote(1, 1, [], new Dictionary<SkipReason, int>(), [], at),
        };
        await Database.Get<BackfillStore>().AddAsync(backfill, follow: null, Token);
        return backfill;
    }
}
