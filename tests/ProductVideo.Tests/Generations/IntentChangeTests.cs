using ProductVideo.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

public sealed class IntentChangeTests
{
    private static readonly Submitting Sent = new(Some.Intent);
    private static readonly Submitting Later = new(new("zyxwvutsrqponmlkjihgfedcba", Some.Noon));
    private static readonly GenerationState.Rendering Made = new(Some.Operation, Some.Noon);
    private static readonly InDoubt Doubt = new(Some.Intent, null, Some.Problem, Some.Noon);

    public static TheoryData<GenerationState, GenerationState, string, string?> Changes => new()
    {
        { new Planned(), Sent, nameof(IntentOutcome.Open), null },
        { Sent, Made, nameof(IntentOutcome.Taken), "task-1" },
        { Sent, new Planned(Refusals: 1), nameof(IntentOutcome.Refused), null },
        { Sent, new Planned(LostBefore: 1), nameof(IntentOutcome.Lost), null },
        { Sent with { LostBefore = 1 }, new Planned(Refusals: 1, LostBefore: 1), nameof(IntentOutcome.Refused), null },
        { Sent, new Failed(Some.Problem), nameof(IntentOutcome.Refused), null },
        { Sent, Doubt, nameof(IntentOutcome.Doubted), null },
        { Doubt, Made, nameof(IntentOutcome.Taken), "task-1" },
        { Doubt, new Failed(Some.Problem), nameof(IntentOutcome.GivenUp), null },
        { new Planned(), Doubt, nameof(IntentOutcome.Doubted), null },
        { Made with { Adopted = true, Doubt = Doubt }, Doubt, nameof(IntentOutcome.Doubted), null },
        // Looked for after a restored backup: the second name first, then the first, then it was never sent.
        { Later, Sent, nameof(IntentOutcome.Open), null },
        { Sent with { Otherwise = Later }, Later, nameof(IntentOutcome.Refused), null },
        { Sent with { Otherwise = new Planned() }, new Planned(), nameof(IntentOutcome.Refused), null },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void every_change_about_an_intent_says_what_came_of_it(GenerationState before, GenerationState after, string outcome, string? task) =>
        IntentChange.Between(before, after).ShouldBe(new IntentChange(Some.Intent, Enum.Parse<IntentOutcome>(outcome), task));

    [Fact]
    public void what_is_said_to_an_order_that_goes_again_under_its_name_settles_nothing_of_the_lost_one()
    {
        var again = new Submitting(Some.Intent with { Again = true }, LostBefore: 1);
        foreach (var refused in new GenerationState[] { new Planned(Refusals: 1, LostBefore: 1), new Failed(Some.Problem) })
            IntentChange.Between(again, refused).ShouldBe(new IntentChange(again.Intent, IntentOutcome.Lost));
        (Surfaces(again, new Failed(Some.Problem)), Surfaces(again, Made), Surfaces(Sent, Made)).ShouldBe((true, true, false));
        Surfaces(Sent, new Planned(LostBefore: 1)).ShouldBeTrue();
        Surfaces(Doubt with { Intent = again.Intent }, new Failed(Some.Problem)).ShouldBeFalse("it was given up and counts as spent");

        static bool Surfaces(GenerationState before, GenerationState after) => IntentChange.Between(before, after)!.MaySurface;
    }

    [Fact]
    public void a_doubt_that_an_earlier_submits_late_task_takes_over_leaves_the_later_submit_to_be_looked_for()
    {
        var after = (InDoubt)GenerationMachine.Surfaced(Some.Generation(Doubt with { Intent = Later.Intent }), Some.Intent, Some.Operation)!.State;
        IntentChange.All(Doubt with { Intent = Later.Intent }, after).ShouldBe(
            [new IntentChange(Some.Intent, IntentOutcome.Doubted, "task-1"), new IntentChange(Later.Intent, IntentOutcome.Lost)]);
        IntentChange.All(after, new Failed(Some.Problem)).ShouldBe([new IntentChange(Some.Intent, IntentOutcome.GivenUp, "task-1")]);
        GenerationMachine.Surfaced(Some.Generation(after), Later.Intent, new("task-2")).ShouldBeNull("its task is known");
    }

    [Fact]
    public void changes_about_no_intent_say_nothing()
    {
        IntentChange.Between(Made, new InDoubt(null, Some.Operation, Some.Problem, Some.Noon)).ShouldBeNull();
        IntentChange.Between(new InDoubt(null, Some.Operation, Some.Problem, Some.Noon), Made).ShouldBeNull();
        IntentChange.Between(Sent, Sent with { Searches = 1 }).ShouldBeNull();
        foreach (var state in Some.States.Where(s => s is not (Submitting or InDoubt or Planned)))
            IntentChange.Between(Made, state).ShouldBeNull(state.Name);
    }
}
