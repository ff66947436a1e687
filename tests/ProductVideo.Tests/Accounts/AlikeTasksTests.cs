using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Accounts;

/// <summary>Where a provider echoes the request and not the order: which of the tasks that are alike is the lost one.</summary>
public sealed class AlikeTasksTests : IAsyncLifetime
{
    private readonly GateFixture _gate = new();

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private Task<FindOutcome> ResolveAsync(params string[] same) => ResolveAsync(same, silent: [], wait: null);

    private Task<FindOutcome> ResolveAsync(string[] same, string[] silent, TimeSpan? wait) => _gate.Get<LostSubmits>().ResolveAsync(
        new FindOutcome.Alike([.. same.Select(Task)], [.. silent.Select(Task)], wait), Order("Slowly around the mug."), Some.Intent, CancellationToken.None);

    private static Generation Order(string prompt, GenerationState? state = null)
    {
        var generation = Some.Generation(state ?? new GenerationState.Submitting(Some.Intent), provider: "counting");
        return generation with { Order = generation.Order with { Request = generation.Order.Request with { Prompt = prompt } } };
    }

    /// <summary>Another order of the account, and what is known of its submit.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="minutes">When it was sent; the task was made at noon.</param>
    /// <param name="prompt">Its words.</param>
    /// <param name="ends">Whether it is known by when it has made its task.</param>
    private async Task SentAsync(IntentOutcome outcome, int minutes, string prompt = "Slowly around the mug.", bool ends = true)
    {
        var intent = new SubmitIntent(new string('r', 26), Some.Noon.AddMinutes(minutes), Until: ends ? Some.Noon.AddMinutes(minutes + 6) : null);
        var other = Order(prompt, outcome is IntentOutcome.Doubted ? new GenerationState.InDoubt(intent, null, Some.Problem, Some.Noon) : new GenerationState.Submitting(intent));
        await _gate.Get<GenerationStore>().AddAsync(other, idempotency: null, CancellationToken.None);
        await using var db = await _gate.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        db.SubmitIntents.Add(new SubmitIntentRow
        {
            Nonce = intent.Nonce, GenerationId = other.Id, Account = "counting", Model = other.Order.Request.Model, At = intent.Since, Outcome = outcome.ToString(),
        });
        await db.SaveChangesAsync();
    }

    private static RemoteTask Task(string id) => new(id, Some.Noon);

    private async Task HoldAsync(string task) => await _gate.Get<GenerationStore>().AddAsync(
        Some.Generation(new GenerationState.Rendering(new ProviderOperation(task), Some.Noon), provider: "counting"), idempotency: null, CancellationToken.None);

    [Fact]
    public async Task the_one_that_no_video_holds_is_it()
    {
        await HoldAsync("held");
        (await ResolveAsync("held", "free")).ShouldBeOfType<FindOutcome.Found>().Operation.RemoteId.ShouldBe("free");
    }

    [Fact]
    public async Task if_videos_hold_all_of_them_there_is_none()
    {
        await HoldAsync("held");
        (await ResolveAsync("held")).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Theory]
    [InlineData("held", "open")]
    [InlineData("free", "open")]
    [InlineData("", "open")]
    public async Task while_one_that_nobody_holds_does_not_show_its_order_nothing_is_decided(string same, string silent)
    {
        await HoldAsync("held");
        string[] ended = same.Length == 0 ? [] : [same];
        (await ResolveAsync(ended, [silent], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldBe(TimeSpan.FromSeconds(30));
        (await ResolveAsync(ended, [silent], wait: null)).ShouldBeOfType<FindOutcome.Several>().Candidates.ShouldContain(Task(silent));
    }

    [Fact]
    public async Task what_videos_hold_is_not_waited_for()
    {
        await HoldAsync("held");
        (await ResolveAsync([], ["held"], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.Absent>();
        (await ResolveAsync(["free"], ["held"], TimeSpan.FromSeconds(30))).ShouldBeOfType<FindOutcome.Found>().Operation.RemoteId.ShouldBe("free");
    }

    [Theory]
    [InlineData(IntentOutcome.Open)]
    [InlineData(IntentOutcome.Doubted)]
    [InlineData(IntentOutcome.Lost)]
    [InlineData(IntentOutcome.GivenUp)]
    internal async Task one_that_another_order_of_the_same_prompt_may_have_made_is_a_persons_to_tell(IntentOutcome outcome)
    {
        await SentAsync(outcome, minutes: 0);
        _gate.Clock.Advance(TimeSpan.FromMinutes(4));
        var several = (await ResolveAsync("one")).ShouldBeOfType<FindOutcome.Several>();
        (several.Candidates.ShouldHaveSingleItem().RemoteId, several.Why).ShouldBe(("one", "one task was made of the same request, and 1 other unproven submits of that request may have made it"));
    }

    [Fact]
    public async Task another_order_of_the_same_prompt_that_is_under_way_just_now_is_waited_for()
    {
        await SentAsync(IntentOutcome.Open, minutes: 3);
        _gate.Clock.Advance(TimeSpan.FromMinutes(4));
        (await ResolveAsync("one")).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(IntentOutcome.Open, 0, "Slowly around the cup.", true)]
    [InlineData(IntentOutcome.Taken, 0, "Slowly around the mug.", true)]
    [InlineData(IntentOutcome.Refused, 0, "Slowly around the mug.", true)]
    [InlineData(IntentOutcome.Open, 20, "Slowly around the mug.", true)]
    [InlineData(IntentOutcome.Doubted, -60, "Slowly around the mug.", true)]
    [InlineData(IntentOutcome.Lost, -60, "Slowly around the mug.", false)]
    internal async Task an_order_that_can_not_have_made_it_does_not_matter(IntentOutcome outcome, int minutes, string prompt, bool ends)
    {
        await SentAsync(outcome, minutes, prompt, ends);
        _gate.Clock.Advance(TimeSpan.FromMinutes(4));
        (await ResolveAsync("one")).ShouldBe(new FindOutcome.Found(new ProviderOperation("one"), ByRequest: true));
    }

    [Fact]
    public async Task one_in_doubt_of_which_nothing_says_when_it_was_sent_may_have_made_it_however_old_it_is()
    {
        await SentAsync(IntentOutcome.Doubted, minutes: -600, ends: false);
        (await ResolveAsync("one")).ShouldBeOfType<FindOutcome.Several>();
    }

    [Fact]
    public async Task two_that_nobody_holds_are_a_persons_to_tell_apart() =>
        (await ResolveAsync("one", "two")).ShouldBeOfType<FindOutcome.Several>().Candidates.Count.ShouldBe(2);
}
