using System.Collections.Concurrent;
using CsCheck;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Spending;

/// <summary>Whatever answers, crashes and commands come in whatever order, the books say what the provider's ledger says.</summary>
public sealed class MoneyWalkTests
{
    private const decimal Price = 0.70m;

    [Fact]
    public void at_the_end_nothing_is_held_and_what_is_spent_is_what_the_provider_charged()
    {
        var ends = new ConcurrentDictionary<string, int>();
        var correlations = Gen.OneOf([.. Enum.GetValues<CorrelationClass>().Select(Gen.Const)]);
        var billings = Gen.OneOf([.. Enum.GetValues<BillingRule>().Where(rule => rule is not BillingRule.Free).Select(Gen.Const)]);
        Gen.Select(correlations, billings, Gen.Int[0, 1_000_000].Array[40]).Sample(
            (correlation, billing, choices) =>
            {
                var walk = new Walk(correlation, billing);
                foreach (var choice in choices)
                    walk.Step(choice);
                walk.Check();
                ends.AddOrUpdate(walk.End, 1, (_, n) => n + 1);
            },
            iter: 5_000);
        // A walk that never gets anywhere would prove nothing.
        foreach (var end in new[] { "Published settled", "Failed settled", "Failed released", "Cancelled released", "Cancelled settled", "Rejected settled", "InDoubt held" })
            ends.Keys.ShouldContain(end);
    }

    private sealed class Walk(CorrelationClass correlation, BillingRule billing)
    {
        private readonly MachineRules _rules = Some.Rules(correlation);
        private readonly Ledger _provider = new(billing);
        private Generation _generation = MoneyMovesTests.Paid(new Planned(), billing);
        private MoneyMove? _last;
        private DateTimeOffset _now = Some.Noon;
        private decimal _held;
        private decimal _spent;
        private bool _givenUp;

        public string End => $"{_generation.State.Name} {(_held > 0 ? "held" : _last!.Kind is MoneyMoveKind.Settle ? "settled" : "released")}";

        public void Step(int choice)
        {
            if (_last is null)
                Book(before: null);
            if (_generation.DueAt is { } due && due > _now)
                _now = due;
            if (choice % 7 == 0 && GenerationMachine.Follow(_generation, CommandOf(choice / 7), _now) is { } followed)
            {
                _givenUp |= _generation.State is InDoubt && followed.State is Failed;
                if (_givenUp)
                    _provider.FinishUnseen();
                Become(followed);
            }
            else
            {
                var decision = GenerationMachine.Decide(_generation, _now, _rules);
                Become(_generation with { State = decision.State, DueAt = decision.DueAt });
                var answer = _provider.Answer(decision.Effect, choice);
                // A crash between the two writes: the answer is lost, the committed state stays.
                if (choice % 5 != 0 && answer is not null)
                {
                    if (answer is Answer.Checked { Outcome: CheckOutcome.Ready or CheckOutcome.Refused { ReportedCost: not null } })
                        _provider.IsReportRead = true;
                    var next = GenerationMachine.Apply(_generation, answer, _now, _rules);
                    Become(_generation with { State = next.State, DueAt = next.DueAt });
                }
            }

            _now += choice % 23 == 0 ? TimeSpan.FromHours(3) : TimeSpan.FromSeconds(1 + choice % 30);
        }

        public void Check()
        {
            var open = _last is { Kind: MoneyMoveKind.Hold };
            _held.ShouldBe(open ? Price : 0);
            if (!_generation.State.IsFinal)
                return;
            _held.ShouldBe(0, _generation.State.Name);
            _spent.ShouldBeGreaterThanOrEqualTo(_provider.Charged);
            // What nobody can prove counts as spent; everything else is exact.
            if (!_givenUp && billing is not BillingRule.Unknown)
                _spent.ShouldBe(_provider.Charged);
        }

        private void Become(Generation after)
        {
            var before = _generation;
            _generation = after;
            Book(before);
        }

        private void Book(Generation? before)
        {
            if (MoneyMoves.Of(_last, before, _generation) is not { } move)
                return;
            _held += move.Kind is MoneyMoveKind.Hold ? move.Amount.Amount : -Price;
            _spent += move.Kind is MoneyMoveKind.Settle ? move.Amount.Amount : 0;
            _held.ShouldBeGreaterThanOrEqualTo(0);
            _last = move;
        }

        private Command CommandOf(int choice) => Some.Commands[choice % Some.Commands.Count] is Command.Adopt
            ? new Command.Adopt("tester", _provider.Task ?? new ProviderOperation("mistyped")) : Some.Commands[choice % Some.Commands.Count];
    }

    /// <summary>A provider with one account and an honest ledger. It makes at most one task at a time, as the machine never asks for two.</summary>
    private sealed class Ledger(BillingRule billing)
    {
        private readonly HashSet<string> _taken = [];
        private Money? _cost;
        private bool _ready;
        private bool _gone;
        private CheckOutcome.Refused? _refused;

        private decimal _charged;

        /// <summary>Whether anybody ever read what it says it charged.</summary>
        public bool IsReportRead { get; set; }

        /// <summary>What it charged; where its report was lost for good, nobody can know more than the estimate.</summary>
        public decimal Charged => _charged > 0 && !IsReportRead ? Price : _charged;

        public ProviderOperation? Task { get; private set; }

        public Answer? Answer(Effect effect, int choice) => effect switch
        {
            Effect.Start start => new Answer.Started(Start(start.Intent, choice)),
            Effect.Find => new Answer.Searched(Task is null ? new FindOutcome.Absent() : new FindOutcome.Found(Task)),
            Effect.Check check => new Answer.Checked(Check(check.Operation, choice)),
            Effect.Cancel => new Answer.CancelAnswered(Stop(choice)),
            Effect.Fetch => Some.Answers[14 + choice % 4],
            Effect.Publish => Some.Answers[18 + choice % 3],
            _ => null,
        };

        /// <summary>A task that was given up may go on to its end, seen by nobody.</summary>
        public void FinishUnseen()
        {
            if (Task is not null && _refused is null && !_ready)
                _charged = Price;
        }

        private StartOutcome Start(SubmitIntent intent, int choice)
        {
            if (choice % 3 != 0 && _taken.Add(intent.Nonce))
                Task = new ProviderOperation("task-" + intent.Nonce);
            return choice % 2 == 1 ? new StartOutcome.Unknown(Some.Fault(ProviderFaultCode.Transient))
                : Task is not null ? new StartOutcome.Accepted(Task)
                : new StartOutcome.Refused(Some.Fault(choice % 4 == 0 ? ProviderFaultCode.RateLimited : ProviderFaultCode.InvalidInput));
        }

        private CheckOutcome Check(ProviderOperation operation, int choice)
        {
            if (operation != Task || _gone)
                return new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired));
            if (_refused is not null)
                return _refused;
            return (choice / 11 % 8) switch
            {
                0 or 1 when !_ready => new CheckOutcome.Pending(TimeSpan.FromSeconds(10), Queued: choice % 2 == 0),
                2 => new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.Transient)),
                3 when !_ready => Refuse(ProviderFaultCode.ContentRefused, billing is BillingRule.OnModerationToo || (billing is BillingRule.Unknown && choice % 2 == 0)),
                4 when !_ready => Refuse(ProviderFaultCode.InvalidInput, billing is BillingRule.Unknown && choice % 2 == 0),
                5 => Lose(),
                _ => Finish(choice),
            };
        }

        private CheckOutcome.Ready Finish(int choice)
        {
            if (!_ready)
            {
                _cost = (choice / 97 % 4) switch { 0 => null, 1 => new Money(0.55m, "USD"), 2 => new Money(0.90m, "USD"), _ => new Money(Price, "USD") };
                _charged = _cost?.Amount ?? Price;
            }

            _ready = true;
            return new CheckOutcome.Ready([new ClipSource.Remote("https://provider.example/a.mp4", null)], _cost);
        }

        private CheckOutcome.Refused Refuse(ProviderFaultCode code, bool charged)
        {
            _charged = charged ? Price : 0;
            return _refused = new CheckOutcome.Refused(Some.Fault(code));
        }

        /// <summary>The clip was made, charged and thrown away before anybody asked.</summary>
        private CheckOutcome.Refused Lose()
        {
            if (!_ready)
                _charged = Price;
            (_gone, _ready) = (true, true);
            return new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired));
        }

        private bool Stop(int choice)
        {
            if (_ready || _refused is not null || choice % 2 == 0)
                return false;
            // Where it had begun, what was spent on it stays charged.
            var spent = choice % 3 == 0 ? 0.20m : 0;
            _charged = spent;
            _refused = new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed), new Money(spent, "USD"), Stopped: true);
            return spent == 0;
        }
    }
}
