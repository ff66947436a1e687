using CsCheck;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

/// <summary>Whatever answers, crashes and commands come in whatever order, the promises about money hold.</summary>
public sealed class RandomWalkTests
{
    private sealed class World
    {
        public int TasksThatMayExist;
        public int Adopted;
        public readonly HashSet<string> KeysTaken = [];
    }

    [Fact]
    public void no_walk_pays_twice_for_one_intent_or_gets_stuck()
    {
        var correlations = Gen.OneOf([.. Enum.GetValues<CorrelationClass>().Select(Gen.Const)]);
        Gen.Select(correlations, Gen.Int[0, 1_000_000].Array[40]).Sample(
            (correlation, choices) => Walk(correlation, choices), iter: 5_000);
    }

    private static void Walk(CorrelationClass correlation, int[] choices)
    {
        var rules = Some.Rules(correlation);
        var world = new World();
        var generation = Some.Generation(new Planned());
        if (choices[0] % 2 == 0)
            generation = generation with { Order = generation.Order with { StandIns = Some.StandIns } };
        var now = Some.Noon;
        foreach (var choice in choices)
        {
            var before = generation.State;
            if (generation.DueAt is { } due && due > now)
                now = due;
            if (choice % 7 == 0 && GenerationMachine.Follow(generation, Some.Commands[choice / 7 % Some.Commands.Count], now) is { } followed)
            {
                generation = followed;
            }
            else
            {
                var decision = GenerationMachine.Decide(generation, now, rules);
                generation = generation with { State = decision.State, DueAt = decision.DueAt };
                Act(decision.Effect, choice, world);
                // A crash between the two writes: the answer is lost, the committed state stays.
                if (choice % 5 != 0 && AnswerTo(decision.Effect, choice, correlation, world) is { } answer)
                {
                    var next = GenerationMachine.Apply(generation, answer, now, rules);
                    generation = generation with { State = next.State, DueAt = next.DueAt };
                }
            }

            now += TimeSpan.FromSeconds(1 + choice % 30);
            Check(generation, before, correlation, world);
        }
    }

    private static void Act(Effect effect, int choice, World world)
    {
        if (effect is not Effect.Start start)
            return;
        // A provider with keys makes one task for one key.
        if (choice % 3 != 0 && world.KeysTaken.Add(start.Intent.Nonce))
            world.TasksThatMayExist++;
    }

    private static Answer? AnswerTo(Effect effect, int choice, CorrelationClass correlation, World world)
    {
        var created = choice % 3 != 0;
        return effect switch
        {
            Effect.Start when created && choice % 2 == 0 => new Answer.Started(new StartOutcome.Accepted(Some.Operation)),
            Effect.Start when !created && choice % 2 == 0 => new Answer.Started(new StartOutcome.Refused(Some.Fault(ProviderFaultCode.RateLimited))),
            Effect.Start => new Answer.Started(new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient))),
            // An honest search: absent only if no task was made.
            Effect.Find => new Answer.Searched(world.TasksThatMayExist > world.Adopted ? Adopt(world) : new FindOutcome.Absent()),
            Effect.Check => Some.Answers[8 + choice % 4],
            Effect.Cancel => Some.Answers[12 + choice % 2],
            Effect.Fetch => Some.Answers[14 + choice % 4],
            Effect.Publish => Some.Answers[18 + choice % 3],
            Effect.HandOver => Some.Answers[23 + choice % 3],
            _ => null,
        };
    }

    private static FindOutcome Adopt(World world)
    {
        world.Adopted = world.TasksThatMayExist;
        return new FindOutcome.Found(Some.Operation);
    }

    private static void Check(Generation generation, GenerationState before, CorrelationClass correlation, World world)
    {
        world.TasksThatMayExist.ShouldBeLessThanOrEqualTo(1, $"{correlation}: more than one task may have been paid for");
        // A clip that is there may be put on its listing once more; nothing else leaves its end.
        if (before.IsFinal && before is not Published && !(before is Withdrawn or Failed { Clip: not null } && generation.State is Publishing))
            generation.State.ShouldBe(before);
        // Nothing accepted is lost: it is final, waits for a person, or will be looked at again.
        (generation.State.IsFinal || generation.State is AwaitingReview or InDoubt || generation.DueAt is not null).ShouldBeTrue(generation.State.Name);
    }
}
