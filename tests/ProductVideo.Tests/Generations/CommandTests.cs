using ProductVideo.Backfills;
using ProductVideo.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class CommandTests
{
    /// <summary>Which command leads where; everything else is not allowed.</summary>
    public static TheoryData<string, string, string> Table => new()
    {
        { nameof(AwaitingReview), nameof(Command.Approve), nameof(Publishing) },
        { nameof(AwaitingReview), nameof(Command.Reject), nameof(Rejected) },
        { nameof(AwaitingReview), nameof(Command.Cancel), nameof(Rejected) },
        { nameof(Planned), nameof(Command.Cancel), nameof(Planned) },
        { nameof(Submitting), nameof(Command.Cancel), nameof(Submitting) },
        { nameof(Rendering), nameof(Command.Cancel), nameof(Rendering) },
        { nameof(Fetching), nameof(Command.Cancel), nameof(Fetching) },
        { nameof(Withdrawn), nameof(Command.Approve), nameof(Publishing) },
        { nameof(Published), nameof(Command.Withdraw), nameof(Withdrawing) },
        { nameof(InDoubt), nameof(Command.Adopt), nameof(Rendering) },
        { nameof(InDoubt), nameof(Command.GiveUp), nameof(Failed) },
    };

    [Fact]
    public void a_command_is_followed_where_the_table_says_so_and_nowhere_else()
    {
        var expected = Table.ToDictionary(row => (row.Data.Item1, row.Data.Item2), row => row.Data.Item3);
        foreach (var state in Some.States)
        {
            foreach (var command in Some.Commands)
            {
                var followed = GenerationMachine.Follow(Some.Generation(state), command, Some.Noon);
                expected.TryGetValue((state.Name, command.GetType().Name), out var name);
                followed?.State.Name.ShouldBe(name);
                (followed is null).ShouldBe(name is null, $"{state.Name} {command}");
            }
        }
    }

    [Fact]
    public void a_clip_that_is_there_and_only_not_on_its_listing_is_published_without_another_order()
    {
        var failed = Some.Generation(new Failed(Some.Problem, Some.Clip));
        var publishing = GenerationMachine.Follow(failed, new Command.Approve("tester"), Some.Noon)!.State.ShouldBeOfType<Publishing>();
        publishing.Clip.ShouldBe(Some.Clip);
        publishing.AttachKey.ShouldBe(GenerationMachine.AttachKeyOf(failed));
        GenerationMachine.Follow(Some.Generation(new Failed(Some.Problem)), new Command.Approve("tester"), Some.Noon).ShouldBeNull("there is no clip");
    }

    [Fact]
    public void only_what_a_shop_did_not_take_off_at_once_may_be_given_up_and_it_keeps_its_clip()
    {
        var going = new Withdrawing(Some.Clip, "pv-1", "tester", Some.Noon);
        GenerationMachine.Follow(Some.Generation(going), new Command.GiveUp("tester"), Some.Noon).ShouldBeNull();
        var ended = GenerationMachine.Follow(Some.Generation(going with { LastProblem = Some.Problem }), new Command.GiveUp("tester"), Some.Noon)!;
        var failed = ended.State.ShouldBeOfType<Failed>();
        (failed.Clip, failed.Problem.Code, failed.Charged, ended.DueAt).ShouldBe((Some.Clip, "maybe_on_listing", false, null));
    }

    [Fact]
    public void only_what_its_shop_makes_wait_is_stopped_on_its_way_to_the_listing_and_it_is_taken_off_in_case_it_is_there()
    {
        var going = new Publishing(Some.Clip, "pv-1", "tester", Some.Noon, Tries: 1);
        GenerationMachine.Follow(Some.Generation(going), new Command.Withdraw("other"), Some.Noon).ShouldBeNull();
        var waiting = Some.Generation(going with { LastProblem = Some.Problem });
        var stopped = GenerationMachine.Follow(waiting, new Command.Withdraw("other"), Some.Noon)!;
        var off = stopped.State.ShouldBeOfType<Withdrawing>();
        (off.Clip, off.AttachKey, off.By, stopped.DueAt).ShouldBe((Some.Clip, "pv-1", "other", Some.Noon + GenerationMachine.LateArrival));
        ItemStates.Of(off).ShouldBe(ItemState.Publishing);
        var never = GenerationMachine.Apply(stopped, new Answer.Detached(), Some.Noon, Some.Rules()).State.ShouldBeOfType<Withdrawn>();
        (never.Unpublished, ItemStates.Of(never)).ShouldBe((true, ItemState.Rejected));
        GenerationMachine.Follow(waiting, new Command.Withdraw("a newer video", Guid.NewGuid()), Some.Noon).ShouldBeNull();
    }

    [Fact]
    public void who_may_not_reject_stops_what_is_not_finished_and_nothing_else()
    {
        var cancel = new Command.Cancel("tester", MayReject: false);
        GenerationMachine.Follow(Some.Generation(new AwaitingReview(Some.Clip)), cancel, Some.Noon).ShouldBeNull();
        GenerationMachine.Follow(Some.Generation(new Planned()), cancel, Some.Noon)!.CancelRequestedBy.ShouldBe("tester");
    }

    [Fact]
    public void cancelling_twice_keeps_the_first_name()
    {
        var once = GenerationMachine.Follow(Some.Generation(new Planned()), new Command.Cancel("first"), Some.Noon)!;
        GenerationMachine.Follow(once, new Command.Cancel("second"), Some.Noon)!.CancelRequestedBy.ShouldBe("first");
    }

    [Fact]
    public void the_same_clip_is_attached_under_the_same_key_however_often_it_is_tried()
    {
        var generation = Some.Generation(new AwaitingReview(Some.Clip));
        GenerationMachine.AttachKeyOf(generation).ShouldBe(GenerationMachine.AttachKeyOf(generation with { Version = 9 }));
        GenerationMachine.AttachKeyOf(generation).ShouldMatch("^[a-z0-9-]{1,64}$");
    }

    [Fact]
    public void only_what_ended_without_a_listing_may_be_tried_again() =>
        Some.States.Where(state => GenerationMachine.MayRetry(Some.Generation(state))).Select(state => state.Name)
            .ShouldBe([nameof(Failed), nameof(Rejected), nameof(Cancelled), nameof(Withdrawn), nameof(InDoubt)], ignoreOrder: true);

    [Fact]
    public void adopting_a_task_takes_back_an_earlier_wish_to_cancel() =>
        GenerationMachine.Follow(
            Some.Generation(new InDoubt(Some.Intent, null, Some.Problem, Some.Noon), cancelRequestedBy: "somebody"),
            new Command.Adopt("tester", Some.Operation), Some.Noon)!.CancelRequestedBy.ShouldBeNull();
}
