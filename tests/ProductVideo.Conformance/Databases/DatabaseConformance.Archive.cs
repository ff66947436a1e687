using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>What ended long ago is put away, and nothing that holds of it is lost.</content>
public abstract partial class DatabaseConformance
{
    private static readonly Problem Broken = new("broken", "It broke.", "It broke.");

    [Theory]
    [InlineData(nameof(GenerationState.Failed))]
    [InlineData(nameof(GenerationState.Rejected))]
    [InlineData(nameof(GenerationState.Cancelled))]
    [InlineData(nameof(GenerationState.Withdrawn))]
    public async Task what_ended_long_ago_goes_to_the_archive_and_is_found_by_its_id_as_it_was(string state)
    {
        var ended = await EndedAsync(EndedAs(state), daysAgo: 181, title: "صابون \U0001F9FC");
        await EndedAsync(new GenerationState.Failed(Broken), daysAgo: 1);
        var before = await FindAsync(ended);
        await ClearUpAsync();

        (await ArchivedAsync()).ShouldBe([ended.Id]);
        (await ListAsync(new GenerationFilter())).ShouldNotContain(ended.Id);
        var after = await FindAsync(ended);
        after.State.Name.ShouldBe(state);
        Json(after).ShouldBe(Json(before));
    }

    [Fact]
    public async Task what_is_young_under_way_on_a_listing_or_the_newest_of_its_product_stays()
    {
        var old = new List<Generation>
        {
            await EndedAsync(new GenerationState.Cancelled("young"), daysAgo: 179),
            await EndedAsync(new GenerationState.Published(Orders.Clip, "key", "media", "/mug", Orders.Clip.MadeAt), daysAgo: 400),
            await EndedAsync(new GenerationState.InDoubt(Intent: null, Operation: null, Broken, Orders.Clip.MadeAt), daysAgo: 400),
            await EndedAsync(new GenerationState.AwaitingReview(Orders.Clip), daysAgo: 400),
            await EndedAsync(new GenerationState.Failed(Broken, Handover: new Handover(Orders.Clip.MadeAt, MayHavePaid: false)), daysAgo: 400),
            await EndedAsync(new GenerationState.Cancelled("only one"), daysAgo: 400, product: "bowl"),
        };
        await EndedAsync(new GenerationState.Cancelled("newest"), daysAgo: 1);
        await ClearUpAsync();

        (await ArchivedAsync()).ShouldBeEmpty();
        (await Store.LatestAsync("sample", ["bowl"], Token)).Single().Id.ShouldBe(old[^1].Id);
    }

    [Fact]
    public async Task a_rejection_stays_while_nothing_newer_came_to_an_end_but_by_cancelling()
    {
        await EndedAsync(new GenerationState.Rejected(Orders.Clip, "merchant", "dull"), daysAgo: 400);
        var cancelled = await EndedAsync(new GenerationState.Cancelled("merchant"), daysAgo: 300);
        await EndedAsync(new GenerationState.Planned(), daysAgo: 1);
        await ClearUpAsync();
        (await ArchivedAsync()).ShouldBe([cancelled.Id]);
    }

    [Fact]
    public async Task where_the_setting_is_0_nothing_is_put_away()
    {
        Database.Get<ArchiveOptions>().After = TimeSpan.Zero;
        await EndedAsync(new GenerationState.Cancelled("old"), daysAgo: 4000);
        await EndedAsync(new GenerationState.Cancelled("newest"), daysAgo: 1);
        await ClearUpAsync();
        (await ArchivedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_task_of_an_archived_generation_is_held_and_never_taken_for_another()
    {
        var first = await RenderingAsync("task-1", "worker");
        await SaveAsync(first, new GenerationState.Failed(Broken), "worker", keepFor: null);
        await AgeAsync(first, daysAgo: 181);
        await EndedAsync(new GenerationState.Failed(Broken), daysAgo: 1);
        await ClearUpAsync();
        (await ArchivedAsync()).ShouldBe([first.Id]);
        await AddAsync();

        (await Store.HeldTasksAsync("local", ["task-1", "task-2"], Token)).ShouldBe(["task-1"]);
        var second = await ClaimAsync("worker", Lease);
        await Should.ThrowAsync<TaskTakenException>(() => SaveAsync(second, Rendering("task-1"), "worker", Lease));
        await Should.ThrowAsync<TaskTakenException>(() => Batch.SaveAsync(
            _ => [new GenerationSave(second, second with { State = Rendering("task-1") }, Keeps: true)], "worker", Lease, Token));
        (await FindAsync(second)).Version.ShouldBe(second.Version);
        (await SaveAsync(second, Rendering("task-2"), "worker", Lease)).ShouldNotBeNull();
    }

    [Fact]
    public async Task what_a_person_goes_on_with_comes_back_out_of_the_archive()
    {
        var withdrawn = await EndedAsync(new GenerationState.Withdrawn(Orders.Clip, "merchant", Orders.Clip.MadeAt), daysAgo: 181);
        await EndedAsync(new GenerationState.Failed(Broken), daysAgo: 1);
        await ClearUpAsync();
        (await ArchivedAsync()).ShouldBe([withdrawn.Id]);

        (await Store.FollowAsync(withdrawn.Id, new Command.Reject("merchant", Reason: null), Token)).ShouldBeNull("nobody rejects what is off its listing");
        (await ArchivedAsync()).ShouldBe([withdrawn.Id]);
        var followed = await Store.FollowAsync(withdrawn.Id, new Command.Approve("merchant"), Token);
        (followed!.State.Name, followed.Version).ShouldBe((nameof(GenerationState.Publishing), withdrawn.Version + 1));
        (await ArchivedAsync()).ShouldBeEmpty();
        (await ListAsync(new GenerationFilter())).ShouldContain(withdrawn.Id);
        (await Store.ClaimAsync(withdrawn.Id, "worker", Lease, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task a_callers_key_gives_what_it_made_out_of_the_archive_too()
    {
        var first = Orders.New(await NowAsync());
        await Store.AddAsync(first with { State = new GenerationState.Cancelled("merchant"), DueAt = null }, Orders.Key("key", first), Token);
        await AgeAsync(first, daysAgo: 181);
        await AddAsync();
        await ClearUpAsync();
        (await ArchivedAsync()).ShouldBe([first.Id]);

        var second = Orders.New(await NowAsync());
        (await Store.AddAsync(second, Orders.Key("key", second), Token)).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task several_processes_put_everything_away_once()
    {
        const int many = 120;
        var old = new List<Guid>();
        for (var i = 0; i < many; i++)
            old.Add((await EndedAsync(new GenerationState.Cancelled($"{i}"), daysAgo: 181 + (i / 40))).Id);
        var newest = await AddAsync();
        var processes = Enumerable.Range(0, 5).Select(_ => new DatabaseUnderTest(_folder, _options!)).ToList();
        await AtOnceAsync(processes.Count, async i =>
        {
            await ClearUpAsync(processes[i]);
            return i;
        });
        await ClearUpAsync();
        foreach (var process in processes)
            await process.DisposeAsync();

        (await ArchivedAsync()).ShouldBe(old, ignoreOrder: true);
        (await ListAsync(new GenerationFilter(Take: 1000))).ShouldBe([newest.Id]);
    }

    [Fact]
    public async Task a_month_after_their_end_render_orders_are_forgotten_but_for_those_that_are_still_asked_for()
    {
        var orders = Database.Get<IRenderOrders>();
        foreach (var id in new[] { "old", "asked-for", "waiting", "young" })
            await orders.AddAsync(id, Orders.New(await NowAsync()).Order.Request, Token);
        foreach (var id in new[] { "old", "asked-for", "young" })
        {
            await orders.ClaimNextAsync(id, Lease, Token);
            await orders.FinishAsync(id, id, "clip", Token);
        }

        await RenderingAsync("asked-for", "worker");
        await using (var db = await Database.OpenAsync())
        {
            var old = await NowAsync() - TimeSpan.FromDays(31);
            await db.RenderOrders.Where(row => row.Id != "young").ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, old), Token);
        }

        await ClearUpAsync();
        (await orders.FindAsync("old", Token)).ShouldBeNull();
        foreach (var kept in new[] { "asked-for", "waiting", "young" })
            (await orders.FindAsync(kept, Token)).ShouldNotBeNull(kept);
    }

    [Fact]
    public async Task weeks_after_its_end_a_backfill_keeps_the_number_of_the_products_that_it_left_out()
    {
        const int Crowd = (2 * BackfillItems.Together) + 10;
        var ended = await BackfillAsync(BackfillState.Done, daysAgo: 31, Crowd);
        var tooDear = await BackfillAsync(BackfillState.Quoted, daysAgo: 31, 3, isRun: true);
        var cancelled = await BackfillAsync(BackfillState.Cancelled, daysAgo: 31, 3);
        Backfill[] kept =
        [
            await BackfillAsync(BackfillState.Done, daysAgo: 29, 3), await BackfillAsync(BackfillState.Running, daysAgo: 31, 3), await BackfillAsync(BackfillState.Quoted, daysAgo: 31, 3),
        ];
        var before = await CountsAsync(ended);
        before.Count.ShouldBe(5, "three videos, two reasons");
        var second = new DatabaseUnderTest(_folder, _options!);
        await AtOnceAsync(2, async i =>
        {
            await ClearUpAsync(i == 0 ? Database : second);
            return i;
        });
        await ClearUpAsync();
        await second.DisposeAsync();

        (await CountsAsync(ended)).ShouldBe(before, ignoreOrder: true);
        foreach (var cleared in new[] { ended, tooDear, cancelled })
            (await LeftAsync(cleared)).ShouldBe(("Failed, Published, Waiting", 0));
        foreach (var one in kept)
            (await LeftAsync(one)).ShouldBe(("Failed, Published, Skipped, Skipped, Skipped, Waiting", 2));
    }

    [Fact]
    public async Task where_the_setting_is_0_a_backfill_keeps_the_products_that_it_left_out()
    {
        Database.Get<ArchiveOptions>().LeftOutAfter = TimeSpan.Zero;
        var ended = await BackfillAsync(BackfillState.Done, daysAgo: 3000, 1);
        await ClearUpAsync();
        (await LeftAsync(ended)).Names.ShouldBe(2);
    }

    /// <summary>With as many products left out as that, two names, and a video in each of three states.</summary>
    private async Task<Backfill> BackfillAsync(BackfillState state, int daysAgo, int leftOut, bool isRun = false)
    {
        var at = await NowAsync() - TimeSpan.FromDays(daysAgo);
        var backfill = new Backfill
        {
            Id = Guid.CreateVersion7(), Shop = "test", Name = "Mugs", Plan = new BackfillPlan(), State = state, RunOf = isRun ? Guid.CreateVersion7() : null,
            CreatedBy = "tester", CreatedAt = at, QuotedAt = at, EndedAt = BackfillMachine.IsOver(state) ? at : null,
        };
        var items = Enumerable.Range(0, leftOut).Select(i => Item($"left-{i:00000}", ItemState.Skipped, i % 3 == 0 ? SkipReason.NoPictures : SkipReason.HasVideo))
            .Concat(new[] { ItemState.Waiting, ItemState.Published, ItemState.Failed }.Select(one => Item($"{one}", one, reason: null)));
        await using var db = await Database.OpenAsync();
        db.Backfills.Add(BackfillMapping.ToRow(backfill));
        db.BackfillNames.AddRange(new[] { "mug", "bowl" }.Select(name => new BackfillNameRow { BackfillId = backfill.Id, ProductId = name }));
        await db.SaveChangesAsync(Token);
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.WriteManyAsync(BackfillMapping.Items, [.. items], Token);
        await transaction.CommitAsync(Token);
        return backfill;

        BackfillItemRow Item(string product, ItemState one, SkipReason? reason) => new()
        {
            BackfillId = backfill.Id, ProductId = product, Aspect = "", State = $"{one}", Reason = reason?.ToString(), Rank = product.Length % 2,
        };
    }

    private Task<IReadOnlyList<ItemCount>> CountsAsync(Backfill backfill) => Database.Get<BackfillItems>().CountAsync(backfill.Id, Token);

    private async Task<(string Rows, int Names)> LeftAsync(Backfill backfill)
    {
        await using var db = await Database.OpenAsync();
        return (string.Join(", ", (await db.BackfillItems.Where(row => row.BackfillId == backfill.Id).Select(row => row.State).ToListAsync(Token)).Order(StringComparer.Ordinal)),
            await db.BackfillNames.CountAsync(row => row.BackfillId == backfill.Id, Token));
    }

    private static GenerationState EndedAs(string state) => state switch
    {
        nameof(GenerationState.Failed) => new GenerationState.Failed(Broken, Orders.Clip),
        nameof(GenerationState.Rejected) => new GenerationState.Rejected(Orders.Clip, "merchant", "dull"),
        nameof(GenerationState.Cancelled) => new GenerationState.Cancelled("merchant"),
        _ => new GenerationState.Withdrawn(Orders.Clip, "merchant", Orders.Clip.MadeAt),
    };

    private Task ClearUpAsync() => ClearUpAsync(Database);

    private static async Task ClearUpAsync(DatabaseUnderTest process)
    {
        while (await process.Get<Housekeeping>().DoNextAsync(Token))
        {
        }
    }

    private async Task<List<Guid>> ArchivedAsync()
    {
        await using var db = await Database.OpenAsync();
        var archived = await db.ArchivedGenerations.Select(row => row.Id).ToListAsync(Token);
        foreach (var id in archived)
            (await db.Generations.AnyAsync(row => row.Id == id, Token)).ShouldBeFalse("in both places");
        return archived;
    }

    private async Task<Generation> EndedAsync(GenerationState state, int daysAgo, string product = "mug", string title = "A mug")
    {
        var at = await NowAsync() - TimeSpan.FromDays(daysAgo);
        return await AddAsync(Orders.New(at, state, product, title: title) with { DueAt = null });
    }

    private async Task AgeAsync(Generation generation, int daysAgo)
    {
        var at = await NowAsync() - TimeSpan.FromDays(daysAgo);
        await using var db = await Database.OpenAsync();
        await db.Generations.Where(row => row.Id == generation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, at).SetProperty(row => row.UpdatedAt, at), Token);
    }

    private async Task<Generation> RenderingAsync(string task, string owner) => (await SaveAsync(await ClaimAsync(owner, Lease), Rendering(task), owner, Lease))!;

    private static string Json(Generation generation) => System.Text.Json.JsonSerializer.Serialize(generation);
}
