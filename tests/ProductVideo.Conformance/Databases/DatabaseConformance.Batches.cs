using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>Many at once.</content>
public abstract partial class DatabaseConformance
{
    private static readonly ClaimWish Some = new(Count: 40, Senders: ["local"], Silent: []);

    private GenerationClaims Claims => Database.Get<GenerationClaims>();

    private GenerationBatch Batch => Database.Get<GenerationBatch>();

    private static Task<SendRoom> Unlimited(ProductVideoDb db, string account, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(new SendRoom(int.MaxValue, int.MaxValue));

    private Task<ClaimedGenerations> ClaimManyAsync(string owner, ClaimWish? wish = null) => Claims.ClaimAsync(wish ?? Some, owner, Lease, Unlimited, Token);

    private static GenerationState.Rendering TaskOf(int number, DateTimeOffset since) => new(new ProviderOperation($"task-{number}"), since);

    [Fact]
    public async Task ten_claimants_of_many_share_a_hundred_without_an_overlap()
    {
        var now = await NowAsync();
        for (var i = 0; i < 50; i++)
        {
            await AddAsync(Orders.New(now));
            await AddAsync(Orders.New(now, TaskOf(i, now)));
        }

        var claims = await AtOnceAsync(10, async i =>
        {
            var mine = new List<Guid>();
            while ((await ClaimManyAsync($"node-{i}")).Generations is { Count: > 0 } some)
                mine.AddRange(some.Select(one => one.Id));
            return mine;
        });
        var all = claims.SelectMany(mine => mine).ToList();
        all.Count.ShouldBe(100);
        all.ShouldBeUnique();
    }

    [Fact]
    public async Task a_claim_of_many_passes_over_what_is_not_due_held_silent_or_not_sent_in_batches()
    {
        var now = await NowAsync();
        var planned = await AddAsync(Orders.New(now));
        var task = await AddAsync(Orders.New(now, TaskOf(1, now)));
        await AddAsync(Orders.New(now) with { DueAt = now.AddHours(1) });
        await AddAsync(Orders.New(now, provider: "sent-singly"));
        await AddAsync(Orders.New(now, TaskOf(2, now), provider: "silent"));
        await AddAsync(Orders.New(now, new GenerationState.Publishing(Orders.Clip, "pv-1", "tester", now)));
        await Store.ClaimAsync((await AddAsync()).Id, "another", Lease, Token);
        var wish = Some with { Silent = ["silent"] };

        (await Claims.AnyAsync(wish, Token)).ShouldBeTrue();
        (await ClaimManyAsync("node", wish)).Generations.Select(one => one.Id).ShouldBe([planned.Id, task.Id]);
        (await Claims.AnyAsync(wish, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task people_s_orders_are_claimed_before_a_backfills_and_no_more_than_there_is_room_for()
    {
        var now = await NowAsync();
        for (var i = 0; i < 5; i++)
        {
            var backfill = Orders.New(now.AddMinutes(-9));
            await AddAsync(backfill with { Order = backfill.Order with { Origin = GenerationOrigin.Backfill } });
        }

        var click = await AddAsync();
        var claimed = await Claims.ClaimAsync(Some, "node", Lease, (_, _, _, _) => Task.FromResult(new SendRoom(ForPeople: 4, InBackground: 3)), Token);
        claimed.Generations.Select(one => one.Order.Origin).ShouldBe([GenerationOrigin.Api, GenerationOrigin.Backfill, GenerationOrigin.Backfill]);
        claimed.Generations[0].Id.ShouldBe(click.Id);
    }

    [Fact]
    public async Task many_are_written_at_once_with_what_belongs_to_them_and_whose_claim_was_lost_is_not()
    {
        var now = await NowAsync();
        for (var i = 0; i < 18; i++)
            await AddAsync(Orders.New(now));
        var (unsent, cancelled) = (await AddAsync(Orders.New(now)), await AddAsync(Orders.New(now, TaskOf(99, now))));
        var claimed = (await ClaimManyAsync("node")).Generations;
        var lost = claimed.First(one => one.Id != unsent.Id && one.Id != cancelled.Id);
        Guid[] unwritten = [lost.Id, unsent.Id];
        await Store.FollowAsync(unsent.Id, new Command.Cancel("merchant"), Token);
        await Store.ReleaseAsync(lost.Id, "node", Token);
        await Store.ClaimAsync(lost.Id, "other", Lease, Token);
        await Store.FollowAsync(cancelled.Id, new Command.Cancel("merchant"), Token);

        var saved = await Batch.SaveAsync(
            at => [.. claimed.Select((one, i) => new GenerationSave(one, one with { State = TaskOf(i, now), DueAt = at.AddMinutes(1) }, Keeps: i % 2 == 0))], "node", Lease, Token);
        saved.Written.Keys.ShouldBe(claimed.Select(one => one.Id).Except(unwritten), ignoreOrder: true);
        (await FindAsync(lost)).State.ShouldBeOfType<GenerationState.Planned>();
        (await FindAsync(unsent)).State.ShouldBeOfType<GenerationState.Planned>("it is cancelled, and nobody sends it");
        foreach (var one in claimed.ExceptBy(unwritten, one => one.Id))
        {
            var read = await FindAsync(one);
            read.ShouldSatisfyAllConditions(
                () => read.State.ShouldBe(saved.Written[one.Id].State), () => read.Version.ShouldBe(1),
                () => read.DueAt.ShouldBe(one.Id == cancelled.Id ? saved.At : saved.At.AddMinutes(1)), () => read.DueAt.ShouldBe(saved.Written[one.Id].DueAt));
            (await Ledger.EntriesAsync(Database, one)).Count.ShouldBe(2);
        }

        (await FindAsync(cancelled)).CancelRequestedBy.ShouldBe("merchant");
        saved.Written[cancelled.Id].CancelRequestedBy.ShouldBe("merchant");
        foreach (var (i, one) in claimed.Index().Where(pair => !unwritten.Contains(pair.Item.Id)))
            (await Store.RenewAsync(one.Id, "node", Lease, Token)).ShouldBe(i % 2 == 0);
        (await Ledger.EntriesAsync(Database, lost)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task entries_of_the_ledger_that_are_written_together_are_as_if_each_was_written_by_itself()
    {
        var (bare, full) = (EntryOf("bare"), EntryOf("\"full\" \U0001F9FC"));
        (full.Account, full.ApiKey, full.Backfill, full.Note, full.Spent) = ("local/main", "pv_1", "run", "late", 700_000);
        await using var db = await Database.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        db.SpendEntries.AddRange(bare, full);
        await db.SaveChangesAsync(Token);
        var singly = await ReadAsync();

        await db.SpendEntries.ExecuteDeleteAsync(Token);
        await SpendEntries.InsertAsync(db, [bare, full], Token);
        (await ReadAsync()).ShouldBe(singly);
        (await Should.ThrowAsync<DbException>(() => SpendEntries.InsertAsync(db, [bare], Token))).ShouldNotBeNull();

        async Task<List<string>> ReadAsync() => [.. (await db.SpendEntries.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token)).Select(row => System.Text.Json.JsonSerializer.Serialize(row))];
    }

    private static SpendEntryRow EntryOf(string shop) => new()
    {
        Id = Guid.CreateVersion7(),
        At = Orders.Clip.MadeAt,
        OrderedAt = Orders.Clip.MadeAt.AddDays(-1),
        GenerationId = Guid.NewGuid(),
        Kind = MoneyMoveKind.Settle,
        Held = -700_000,
        Currency = "USD",
        Shop = shop,
        ProductId = "mug",
        Provider = "local",
        Model = "slideshow-1",
        RequestedBy = "tester",
    };

    [Fact]
    public async Task of_many_that_are_too_late_or_whose_companion_fails_none_is_written()
    {
        var now = await NowAsync();
        for (var i = 0; i < 3; i++)
            await AddAsync(Orders.New(now));
        var claimed = (await ClaimManyAsync("node")).Generations;
        IReadOnlyList<GenerationSave> Saves(DateTimeOffset at) => [.. claimed.Select(one => new GenerationSave(one, one with { State = new GenerationState.Cancelled("one"), DueAt = null }, Keeps: false))];

        (await Batch.SaveAsync(Saves, "node", Lease, Token, tooLate: () => true)).Written.ShouldBeEmpty();
        _ledger.Fails = true;
        await Should.ThrowAsync<LedgerFailedException>(() => Batch.SaveAsync(Saves, "node", Lease, Token));
        _ledger.Fails = false;
        foreach (var one in claimed)
            (await FindAsync(one)).State.ShouldBeOfType<GenerationState.Planned>();
        (await Batch.SaveAsync(Saves, "node", Lease, Token)).Written.Count.ShouldBe(3);
    }

    [Fact]
    public async Task many_claims_are_kept_alive_and_given_up_together()
    {
        for (var i = 0; i < 3; i++)
            await AddAsync();
        var claimed = (await ClaimManyAsync("node")).Generations.Select(one => one.Id).ToList();
        await Batch.RenewAsync(claimed, "node", Lease, Token);
        await Batch.ReleaseAsync(claimed, "another", Token);
        (await ClaimManyAsync("another")).Generations.ShouldBeEmpty();
        await Batch.ReleaseAsync(claimed, "node", Token);
        (await ClaimManyAsync("another")).Generations.Count.ShouldBe(3);
    }
}
