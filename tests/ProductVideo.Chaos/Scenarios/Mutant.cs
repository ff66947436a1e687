using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Points;
using ProductVideo.Chaos.Running;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>A worker with one mistake, and the case that must find it out. The same case, without the mistake, must be clean.</summary>
/// <param name="Habit">The mistake.</param>
/// <param name="Where">Id of a scenario or of a crash point.</param>
/// <param name="Promises">What is broken; any of these is a find.</param>
internal sealed record Mutant(BadHabit Habit, string Where, params Breach[] Promises)
{
    /// <summary>Kills, or plays of a scenario, within which a mistake must show: some of them need luck.</summary>
    private const int Kills = 4;

    public CorrelationClass Correlation { get; init; } = CorrelationClass.Tag;

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(BadHabit.RetriesSubmits, "F02", Breach.DoubleCharge),
        new(BadHabit.CallsErrorsRefused, "F02", Breach.DoubleCharge, Breach.Orphan),
        new(BadHabit.NeverFinds, "P05", Breach.DoubleCharge),
        new(BadHabit.FreshKeyEachTry, "P05", Breach.DoubleCharge) { Correlation = CorrelationClass.Key },
        new(BadHabit.NoSettling, "F14", Breach.DoubleCharge),
        new(BadHabit.ReplansSubmits, "P05", Breach.DoubleCharge),
        new(BadHabit.AttachesBlind, "P14", Breach.DoubleAttach),
        new(BadHabit.FreshAttachKey, "P14", Breach.DoubleAttach),
        new(BadHabit.ClearsListing, "P14", Breach.ListingWorse),
        new(BadHabit.NoFencing, "F11w", Breach.Listing, Breach.Unexpected),
        new(BadHabit.NoLease, "F13q", Breach.NeedlessDoubt, Breach.DoubleCharge),
        new(BadHabit.SharedTasks, "F16", Breach.WrongProduct),
        new(BadHabit.BelievesCancel, "C01", Breach.Orphan),
        new(BadHabit.BlindChecks, "F06", Breach.UnsoundClip),
        new(BadHabit.ForgetsRestore, "F18p", Breach.DoubleCharge),
        new(BadHabit.TrustsStrangers, "F15", Breach.Unexpected),
        new(BadHabit.CountsCopies, "F15", Breach.Unexpected),
        new(BadHabit.NoSweep, "F17", Breach.Lost),
    ];

    public async Task<Row> RunAsync(Run run, int seed)
    {
        if (Case.Scenarios.FirstOrDefault(scenario => scenario.Id == Where) is { } scenario)
        {
            for (var play = 1; ; play++)
            {
                var row = await scenario.RunAsync(run, seed + play - 1, Habit);
                if (play == Kills || IsCaught(row))
                    return row;
            }
        }

        return await PointRun.RunAsync(run, CrashPoint.Of(Where), new PointSettings
        {
            Correlation = Correlation, Habit = Habit, Kills = Kills, Seed = seed, Patience = Scenario.ImpatientWithMistakes, MayStop = IsCaught,
        });
    }

    public bool IsCaught(Row row) => row.Count(Promises) > 0;
}
