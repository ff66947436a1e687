using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>Claims and fencing.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task of_fifty_claimants_at_once_exactly_one_gets_it()
    {
        var added = await AddAsync();
        var claims = await AtOnceAsync(50, i => Store.ClaimAsync(added.Id, $"worker-{i}", Lease, Token));
        claims.Count(claim => claim is not null).ShouldBe(1);
    }

    [Fact]
    public async Task fifty_claimants_of_ten_share_them_without_an_overlap()
    {
        var now = await NowAsync();
        for (var i = 0; i < 10; i++)
            await AddAsync(Orders.New(now));
        var claimed = await AtOnceAsync(50, async i =>
        {
            var mine = new List<Guid>();
            foreach (var id in await Store.DueAsync(10, Token))
            {
                if (await Store.ClaimAsync(id, $"worker-{i}", Lease, Token) is not null)
                    mine.Add(id);
            }

            return mine;
        });
        var all = claimed.SelectMany(mine => mine).ToList();
        all.Count.ShouldBe(10);
        all.ShouldBeUnique();
        (await Store.DueAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_not_due_is_neither_found_nor_claimed()
    {
        var now = await NowAsync();
        var later = await AddAsync(Orders.New(now) with { DueAt = now.AddHours(1) });
        var never = await AddAsync(Orders.New(now) with { DueAt = null });
        (await Store.DueAsync(10, Token)).ShouldBeEmpty();
        (await Store.ClaimAsync(later.Id, "worker", Lease, Token)).ShouldBeNull();
        (await Store.ClaimAsync(never.Id, "worker", Lease, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_claim_whose_lease_ran_out_is_anybodys()
    {
        var added = await AddAsync();
        await Store.ClaimAsync(added.Id, "asleep", Over, Token);
        (await Store.DueAsync(10, Token)).ShouldBe([added.Id]);
        (await Store.ClaimAsync(added.Id, "awake", Lease, Token)).ShouldNotBeNull();
        (await Store.DueAsync(10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_claim_given_up_is_anybodys_at_once()
    {
        var added = await AddAsync();
        await Store.ClaimAsync(added.Id, "first", Lease, Token);
        await Store.ReleaseAsync(added.Id, "second", Token);
        (await Store.ClaimAsync(added.Id, "second", Lease, Token)).ShouldBeNull();
        await Store.ReleaseAsync(added.Id, "first", Token);
        (await Store.ClaimAsync(added.Id, "second", Lease, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task a_claim_kept_is_renewed_and_saved_until_it_is_given_up()
    {
        var claimed = await ClaimAsync("worker", Lease);
        (await Store.RenewAsync(claimed.Id, "worker", Lease, Token)).ShouldBeTrue();
        var kept = (await SaveAsync(claimed, new GenerationState.Cancelled("one"), "worker", Lease))!;
        kept.Version.ShouldBe(claimed.Version + 1);
        var given = (await SaveAsync(kept, new GenerationState.Cancelled("two"), "worker", keepFor: null))!;
        given.State.ShouldBe(new GenerationState.Cancelled("two"));
        (await Store.RenewAsync(claimed.Id, "worker", Lease, Token)).ShouldBeFalse();
        (await SaveAsync(given, new GenerationState.Cancelled("three"), "worker", Lease)).ShouldBeNull();
    }

    [Fact]
    public async Task a_worker_that_slept_past_its_lease_writes_nothing()
    {
        var claimed = await ClaimAsync("asleep", Over);
        (await Store.RenewAsync(claimed.Id, "asleep", Lease, Token)).ShouldBeFalse();
        (await SaveAsync(claimed, new GenerationState.Cancelled("asleep"), "asleep", Lease)).ShouldBeNull();
        var now = await FindAsync(claimed);
        (now.State, now.Version).ShouldBe((claimed.State, claimed.Version));
        (await Ledger.EntriesAsync(Database, claimed)).Count.ShouldBe(1, "only that it was added");
    }

    [Fact]
    public async Task a_worker_whose_claim_was_taken_over_writes_nothing()
    {
        var slow = await ClaimAsync("slow", Over);
        var fast = (await Store.ClaimAsync(slow.Id, "fast", Lease, Token))!;
        (await Store.RenewAsync(slow.Id, "slow", Lease, Token)).ShouldBeFalse();
        (await SaveAsync(slow, new GenerationState.Cancelled("slow"), "slow", Lease)).ShouldBeNull();
        await Store.ReleaseAsync(slow.Id, "slow", Token);
        (await SaveAsync(fast, new GenerationState.Cancelled("fast"), "fast", keepFor: null)).ShouldNotBeNull();
        (await FindAsync(slow)).State.ShouldBe(new GenerationState.Cancelled("fast"));
    }

    [Fact]
    public async Task of_two_saves_of_one_version_one_is_written()
    {
        var claimed = await ClaimAsync("worker", Lease);
        var saves = await AtOnceAsync(8, i => SaveAsync(claimed, new GenerationState.Cancelled($"{i}"), "worker", Lease));
        saves.Count(saved => saved is not null).ShouldBe(1);
        (await FindAsync(claimed)).Version.ShouldBe(claimed.Version + 1);
    }

    [Fact]
    public async Task a_wish_to_cancel_comes_through_beside_the_worker_that_holds_the_row()
    {
        var now = await NowAsync();
        var claimed = (await Store.ClaimAsync((await AddAsync(Orders.New(now, TaskOf(1, now)))).Id, "worker", Lease, Token))!;
        (await Store.FollowAsync(claimed.Id, new Command.Cancel("merchant"), Token)).ShouldNotBeNull();
        var saved = await SaveAsync(claimed, new GenerationState.AwaitingReview(Orders.Clip), "worker", keepFor: null);
        saved!.CancelRequestedBy.ShouldBe("merchant");
        saved.DueAt.ShouldNotBeNull("the wish must be seen though review is a person's to end");
    }

    [Fact]
    public async Task what_is_cancelled_before_it_was_sent_is_sent_by_nobody_who_has_it_already()
    {
        var claimed = await ClaimAsync("worker", Lease);
        (await Store.FollowAsync(claimed.Id, new Command.Cancel("merchant"), Token)).ShouldNotBeNull();
        (await SaveAsync(claimed, new GenerationState.Submitting(new SubmitIntent("abcdefghijklmnopqrstuvwxyz", claimed.CreatedAt)), "worker", Lease)).ShouldBeNull();
        (await FindAsync(claimed)).State.ShouldBeOfType<GenerationState.Planned>();
        (await Store.ClaimAsync(claimed.Id, "next", Lease, Token))!.CancelRequestedBy.ShouldBe("merchant");
    }

    [Fact]
    public async Task of_an_approval_and_a_rejection_at_once_one_is_followed()
    {
        for (var i = 0; i < 10; i++)
        {
            var review = await AddAsync(Orders.New(await NowAsync(), new GenerationState.AwaitingReview(Orders.Clip)) with { DueAt = null });
            Command[] commands = [new Command.Approve("one"), new Command.Reject("two", "dull")];
            var followed = await AtOnceAsync(2, k => Store.FollowAsync(review.Id, commands[k], Token));
            followed.Count(one => one is not null).ShouldBe(1);
            (await FindAsync(review)).Version.ShouldBe(1);
        }
    }

    [Fact]
    public async Task of_twenty_renderers_at_once_each_order_goes_to_one()
    {
        var orders = Database.Get<Rendering.IRenderOrders>();
        foreach (var id in new[] { "first", "second", "third" })
        {
            await orders.AddAsync(id, Orders.New(await NowAsync()).Order.Request, Token);
            await orders.AddAsync(id, Orders.New(await NowAsync()).Order.Request, Token);
        }

        (await orders.ClaimNextAsync("asleep", Over, Token))!.Id.ShouldBe("first");
        var claims = await AtOnceAsync(20, i => orders.ClaimNextAsync($"renderer-{i}", Lease, Token));
        claims.OfType<Rendering.RenderOrder>().Select(order => order.Id).ShouldBe(["first", "second", "third"], ignoreOrder: true);
        (await orders.ReportAsync("first", "asleep", 0.5, Lease, Token)).ShouldBeFalse();
        (await orders.FinishAsync("first", "asleep", "clip", Token)).ShouldBeFalse();
    }

    private async Task<Generation> ClaimAsync(string owner, TimeSpan lease) =>
        (await Store.ClaimAsync((await AddAsync()).Id, owner, lease, Token))!;

    private Task<Generation?> SaveAsync(Generation claimed, GenerationState state, string owner, TimeSpan? keepFor) =>
        Store.SaveAsync(claimed, claimed with { State = state, DueAt = null }, owner, keepFor, Token);
}
