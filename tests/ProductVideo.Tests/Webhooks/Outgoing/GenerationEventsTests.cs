using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Outgoing;

/// <summary>A change of state and what is told of it: both, or neither.</summary>
public sealed class GenerationEventsTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private GenerationStore Store => _pipeline.Get<GenerationStore>();

    private async Task<List<WebhookEventRow>> EventsAsync()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        return await db.WebhookEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    private async Task<int> AttemptsAsync()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        return await db.WebhookAttempts.CountAsync();
    }

    private async Task<Generation?> MoveAsync(GenerationState to)
    {
        var generation = Some.Generation(new GenerationState.Planned());
        await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
        var claimed = (await Store.ClaimAsync(generation.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None))!;
        return await Store.SaveAsync(claimed, claimed with { State = to }, "owner", keepFor: null, CancellationToken.None);
    }

    [Fact]
    public async Task reaching_a_state_that_is_told_writes_its_event_even_if_nobody_listens_yet()
    {
        foreach (var state in Some.States.Where(state => EventTypes.Of(state) is not null))
        {
            var moved = (await MoveAsync(state))!;
            var told = (await EventsAsync()).Single(e => e.GenerationId == moved.Id);
            told.Type.ShouldBe(EventTypes.Of(state));
            told.Shop.ShouldBe("sample");
        }

        (await EventsAsync()).Select(e => e.Type).ShouldBe(EventTypes.All, ignoreOrder: true);
        (await AttemptsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task the_states_on_the_way_are_not_told()
    {
        foreach (var state in Some.States.Where(state => EventTypes.Of(state) is null && state is not GenerationState.Planned).Take(1))
            await MoveAsync(state);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_change_that_loses_its_claim_tells_nothing()
    {
        var generation = Some.Generation(new GenerationState.Planned());
        await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
        var claimed = (await Store.ClaimAsync(generation.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None))!;
        (await Store.SaveAsync(claimed, claimed with { State = new GenerationState.Failed(Some.Problem) }, "thief", keepFor: null, CancellationToken.None)).ShouldBeNull();
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_event_that_can_not_be_written_undoes_the_change()
    {
        var generation = Some.Generation(new GenerationState.AwaitingReview(Some.Clip));
        await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
        await using (var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlRawAsync("DROP TABLE webhook_attempts; DROP TABLE webhook_events;");

        await Should.ThrowAsync<DbUpdateException>(() => Store.FollowAsync(generation.Id, new Command.Reject("tester", null), CancellationToken.None));

        (await Store.FindAsync(generation.Id, CancellationToken.None))!.State.ShouldBeOfType<GenerationState.AwaitingReview>();
    }

    [Fact]
    public async Task a_persons_decision_is_told_too()
    {
        var generation = Some.Generation(new GenerationState.AwaitingReview(Some.Clip));
        await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await Store.FollowAsync(generation.Id, new Command.Reject("tester", "dull"), CancellationToken.None);
        (await EventsAsync()).Select(e => e.Type).ShouldBe(["generation.awaiting_review", "generation.rejected"]);
    }

    [Fact]
    public async Task only_endpoints_of_that_shop_that_are_on_and_want_it_are_told()
    {
        var webhooks = _pipeline.Get<OutgoingWebhooks>();
        var all = await webhooks.AddAsync("https://a.example/", null, own: null, CancellationToken.None);
        await webhooks.AddAsync("https://b.example/", ["generation.failed"], own: "sample", CancellationToken.None);
        await webhooks.AddAsync("https://c.example/", ["generation.published"], own: null, CancellationToken.None);
        await webhooks.AddAsync("https://d.example/", null, own: "another", CancellationToken.None);
        var off = await webhooks.AddAsync("https://e.example/", null, own: null, CancellationToken.None);
        await webhooks.UpdateAsync(off.Endpoint.Id, new EndpointChange(Enabled: false), own: null, "tester", CancellationToken.None);

        await MoveAsync(new GenerationState.Failed(Some.Problem));

        (await AttemptsAsync()).ShouldBe(2);
        (await _pipeline.Get<WebhookDeliveries>().ListAsync(all.Endpoint.Id, null, null, null, 10, CancellationToken.None)).ShouldHaveSingleItem().Type.ShouldBe("generation.failed");
    }

    [Fact]
    public async Task what_is_sent_is_small_and_holds_ids_state_and_links_but_no_prompt()
    {
        var moved = (await MoveAsync(new GenerationState.Published(Some.Clip, "pv-1", "media-1", "/shop/mug", Some.Noon)))!;
        var body = (await EventsAsync()).Single().Body;
        body.ShouldBe("""
            {"type":"generation.published","timestamp":"2026-11-22T12:00:00+00:00","data":{"generation":"ID","shop":"sample","product":"mug","state":"Published","attempt":1,"links":{"generation":"/api/v1/generations/ID","video":"/api/v1/clips/ID/video.mp4","poster":"/api/v1/clips/ID/poster.jpg","listing":"/shop/mug"}}}
            """.Replace("ID", moved.Id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_failure_says_why()
    {
        await MoveAsync(new GenerationState.Failed(Some.Problem));
        (await EventsAsync()).Single().Body.ShouldContain("""
            "problem":{"code":"code","text":"merchant"}
            """.Trim());
    }
}
