using Microsoft.EntityFrameworkCore;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Accounts;

/// <summary>Class L from end to end: what the list proves, and that it never claims what somebody else may have made.</summary>
public sealed class ListOnlyTests : IAsyncLifetime
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(4);

    private readonly GateFixture _gate = new();

    private ListingProvider Provider => _gate.Listing;

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    private void DeclareExclusive() => _gate.Get<AccountsOptions>().Accounts["listing"] = new AccountOptions { Exclusive = true };

    [Fact]
    public async Task a_lost_answer_is_made_good_from_the_list_without_a_second_payment()
    {
        DeclareExclusive();
        Provider.Next.Enqueue((Makes: true, Answers: false));
        var ids = await _gate.PlannedAsync(3, provider: "listing");
        foreach (var id in ids)
            await _gate.AdvanceAsync(id);
        Provider.Starts.ShouldBe(1);

        (await _gate.AdvanceAfterAsync(Settled, ids[0])).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-1");
        await _gate.AdvanceAsync(ids[1]);
        await _gate.AdvanceAsync(ids[2]);
        Provider.Tasks.Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_submit_that_made_nothing_is_sent_once_more_and_not_twice()
    {
        Provider.Next.Enqueue((Makes: false, Answers: false));
        Provider.Next.Enqueue((Makes: false, Answers: false));
        var id = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(id);
        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<Submitting>().LostBefore.ShouldBe(1);
        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<InDoubt>();

        Provider.Starts.ShouldBe(2);
        (await _gate.IntentsAsync()).Select(row => row.Outcome).ShouldBe(["Lost", "Doubted"]);
    }

    [Fact]
    public async Task without_the_accounts_exclusiveness_a_person_decides_and_adopts_with_a_click()
    {
        Provider.Next.Enqueue((Makes: true, Answers: false));
        var id = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(id);
        var doubt = (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<InDoubt>();
        doubt.Problem.Code.ShouldBe("several_tasks");
        doubt.Candidates!.Single().RemoteId.ShouldBe("task-1");

        await _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", "task-1", CancellationToken.None);
        (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<GenerationState.Rendering>();
        Provider.Starts.ShouldBe(1);
    }

    /// <summary>An order whose answer was lost and whose task is in the list, which proves nothing of it.</summary>
    private async Task<(Guid Id, InDoubt Doubt)> DoubtedAsync()
    {
        Provider.Next.Enqueue((Makes: true, Answers: false));
        var id = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(id);
        return (id, (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<InDoubt>());
    }

    private static CheckOutcome.Refused Refused(ProviderFaultCode code) => new(new ProviderFault(code, "said", "It says no."));

    [Theory]
    [InlineData(ProviderFaultCode.NotFoundOrExpired)]
    [InlineData(ProviderFaultCode.Protocol)]
    public async Task a_task_that_the_provider_does_not_know_is_not_adopted(ProviderFaultCode code)
    {
        var (id, doubt) = await DoubtedAsync();
        Provider.OnCheck = _ => Refused(code);
        var refused = await Should.ThrowAsync<RefusedException>(() => _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", "task-l", CancellationToken.None));
        (refused.Problem.Code, refused.Field).ShouldBe(("task_unknown", "task"));
        (await _gate.FindAsync(id)).State.ShouldBeOfType<InDoubt>().Candidates.ShouldBe(doubt.Candidates);
    }

    [Fact]
    public async Task a_task_that_its_provider_listed_itself_is_adopted_though_its_answer_cant_be_read_now()
    {
        var (id, doubt) = await DoubtedAsync();
        Provider.OnCheck = _ => Refused(ProviderFaultCode.Protocol);
        var adopted = await _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", doubt.Candidates!.Single().RemoteId, CancellationToken.None);
        adopted.State.ShouldBeOfType<GenerationState.Rendering>().Doubt.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_mistyped_task_that_is_found_out_later_leaves_the_doubt_and_its_tasks_as_they_were()
    {
        var (id, doubt) = await DoubtedAsync();
        Provider.OnCheck = _ => Refused(ProviderFaultCode.Transient);
        await _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", "task-l", CancellationToken.None);
        (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<GenerationState.Rendering>();
        (await _gate.IntentsAsync()).Single().RemoteId.ShouldBe("task-l");
        Provider.OnCheck = _ => Refused(ProviderFaultCode.NotFoundOrExpired);
        var again = (await _gate.AdvanceAfterAsync(TimeSpan.FromMinutes(1), id)).State.ShouldBeOfType<InDoubt>();
        (again.Intent, again.Problem.Code).ShouldBe((doubt.Intent, "adopted_task_unknown"));
        again.Candidates!.Single().RemoteId.ShouldBe("task-1");
        (await _gate.IntentsAsync()).Select(row => (row.Outcome, row.RemoteId)).ShouldBe([("Doubted", null)]);
        (await _gate.Get<VideoGenerations>().LookAsync(id, CancellationToken.None)).Tasks.Single().RemoteId.ShouldBe("task-1");
        (await _gate.Get<GenerationStore>().HeldTasksAsync("listing", ["task-l"], CancellationToken.None)).ShouldBeEmpty();

        // The first one's task comes so late that it stands in the window of a second one, which made nothing.
        DeclareExclusive();
        Provider.Next.Enqueue((Makes: false, Answers: false));
        var second = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(second);
        Provider.Tasks[0] = Provider.Tasks[0] with { CreatedAt = _gate.Clock.GetUtcNow() };
        (await _gate.AdvanceAfterAsync(Settled, second)).State.ShouldNotBeOfType<GenerationState.Rendering>();

        Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromSeconds(10));
        await _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", "task-1", CancellationToken.None);
        (await _gate.AdvanceAsync(id)).State.ShouldBeOfType<GenerationState.Rendering>().Doubt.ShouldBeNull("the task was seen");
        (await _gate.IntentsAsync()).ShouldContain(row => row.Outcome == "Taken" && row.RemoteId == "task-1");
    }

    [Fact]
    public async Task the_sweep_gives_a_mistyped_task_up_too()
    {
        var (id, _) = await DoubtedAsync();
        Provider.OnCheck = _ => Refused(ProviderFaultCode.Transient);
        await _gate.Get<VideoGenerations>().AdoptAsync(id, "tester", "task-l", CancellationToken.None);
        Provider.OnCheck = _ => Refused(ProviderFaultCode.NotFoundOrExpired);
        await _gate.Get<Sweep>().RunAsync(CancellationToken.None);
        (await _gate.FindAsync(id)).State.ShouldBeOfType<InDoubt>().Candidates!.Count.ShouldBe(1);
        (await _gate.Get<GenerationStore>().HeldTasksAsync("listing", ["task-l"], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_task_that_another_submit_in_doubt_may_have_made_is_not_claimed()
    {
        Provider.Next.Enqueue((Makes: true, Answers: false));
        var first = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(first);
        (await _gate.AdvanceAfterAsync(Settled, first)).State.ShouldBeOfType<InDoubt>();
        DeclareExclusive();

        Provider.Next.Enqueue((Makes: false, Answers: false));
        var second = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(second);
        // The first one's task comes so late that it stands in the second one's window.
        Provider.Tasks[0] = Provider.Tasks[0] with { CreatedAt = _gate.Clock.GetUtcNow() };
        (await _gate.AdvanceAfterAsync(Settled, second)).State.ShouldNotBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_task_that_comes_late_of_a_submit_taken_for_lost_is_not_claimed_for_another_product()
    {
        DeclareExclusive();
        Provider.Next.Enqueue((Makes: false, Answers: false));
        var first = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(first);
        var late = new RemoteTask("late", _gate.Clock.GetUtcNow());
        (await _gate.AdvanceAfterAsync(Settled, first)).State.ShouldBeOfType<GenerationState.Rendering>();
        Provider.Tasks.Add(late);

        Provider.Next.Enqueue((Makes: false, Answers: false));
        var second = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(second);
        var doubt = (await _gate.AdvanceAfterAsync(Settled, second)).State.ShouldBeOfType<InDoubt>();
        doubt.Candidates!.Single().RemoteId.ShouldBe("late");
    }

    [Fact]
    public async Task a_task_that_one_of_a_videos_own_two_submits_made_is_its_own()
    {
        DeclareExclusive();
        Provider.Next.Enqueue((Makes: false, Answers: false));
        Provider.Next.Enqueue((Makes: true, Answers: false));
        var id = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(id);
        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<Submitting>().LostBefore.ShouldBe(1);

        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-2");
    }

    /// <summary>An order whose task is known, and after it one whose answer is lost.</summary>
    private async Task<(Guid Known, Guid Lost)> KnownAndLostAsync(bool makes, string? knownAs = null)
    {
        var known = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(known);
        Provider.Next.Enqueue((Makes: makes, Answers: false));
        var lost = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAfterAsync(TimeSpan.FromSeconds(10), lost);
        if (knownAs is not null)
        {
            await using var db = await _gate.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
            await db.Generations.Where(row => row.Id == known).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, knownAs));
        }

        return (known, lost);
    }

    [Theory]
    [InlineData(CorrelationClass.ListOnly)]
    [InlineData(CorrelationClass.Tag)]
    public async Task a_list_that_lacks_a_video_which_is_known_to_have_been_made_proves_nothing(CorrelationClass correlation)
    {
        Provider.Correlation = correlation;
        var (_, lost) = await KnownAndLostAsync(makes: true, nameof(AwaitingReview));
        Provider.Others = [];

        var doubt = (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Problem.OperatorText.Contains("task-1", StringComparison.Ordinal), Provider.Starts).ShouldBe(("list_incomplete", true, 2));
        (await _gate.Get<VideoGenerations>().LookAsync(lost, CancellationToken.None)).Text.ShouldContain("lacks videos");
        Provider.Others = null;
        (await _gate.Get<VideoGenerations>().LookAsync(lost, CancellationToken.None)).Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe("task-2");
    }

    [Theory]
    [InlineData(CorrelationClass.ListOnly)]
    [InlineData(CorrelationClass.Tag)]
    public async Task a_list_that_lacks_a_video_which_is_still_being_made_is_looked_at_again(CorrelationClass correlation)
    {
        Provider.Correlation = correlation;
        var (_, lost) = await KnownAndLostAsync(makes: true);
        Provider.Others = [];

        (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<Submitting>();
        Provider.Others = null;
        DeclareExclusive();
        (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-2");
        Provider.Starts.ShouldBe(2);
    }

    [Theory]
    [InlineData(CorrelationClass.ListOnly)]
    [InlineData(CorrelationClass.Tag)]
    public async Task records_that_lag_when_they_are_first_read_do_not_pay_for_a_second_video(CorrelationClass correlation)
    {
        DeclareExclusive();
        Provider.Correlation = correlation;
        var (_, lost) = await KnownAndLostAsync(makes: true);
        (Provider.Others, Provider.Lags) = ([], 1);

        // The list alone proves nothing until it shows what is known; a mark is found as soon as it is there.
        var found = await _gate.AdvanceAfterAsync(Settled, lost);
        if (correlation is CorrelationClass.ListOnly)
        {
            found.State.ShouldBeOfType<Submitting>();
            found = await _gate.AdvanceAfterAsync(Settled, lost);
        }

        found.State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-2");
        (Provider.Starts, Provider.Lists).ShouldBe((2, correlation is CorrelationClass.ListOnly ? 2 : 1));
    }

    [Theory]
    [InlineData(nameof(AwaitingReview), false)]
    [InlineData(nameof(Failed), true)]
    [InlineData(nameof(Cancelled), true)]
    public async Task a_list_that_shows_what_is_known_and_did_not_fail_is_believed(string knownAs, bool isHidden)
    {
        var (_, lost) = await KnownAndLostAsync(makes: false, knownAs);
        if (isHidden)
            Provider.Tasks.Clear();

        (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<GenerationState.Rendering>();
        Provider.Starts.ShouldBe(3);
    }

    [Fact]
    public async Task another_accounts_only_task_is_not_taken_for_ours()
    {
        DeclareExclusive();
        var (_, lost) = await KnownAndLostAsync(makes: true, nameof(AwaitingReview));
        Provider.Others = [new RemoteTask("theirs", _gate.Clock.GetUtcNow())];

        (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("list_incomplete");
    }

    [Fact]
    public async Task what_is_known_of_another_time_need_not_be_listed()
    {
        var known = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(known);
        _gate.Clock.Advance(TimeSpan.FromMinutes(16));
        Provider.Next.Enqueue((Makes: false, Answers: false));
        var lost = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(lost);
        Provider.Tasks.Clear();

        (await _gate.AdvanceAfterAsync(Settled, lost)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_list_that_cannot_be_read_proves_nothing()
    {
        Provider.ListFails = true;
        Provider.Next.Enqueue((Makes: false, Answers: false));
        var id = (await _gate.PlannedAsync(1, provider: "listing"))[0];
        await _gate.AdvanceAsync(id);
        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<Submitting>();
        Provider.Starts.ShouldBe(1);

        Provider.ListFails = false;
        (await _gate.AdvanceAfterAsync(Settled, id)).State.ShouldBeOfType<GenerationState.Rendering>();
        Provider.Starts.ShouldBe(2);
    }
}
