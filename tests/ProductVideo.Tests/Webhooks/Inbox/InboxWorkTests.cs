using System.Net;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using ProductVideo.Webhooks.Inbox;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Inbox;

/// <summary>What follows from a call: a look, once, and never a truth.</summary>
public sealed class InboxWorkTests : IAsyncLifetime
{
    private const string Body = """{"id":"task-1","status":"succeeded"}""";
    private readonly InboxFixture _inbox = new();

    public ValueTask InitializeAsync() => _inbox.InitializeAsync();

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    private Task<Generation> RenderingAsync() => _inbox.InAsync(new GenerationState.Rendering(new ProviderOperation("task-1"), _inbox.Clock.GetUtcNow()));

    [Fact]
    public async Task a_call_makes_its_generation_due_now_and_changes_nothing_else()
    {
        var waiting = await RenderingAsync();
        await _inbox.ProviderCallsAsync(Body);

        (await _inbox.FollowAllAsync()).ShouldBe(1);

        var now = await _inbox.NowAsync(waiting);
        now.DueAt.ShouldBe(_inbox.Clock.GetUtcNow());
        (now.State.Name, now.Version, now.UpdatedAt).ShouldBe((waiting.State.Name, waiting.Version, waiting.UpdatedAt));
        var row = (await _inbox.RowsAsync()).Single();
        (row.State, row.Outcome, row.Tries, row.ProcessedAt).ShouldBe(("Done", "asked now", 1, _inbox.Clock.GetUtcNow()));
        row.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_call_that_says_done_before_the_provider_does_publishes_nothing()
    {
        var waiting = await RenderingAsync();
        await _inbox.ProviderCallsAsync(Body);
        await _inbox.FollowAllAsync();

        await _inbox.Get<ProductVideo.Pipeline.Advance>().RunAsync(waiting.Id, CancellationToken.None);

        var still = (await _inbox.NowAsync(waiting)).State.ShouldBeOfType<GenerationState.Rendering>();
        still.Checks.ShouldBe(1, "it was asked, and its answer is what counts");
    }

    [Fact]
    public async Task a_call_that_is_sent_again_later_has_no_second_effect()
    {
        var waiting = await RenderingAsync();
        await _inbox.ProviderCallsAsync(Body);
        await _inbox.FollowAllAsync();
        var store = _inbox.Get<GenerationStore>();
        var claimed = (await store.ClaimAsync(waiting.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None))!;
        var later = _inbox.Clock.GetUtcNow().AddHours(2);
        await store.SaveAsync(claimed, claimed with { DueAt = later }, "owner", keepFor: null, CancellationToken.None);

        (await _inbox.ProviderCallsAsync(Body)).ShouldBe(HttpStatusCode.OK);

        (await _inbox.FollowAllAsync()).ShouldBe(0);
        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(later);
    }

    [Fact]
    public async Task a_call_that_comes_before_the_tasks_id_is_written_down_is_kept_until_it_is()
    {
        await _inbox.ProviderCallsAsync(Body);
        (await _inbox.FollowAllAsync()).ShouldBe(1);
        (await _inbox.RowsAsync()).Single().State.ShouldBe("Waiting");
        var waiting = await RenderingAsync();

        _inbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await _inbox.FollowAllAsync()).ShouldBe(1);

        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(_inbox.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-120)]
    public async Task a_server_whose_clock_is_wrong_waits_as_long_as_another(int minutesAhead)
    {
        _inbox.DatabaseAhead = TimeSpan.FromMinutes(minutesAhead);
        await _inbox.ProviderCallsAsync(Body);
        (await _inbox.FollowAllAsync()).ShouldBe(1, "due at once, and then not before two seconds have passed");
        _inbox.Clock.Advance(TimeSpan.FromSeconds(2));
        (await _inbox.FollowAllAsync()).ShouldBe(1);
        _inbox.Clock.Advance(TimeSpan.FromMinutes(9));
        (await _inbox.FollowAllAsync()).ShouldBe(1);
        (await _inbox.RowsAsync()).Single().State.ShouldBe("Waiting");
    }

    [Fact]
    public async Task a_call_about_a_task_that_nobody_has_is_given_up_after_some_minutes()
    {
        await _inbox.ProviderCallsAsync(Body);
        var tries = 0;
        for (var second = 0; second < 15 * 60; second += 5)
        {
            tries += await _inbox.FollowAllAsync();
            _inbox.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        tries.ShouldBeInRange(8, 20);
        var row = (await _inbox.RowsAsync()).Single();
        (row.State, row.Outcome).ShouldBe(("Done", "unknown task"));
    }

    [Fact]
    public async Task a_call_while_the_task_is_being_asked_about_is_not_lost_to_that_asking()
    {
        var waiting = await RenderingAsync();
        var store = _inbox.Get<GenerationStore>();
        _inbox.Clock.Advance(TimeSpan.FromHours(1));
        var claimed = (await store.ClaimAsync(waiting.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None))!;
        await _inbox.ProviderCallsAsync(Body);
        await _inbox.FollowAllAsync();
        await store.SaveAsync(claimed, claimed with { DueAt = _inbox.Clock.GetUtcNow().AddHours(1) }, "owner", keepFor: null, CancellationToken.None);

        _inbox.Clock.Advance(TimeSpan.FromSeconds(5));
        await _inbox.FollowAllAsync();

        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(_inbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task a_late_call_moves_nothing_that_is_past_rendering()
    {
        foreach (var state in Some.States.Where(state => state is not GenerationState.Rendering))
        {
            var generation = Some.Generation(state, provider: "other-" + state.Name) with { DueAt = _inbox.Clock.GetUtcNow().AddHours(1) };
            await _inbox.Get<GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None);
            await _inbox.Get<GenerationStore>().HintAsync("other-" + state.Name, "task-1", CancellationToken.None);
            (await _inbox.NowAsync(generation)).DueAt.ShouldBe(generation.DueAt, state.Name);
        }
    }

    [Fact]
    public async Task another_providers_task_of_the_same_id_is_left_alone()
    {
        var waiting = await RenderingAsync();
        (await _inbox.Get<GenerationStore>().HintAsync("another", "task-1", CancellationToken.None)).ShouldBeOfType<HintOutcome.Unknown>();
        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(waiting.DueAt);
    }

    [Fact]
    public async Task what_was_received_before_a_crash_is_followed_after_it()
    {
        var waiting = await RenderingAsync();
        await _inbox.ProviderCallsAsync(Body);
        // Claimed by a process that died before it did anything.
        (await _inbox.Get<WebhookInbox>().ClaimNextAsync(CancellationToken.None)).ShouldNotBeNull();
        (await _inbox.FollowAllAsync()).ShouldBe(0);

        _inbox.Clock.Advance(TimeSpan.FromSeconds(61));
        (await _inbox.FollowAllAsync()).ShouldBe(1);
        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(_inbox.Clock.GetUtcNow());
    }

    [Fact]
    public async Task a_shops_news_are_heard_once_with_their_header()
    {
        await _inbox.ShopCallsAsync("""{"id":7}""");
        await _inbox.ShopCallsAsync("""{"id":7}""");
        await _inbox.ShopCallsAsync("{}", "d-2", "order.created");
        await _inbox.FollowAllAsync();
        await _inbox.FollowAllAsync();
        _inbox.Notes.Heard.ShouldBe(["test: 7", "test: Other"], ignoreOrder: true);
    }

    [Fact]
    public async Task a_listener_that_stumbles_hears_it_again()
    {
        _inbox.Notes.Failures = 1;
        await _inbox.ShopCallsAsync("""{"id":7}""");
        await _inbox.FollowAllAsync();
        (await _inbox.RowsAsync()).Single().State.ShouldBe("Waiting");
        (await _inbox.RowsAsync()).Single().Body.ShouldNotBeEmpty();

        _inbox.Clock.Advance(TimeSpan.FromMinutes(1));
        await _inbox.FollowAllAsync();
        _inbox.Notes.Heard.ShouldBe(["test: 7"]);
    }

    [Fact]
    public async Task a_signed_call_that_makes_no_sense_is_given_up_and_keeps_no_other_waiting()
    {
        await _inbox.ProviderCallsAsync("nonsense", "msg_0");
        var waiting = await RenderingAsync();
        await _inbox.ProviderCallsAsync(Body);
        await _inbox.FollowAllAsync();
        (await _inbox.NowAsync(waiting)).DueAt.ShouldBe(_inbox.Clock.GetUtcNow());
        for (var i = 0; i < 10; i++)
        {
            _inbox.Clock.Advance(TimeSpan.FromMinutes(1));
            await _inbox.FollowAllAsync();
        }

        var row = (await _inbox.RowsAsync())[0];
        (row.State, row.Tries, row.DueAt).ShouldBe(("Failed", 8, null));
    }

    [Fact]
    public async Task a_repetition_is_known_for_thirty_days_and_then_forgotten()
    {
        await _inbox.ProviderCallsAsync("{}");
        await _inbox.FollowAllAsync();
        _inbox.Clock.Advance(TimeSpan.FromDays(29));
        await _inbox.FollowAllAsync();
        (await _inbox.RowsAsync()).Count.ShouldBe(1);
        _inbox.Clock.Advance(TimeSpan.FromDays(2));
        await _inbox.FollowAllAsync();
        (await _inbox.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_delivery_whose_following_is_broken_off_is_followed_at_once_as_if_it_had_not_been_tried()
    {
        await _inbox.ShopCallsAsync("{\"id\":7}");
        _inbox.Notes.Hearing = new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var following = _inbox.Get<InboxWork>().FollowNextAsync(stop.Token);
        while ((await _inbox.RowsAsync()).Single().Owner is null)
        {
            // It is about to be claimed.
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
        var row = (await _inbox.RowsAsync()).Single();
        (row.Owner, row.LeaseUntil, row.Tries, row.State).ShouldBe((null, null, 0, "Waiting"));

        _inbox.Notes.Hearing = Task.CompletedTask;
        (await _inbox.FollowAllAsync()).ShouldBe(1);
        _inbox.Notes.Heard.Count.ShouldBe(1);
    }
}
