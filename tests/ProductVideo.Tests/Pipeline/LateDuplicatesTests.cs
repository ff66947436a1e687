using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class LateDuplicatesTests : IAsyncLifetime
{
    private readonly SetBackClock _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly PipelineFixture _pipeline;

    public LateDuplicatesTests() => _pipeline = new PipelineFixture { Clock = _clock };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    /// <summary>A generation whose first submit was lost and not found, and whose second was taken.</summary>
    private async Task<Generation> PaidAgainAsync()
    {
        _pipeline.Provider.OnStart = intent => _pipeline.Provider.Submits.Count == 1
            ? new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."))
            : new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        var again = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), ordered.Id);
        again.State.ShouldBeOfType<GenerationState.Rendering>();
        return again;
    }

    private Task<int> LookAfterAsync(TimeSpan time)
    {
        _pipeline.Clock.Advance(time);
        return _pipeline.Get<LateDuplicates>().RunAsync(CancellationToken.None);
    }

    private void Surface() => _pipeline.Provider.OnFind = intent =>
        intent.Nonce == _pipeline.Provider.Submits[0].Nonce ? new FindOutcome.Found(new ProviderOperation("late")) : new FindOutcome.Absent();

    [Fact]
    public async Task a_task_that_surfaces_after_a_second_was_paid_for_is_stopped_and_told_once()
    {
        var generation = await PaidAgainAsync();
        (await LookAfterAsync(TimeSpan.FromMinutes(3))).ShouldBe(0);
        Surface();

        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        var charge = (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(generation.Id, CancellationToken.None)).Single();
        (charge.RemoteId, charge.Nonce, charge.Stopped).ShouldBe(("late", _pipeline.Provider.Submits[0].Nonce, true));
        (await LookAfterAsync(TimeSpan.FromHours(12))).ShouldBe(0);
        // Counted when it was found, and taken back once it was surely stopped; the hold of the task that is used stays.
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Duplicate), (MoneyMoveKind.Release, 0.7m, MoneyNotes.Duplicate)]);
    }

    [Fact]
    public async Task one_whose_video_can_not_be_read_keeps_no_other_from_its_look()
    {
        await PaidAgainAsync();
        var unread = await _pipeline.OrderAsync(new VideoWishes { Seed = 7 });
        await using (var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync())
        {
            db.SubmitIntents.Add(new SubmitIntentRow { Nonce = "unread", GenerationId = unread.Id, Account = "scripted", Model = "m", Outcome = "Taken", At = _clock.GetUtcNow(), LookAt = _clock.GetUtcNow() });
            await db.SaveChangesAsync();
            await db.Generations.Where(row => row.Id == unread.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Document, "{\"state\":\"of a later version\"}"));
        }

        Surface();

        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
    }

    [Fact]
    public async Task what_can_not_be_stopped_counts_as_spent_beside_the_clip_that_is_used()
    {
        var generation = await PaidAgainAsync();
        _pipeline.Provider.OnCancel = _ => false;
        Surface();
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), generation.Id)).State.ShouldBeOfType<GenerationState.AwaitingReview>();

        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Duplicate), (MoneyMoveKind.Settle, 0.7m, null)]);
        (await _pipeline.Get<VideoGenerations>().GetAsync(generation.Id, CancellationToken.None)).Cost!.Value.Amount.ShouldBe(1.4m);
    }

    /// <summary>A generation of which two submits were lost and not found.</summary>
    private async Task<Generation> LostTwiceAsync()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."));
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), ordered.Id);
        var doubted = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), ordered.Id);
        _pipeline.Provider.Submits.Count.ShouldBe(2);
        doubted.State.ShouldBeOfType<GenerationState.InDoubt>().Intent!.Nonce.ShouldBe(_pipeline.Provider.Submits[1].Nonce);
        _pipeline.Provider.OnCancel = _ => throw new ShouldAssertException("Nothing is to be stopped.");
        return doubted;
    }

    private async Task<GenerationState> StateAsync(Guid id) => (await _pipeline.Get<VideoGenerations>().GetAsync(id, CancellationToken.None)).State;

    [Fact]
    public async Task while_the_second_is_in_doubt_the_late_one_is_offered_and_not_stopped()
    {
        var doubted = await LostTwiceAsync();
        Surface();
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        var doubt = (await StateAsync(doubted.Id)).ShouldBeOfType<GenerationState.InDoubt>();
        (doubt.Intent!.Nonce, doubt.Operation!.RemoteId, doubt.Problem.Code).ShouldBe((_pipeline.Provider.Submits[0].Nonce, "late", "late_task"));
        doubt.Candidates!.Single().RemoteId.ShouldBe("late");
        (await _pipeline.Get<VideoGenerations>().LookAsync(doubted.Id, CancellationToken.None)).Tasks.Single().RemoteId.ShouldBe("late");
        (await LookAfterAsync(TimeSpan.FromHours(1))).ShouldBe(0);
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null)]);

        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        await _pipeline.Get<VideoGenerations>().AdoptAsync(doubted.Id, "tester", "late", CancellationToken.None);
        (await _pipeline.AdvanceAsync(doubted.Id)).State.ShouldBeOfType<GenerationState.AwaitingReview>();
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, null)]);
        (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(doubted.Id, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task beside_a_late_task_that_is_offered_the_second_ones_is_one_too_many()
    {
        var doubted = await LostTwiceAsync();
        Surface();
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        var stopped = "";
        _pipeline.Provider.OnCancel = task => (stopped = task.RemoteId) == "second";
        _pipeline.Provider.OnFind = intent => new FindOutcome.Found(new ProviderOperation(intent.Nonce == _pipeline.Provider.Submits[0].Nonce ? "late" : "second"));
        (await LookAfterAsync(TimeSpan.FromMinutes(30))).ShouldBe(1);
        stopped.ShouldBe("second");
        (await StateAsync(doubted.Id)).ShouldBeOfType<GenerationState.InDoubt>().Operation!.RemoteId.ShouldBe("late");
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Duplicate), (MoneyMoveKind.Release, 0.7m, MoneyNotes.Duplicate)]);
    }

    [Fact]
    public async Task what_was_given_up_is_not_counted_again_when_its_task_surfaces()
    {
        var doubted = await LostTwiceAsync();
        await _pipeline.Get<VideoGenerations>().GiveUpAsync(doubted.Id, "tester", CancellationToken.None);
        Surface();
        var stopped = "";
        _pipeline.Provider.OnCancel = task => (stopped = task.RemoteId) == "late";
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        stopped.ShouldBe("late", "nobody wants it any more");
        (await LookAfterAsync(TimeSpan.FromHours(1))).ShouldBe(0);
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Unproven)]);
        (await _pipeline.Get<GenerationStore>().HeldTasksAsync("scripted", ["late"], CancellationToken.None)).ShouldBe(["late"]);
    }

    [Fact]
    public async Task what_is_given_up_after_its_late_task_was_offered_was_charged_for_that_one_and_a_second_is_counted()
    {
        var doubted = await LostTwiceAsync();
        Surface();
        await LookAfterAsync(TimeSpan.FromMinutes(10));
        await _pipeline.Get<VideoGenerations>().GiveUpAsync(doubted.Id, "tester", CancellationToken.None);
        _pipeline.Provider.OnCancel = _ => false;
        _pipeline.Provider.OnFind = _ => new FindOutcome.Found(new ProviderOperation("second"));
        (await LookAfterAsync(TimeSpan.FromMinutes(30))).ShouldBe(1);
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Unproven), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Duplicate)]);
    }

    private async Task<IReadOnlyList<(MoneyMoveKind, decimal, string?)>> LedgerAsync() =>
        [.. (await _pipeline.Get<SpendLedger>().ListAsync(new SpendFilter(), after: null, 50, CancellationToken.None))
            .Reverse().Select(entry => (entry.Move.Kind, entry.Move.Amount.Amount, entry.Move.Note))];

    [Fact]
    public async Task it_is_looked_for_until_the_provider_forgets_and_then_no_more()
    {
        await PaidAgainAsync();
        for (var hour = 0; hour < 32; hour++)
            (await LookAfterAsync(TimeSpan.FromHours(1))).ShouldBe(0);
        Surface();
        (await LookAfterAsync(TimeSpan.FromHours(12))).ShouldBe(0);
    }

    /// <summary>Where no name is taken twice: the first submit was lost and not found, and the second, under the same name, led to <paramref name="second"/>.</summary>
    private async Task<Generation> SentAgainAsync(Func<SubmitIntent, StartOutcome> second)
    {
        _pipeline.Provider.RefusesSameNonce = true;
        _pipeline.Provider.OnStart = intent => _pipeline.Provider.Submits.Count == 1
            ? new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke.")) : second(intent);
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        var again = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), ordered.Id);
        _pipeline.Provider.Submits.Select(intent => (intent.Nonce == _pipeline.Provider.Submits[0].Nonce, intent.Again)).ShouldBe([(true, false), (true, true)]);
        return again;
    }

    [Fact]
    public async Task a_lost_order_whose_second_under_its_name_was_refused_is_counted_once_it_surfaces()
    {
        var generation = await SentAgainAsync(_ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderated", "It refuses these pictures.")));
        generation.State.ShouldBeOfType<GenerationState.Failed>();
        (await LookAfterAsync(TimeSpan.FromMinutes(3))).ShouldBe(0);
        _pipeline.Provider.OnCancel = _ => false;
        _pipeline.Provider.OnFind = _ => new FindOutcome.Found(new ProviderOperation("late"));
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(generation.Id, CancellationToken.None)).ShouldHaveSingleItem().RemoteId.ShouldBe("late");
        (await LedgerAsync()).ShouldBe([(MoneyMoveKind.Hold, 0.7m, null), (MoneyMoveKind.Release, 0.7m, null), (MoneyMoveKind.Settle, 0.7m, MoneyNotes.Duplicate)]);
    }

    [Fact]
    public async Task beside_a_second_one_under_its_name_a_lost_order_is_told_apart_by_which_task_is_held()
    {
        var generation = await SentAgainAsync(_ => new StartOutcome.Accepted(new ProviderOperation("second")));
        var (second, late) = (new RemoteTask("second", generation.CreatedAt), new RemoteTask("late", generation.CreatedAt));
        _pipeline.Provider.OnFind = _ => new FindOutcome.Found(second.ToOperation());
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(0);
        _pipeline.Provider.OnFind = _ => FindOutcome.Among([late, second], [], wait: null);
        (await LookAfterAsync(TimeSpan.FromMinutes(30))).ShouldBe(1);
        (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(generation.Id, CancellationToken.None)).ShouldHaveSingleItem().RemoteId.ShouldBe("late");
    }

    /// <summary>What a provider that shows nothing but prompts finds of a task.</summary>
    private FindOutcome Among(RemoteTask task, SubmitIntent intent) =>
        task.CreatedAt >= intent.Since && task.CreatedAt <= (intent.Until ?? _pipeline.Clock.GetUtcNow()) ? FindOutcome.Among([task], [], wait: null) : new FindOutcome.Absent();

    private async Task<Generation> WideAsync()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."));
        var wide = (await _pipeline.Get<VideoGenerations>().CreateAsync(
            new("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = "16:9", Seconds = 5, Again = true }, new Requester("tester", GenerationOrigin.Api), null,
            CancellationToken.None)).Generation;
        (await _pipeline.AdvanceAsync(wide.Id)).State.ShouldBeOfType<GenerationState.Submitting>();
        return wide;
    }

    [Fact]
    public async Task a_task_of_a_later_order_of_the_same_prompt_is_not_stopped_as_its_duplicate()
    {
        var first = await PaidAgainAsync();
        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        var wide = await WideAsync();
        wide.Order.Request.Prompt.ShouldBe(first.Order.Request.Prompt);
        var task = new RemoteTask("task-of-wide", _pipeline.Clock.GetUtcNow());
        _pipeline.Provider.OnFind = intent => Among(task, intent);

        (await LookAfterAsync(TimeSpan.Zero)).ShouldBe(0);
        (await LedgerAsync()).ShouldNotContain(entry => entry.Item3 == MoneyNotes.Duplicate);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), wide.Id)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-of-wide");
    }

    [Fact]
    public async Task a_task_that_an_order_of_the_same_prompt_and_time_may_have_made_is_not_stopped_as_its_duplicate()
    {
        await PaidAgainAsync();
        await WideAsync();
        var task = new RemoteTask("task-of-one-of-them", _pipeline.Clock.GetUtcNow());
        _pipeline.Provider.OnFind = _ => FindOutcome.Among([task], [], wait: null);
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(0);
        (await LedgerAsync()).ShouldNotContain(entry => entry.Item3 == MoneyNotes.Duplicate);
    }

    [Fact]
    public async Task a_task_that_was_counted_as_a_second_charge_is_not_taken_for_another_lost_order_of_the_same_prompt()
    {
        await PaidAgainAsync();
        _pipeline.Provider.OnCancel = _ => false;
        Surface();
        (await LookAfterAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        var wide = await WideAsync();
        _pipeline.Provider.OnFind = _ => FindOutcome.Among([new RemoteTask("late", _pipeline.Clock.GetUtcNow())], [], wait: null);
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), wide.Id)).State.ShouldNotBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task the_sweep_looks_by_itself()
    {
        var generation = await PaidAgainAsync();
        Surface();
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(10));
        await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);
        (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(generation.Id, CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task the_sweep_goes_on_looking_though_the_clock_was_set_back()
    {
        _clock.Advance(TimeSpan.FromMinutes(65));
        await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);
        _clock.SetBack = TimeSpan.FromHours(1);
        var generation = await PaidAgainAsync();
        Surface();
        _clock.Advance(TimeSpan.FromMinutes(10));
        await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);
        (await _pipeline.Get<VideoGenerations>().DuplicateChargesAsync(generation.Id, CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task a_submit_that_was_taken_is_never_taken_for_a_duplicate()
    {
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        _pipeline.Provider.OnFind = intent => new FindOutcome.Found(new ProviderOperation("task-" + intent.Nonce));
        (await LookAfterAsync(TimeSpan.FromHours(1))).ShouldBe(0);
    }
}
