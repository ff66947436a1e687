using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>What belongs to a change of state is written with it or not at all.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task what_belongs_to_a_change_is_there_with_it()
    {
        var claimed = await ClaimAsync("worker", Lease);
        await SaveAsync(claimed, new GenerationState.AwaitingReview(Orders.Clip), "worker", keepFor: null);
        await Store.FollowAsync(claimed.Id, new Command.Approve("merchant"), Token);
        (await Ledger.EntriesAsync(Database, claimed)).ShouldBe(
            [" Planned", "Planned AwaitingReview", "AwaitingReview Publishing"], ignoreOrder: true);
    }

    [Fact]
    public async Task an_order_whose_companion_fails_is_not_there_nor_its_key()
    {
        var order = Orders.New(await NowAsync());
        _ledger.Fails = true;
        await Should.ThrowAsync<LedgerFailedException>(() => Store.AddAsync(order, Orders.Key("key", order), Token));
        (await Store.FindAsync(order.Id, Token)).ShouldBeNull();
        (await Ledger.EntriesAsync(Database, order)).ShouldBeEmpty();

        _ledger.Fails = false;
        (await Store.AddAsync(order, Orders.Key("key", order), Token)).Id.ShouldBe(order.Id);
    }

    [Fact]
    public async Task a_save_whose_companion_fails_writes_nothing_and_keeps_the_claim()
    {
        var claimed = await ClaimAsync("worker", Lease);
        _ledger.Fails = true;
        await Should.ThrowAsync<LedgerFailedException>(() => SaveAsync(claimed, new GenerationState.Cancelled("one"), "worker", keepFor: null));
        (await FindAsync(claimed)).State.ShouldBe(claimed.State);
        (await Ledger.EntriesAsync(Database, claimed)).Count.ShouldBe(1);

        _ledger.Fails = false;
        (await SaveAsync(claimed, new GenerationState.Cancelled("one"), "worker", keepFor: null)).ShouldNotBeNull();
    }

    [Fact]
    public async Task a_save_that_is_too_late_when_all_is_written_writes_nothing_and_keeps_the_claim()
    {
        var claimed = await ClaimAsync("worker", Lease);
        var cancelled = claimed with { State = new GenerationState.Cancelled("one"), DueAt = null };
        (await Store.SaveAsync(claimed, cancelled, "worker", keepFor: null, Token, tooLate: () => true)).ShouldBeNull();
        (await FindAsync(claimed)).State.ShouldBe(claimed.State);
        (await Ledger.EntriesAsync(Database, claimed)).Count.ShouldBe(1);

        (await Store.SaveAsync(claimed, cancelled, "worker", keepFor: null, Token, tooLate: () => false)).ShouldNotBeNull();
    }

    [Fact]
    public async Task a_command_whose_companion_fails_is_not_followed()
    {
        var review = await AddAsync(Orders.New(await NowAsync(), new GenerationState.AwaitingReview(Orders.Clip)) with { DueAt = null });
        _ledger.Fails = true;
        await Should.ThrowAsync<LedgerFailedException>(() => Store.FollowAsync(review.Id, new Command.Approve("merchant"), Token));
        (await FindAsync(review)).State.ShouldBeOfType<GenerationState.AwaitingReview>();

        _ledger.Fails = false;
        (await Store.FollowAsync(review.Id, new Command.Approve("merchant"), Token))!.State.ShouldBeOfType<GenerationState.Publishing>();
    }
}
