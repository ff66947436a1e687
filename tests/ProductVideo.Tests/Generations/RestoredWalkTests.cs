using CsCheck;
using ProductVideo.Correlation;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

/// <summary>Whenever a backup is taken and whenever it is put back, one order makes one task, and no task's money is given back.</summary>
public sealed class RestoredWalkTests
{
    [Fact]
    public void no_restore_at_any_moment_pays_twice()
    {
        var correlations = Gen.OneOf([.. Enum.GetValues<CorrelationClass>().Select(Gen.Const)]);
        Gen.Select(correlations, Gen.Int[0, 1_000_000].Array[40], Gen.Int[0, 20], Gen.Int[1, 20]).Sample(
            (correlation, choices, backup, later) =>
            {
                var walk = Walk.Run(correlation, choices, backup, backup + later, forgets: false);
                walk.Tasks.ShouldBeLessThanOrEqualTo(1);
                walk.GaveBack.ShouldBeFalse("the hold of a task that exists was given back");
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData(CorrelationClass.Tag)]
    [InlineData(CorrelationClass.ListOnly)]
    [InlineData(CorrelationClass.Nothing)]
    public void whoever_forgets_to_say_so_pays_twice(CorrelationClass correlation)
    {
        // Otherwise the walk above would prove nothing.
        var most = 0;
        Gen.Int[0, 1_000_000].Array[40].Sample(
            choices => most = Math.Max(most, Walk.Run(correlation, choices, backup: 0, restore: 10, forgets: true).Tasks), iter: 500, threads: 1);
        most.ShouldBeGreaterThan(1);
    }

    /// <summary>One order, and a provider that makes a task for everything that reaches it.</summary>
    private sealed class Walk(CorrelationClass correlation)
    {
        private readonly MachineRules _rules = Some.Rules(correlation);
        private readonly List<(string Nonce, RemoteTask Task)> _made = [];
        private Generation _generation = Some.Generation(new Planned());
        private DateTimeOffset _now = Some.Noon;

        /// <summary>How many tasks were made.</summary>
        public int Tasks => _made.Count;

        /// <summary>Whether it ended as never sent although there is a task.</summary>
        public bool GaveBack { get; private set; }

        public static Walk Run(CorrelationClass correlation, int[] choices, int backup, int restore, bool forgets)
        {
            var walk = new Walk(correlation);
            var kept = walk._generation;
            for (var i = 0; i < choices.Length; i++)
            {
                if (i == backup)
                    kept = walk._generation;
                if (i == restore)
                    walk.Restore(kept, forgets);
                walk.Step(choices[i]);
            }

            return walk;
        }

        private void Restore(Generation kept, bool forgets)
        {
            _generation = kept;
            if (!forgets && GenerationMachine.Restored(kept, kept.CreatedAt, _now, _rules) is { } next)
                Become(next.State, next.DueAt);
        }

        private void Step(int choice)
        {
            if (_generation.DueAt is { } due && due > _now)
                _now = due;
            _now += TimeSpan.FromSeconds(1);
            if (choice % 11 == 0 && GenerationMachine.Follow(_generation, new Command.Cancel("merchant"), _now) is { } cancelled)
            {
                _generation = cancelled;
                return;
            }

            var decision = GenerationMachine.Decide(_generation, _now, _rules);
            Become(decision.State, decision.DueAt);
            var answer = Act(decision.Effect, choice);
            // A crash between the two writes: the answer is lost.
            if (choice % 5 == 0 || answer is null)
                return;
            var next = GenerationMachine.Apply(_generation, answer, _now, _rules);
            Become(next.State, next.DueAt);
        }

        private void Become(GenerationState state, DateTimeOffset? dueAt)
        {
            GaveBack |= _made.Count > 0 && _generation.State is (Planned or Submitting) && state is (Failed or Cancelled);
            _generation = _generation with { State = state, DueAt = dueAt };
        }

        private Answer? Act(Effect effect, int choice) => effect switch
        {
            Effect.Start start => new Answer.Started(Start(start.Intent, choice)),
            Effect.Find find => new Answer.Searched(Find(find.Intent)),
            Effect.Check => Some.Answers[8 + choice % 4],
            Effect.Cancel => new Answer.CancelAnswered(choice % 2 == 0),
            _ => null,
        };

        private StartOutcome Start(SubmitIntent intent, int choice)
        {
            var known = correlation is CorrelationClass.Key ? _made.Find(made => made.Nonce == intent.Nonce).Task : null;
            if (choice % 3 == 0)
            {
                return choice % 2 == 0
                    ? new StartOutcome.Refused(Some.Fault(choice % 4 == 0 ? ProviderFaultCode.RateLimited : ProviderFaultCode.OutOfCredit))
                    : new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient));
            }

            if (known is null)
                _made.Add((intent.Nonce, known = new RemoteTask($"task-{_made.Count + 1}", _now)));
            return choice % 2 == 0 ? new StartOutcome.Accepted(known.ToOperation()) : new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient));
        }

        private FindOutcome Find(SubmitIntent intent) => correlation is CorrelationClass.ListOnly
            ? Elimination.Decide(intent, new Elimination.Seen([.. _made.Select(made => made.Task)], new HashSet<string>(), Exclusive: true, Rivals: 0), _now)
            : _made.Find(made => made.Nonce == intent.Nonce).Task is { } task ? new FindOutcome.Found(task.ToOperation())
            : new FindOutcome.Absent();
    }
}
