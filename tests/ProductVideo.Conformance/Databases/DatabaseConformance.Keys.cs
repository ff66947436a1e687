using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>What may be there once only.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task of_twenty_orders_of_the_same_clip_at_once_one_is_made_and_all_get_it()
    {
        var now = await NowAsync();
        var orders = Enumerable.Range(0, 20).Select(_ => Orders.New(now, fingerprint: "same")).ToList();
        var added = await AtOnceAsync(20, i => Store.AddAsync(orders[i], idempotency: null, Token));
        added.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        (await Store.ListAsync(new GenerationFilter(), Token)).Count.ShouldBe(1);
        (await Store.FindActiveAsync("same", Token))!.Id.ShouldBe(added[0].Id);
    }

    [Fact]
    public async Task an_ended_generation_makes_room_for_the_same_clip()
    {
        var now = await NowAsync();
        var first = await AddAsync(Orders.New(now, new GenerationState.Cancelled("one"), fingerprint: "same"));
        (await Store.FindActiveAsync("same", Token)).ShouldBeNull();
        var second = await AddAsync(Orders.New(now, fingerprint: "same"));
        second.Id.ShouldNotBe(first.Id);
        (await AddAsync(Orders.New(now, fingerprint: "same"))).Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task a_clip_that_is_on_its_listing_serves_though_it_came_there_after_the_look()
    {
        var now = await NowAsync();
        var published = await AddAsync(Orders.New(now, new GenerationState.Published(Orders.Clip, "pv-1", "media", "/mug", now), fingerprint: "same"));
        var order = Orders.New(now, fingerprint: "same");
        (await Store.AddAsync(order, Orders.Key("key", order), again: false, Token)).Id.ShouldBe(published.Id);
        (await Store.FindAsync(order.Id, Token)).ShouldBeNull();
        (await Store.AddAsync(order, Orders.Key("key", order), again: true, Token)).Id.ShouldBe(order.Id);
    }

    [Fact]
    public async Task of_twenty_orders_with_one_key_at_once_one_is_made_and_all_get_it()
    {
        var now = await NowAsync();
        var orders = Enumerable.Range(0, 20).Select(_ => Orders.New(now)).ToList();
        var added = await AtOnceAsync(20, i => Store.AddAsync(orders[i], Orders.Key("key", orders[i]), Token));
        added.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        (await Store.ListAsync(new GenerationFilter(), Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_first_meaning_of_a_key_stays()
    {
        var keys = Database.Get<IdempotencyKeys>();
        var (first, second) = (await AddAsync(), await AddAsync());
        await keys.RememberAsync(Orders.Key("key", first), Token);
        await keys.RememberAsync(Orders.Key("key", second), Token);
        (await keys.FindAsync(new Pipeline.IdempotencyKey("caller", "key"), new string('0', 64), Token)).ShouldBe(first.Id);
        (await keys.FindAsync(new Pipeline.IdempotencyKey("another", "key"), new string('0', 64), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_task_is_one_generations_even_after_that_one_ended()
    {
        var first = await ClaimAsync("worker", Lease);
        first = (await SaveAsync(first, Rendering("task"), "worker", Lease))!;
        await SaveAsync(first, new GenerationState.Cancelled("one"), "worker", keepFor: null);

        var second = await ClaimAsync("worker", Lease);
        await Should.ThrowAsync<TaskTakenException>(() => SaveAsync(second, Rendering("task"), "worker", Lease));
        (await FindAsync(second)).State.ShouldBe(second.State);
        (await SaveAsync(second, Rendering("another"), "worker", Lease)).ShouldNotBeNull();
    }

    [Fact]
    public async Task the_holder_of_a_task_that_was_named_again_is_doubted_even_while_somebody_is_at_it()
    {
        var held = (await SaveAsync(await ClaimAsync("worker", Lease), Rendering("task"), "worker", Lease))!;
        (await Store.DoubtHolderAsync(held.Order.Provider, "task", Token))!.Id.ShouldBe(held.Id);
        (await FindAsync(held)).State.ShouldBeOfType<GenerationState.InDoubt>().Operation!.RemoteId.ShouldBe("task");
        (await SaveAsync(held, Rendering("task"), "worker", Lease)).ShouldBeNull();
        (await Store.DoubtHolderAsync(held.Order.Provider, "nobody's", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task two_providers_may_give_their_tasks_the_same_name()
    {
        var now = await NowAsync();
        await AddAsync(Orders.New(now, Rendering("task"), provider: "one"));
        (await AddAsync(Orders.New(now, Rendering("task"), provider: "two"))).Order.Provider.ShouldBe("two");
    }

    [Fact]
    public async Task a_generation_that_can_never_be_added_is_refused_instead_of_tried_for_ever()
    {
        var now = await NowAsync();
        await AddAsync(Orders.New(now, Rendering("task")));
        await Should.ThrowAsync<Exception>(() => AddAsync(Orders.New(now, Rendering("task"))));
        (await Store.ListAsync(new GenerationFilter(), Token)).Count.ShouldBe(1);
    }

    private static GenerationState.Rendering Rendering(string task) => new(new ProviderOperation(task), Orders.Clip.MadeAt);
}
