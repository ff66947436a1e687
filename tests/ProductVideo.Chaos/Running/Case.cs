using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Points;
using ProductVideo.Chaos.Scenarios;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Running;

/// <summary>One thing that passes or fails.</summary>
/// <param name="Name">How it is chosen and shown.</param>
/// <param name="Kills">How many kills it must come to.</param>
/// <param name="Play">Plays it.</param>
/// <param name="IsWanted">What its row must show.</param>
internal sealed record Case(string Name, int Kills, Func<Run, int, DateTimeOffset, Task<Row>> Play, Func<Row, bool> IsWanted)
{
    public static IReadOnlyList<Scenario> Scenarios { get; } = [.. Resuming.All, .. HouseFaults.All, .. ManyNodes.All, .. ProviderFaults.All];

    /// <summary>What keeps the naive worker from passing for a good one: it must be found out at each of these.</summary>
    private static readonly (string Point, Breach Breach)[] s_naive =
        [("P04", Breach.DoubleCharge), ("P05", Breach.DoubleCharge), ("P06", Breach.DoubleCharge), ("P14", Breach.DoubleAttach), ("P15", Breach.DoubleAttach)];

    public bool Passed(Row row) => IsWanted(row) && row.Kills >= Kills;

    /// <summary>The product at every point: all of them for class T, and for the other classes those where the class decides.</summary>
    public static IEnumerable<Case> OfPoints(int kills) =>
        CrashPoint.All.Select(point => OfPoint(point, CorrelationClass.Tag, kills)).Concat(
            from correlation in new[] { CorrelationClass.Key, CorrelationClass.ListOnly, CorrelationClass.Nothing, CorrelationClass.TagWhenFinished }
            from point in CrashPoint.OfSubmit
            // A tag that shows late differs from one that shows at once only where a task is looked for.
            where correlation is not CorrelationClass.TagWhenFinished || point.Id is "P04" or "P05"
            select OfPoint(point, correlation, kills));

    public static Case OfPoint(CrashPoint point, CorrelationClass correlation, int kills) => new(
        $"{point.Id}/{Classes.Short(correlation)}", kills,
        (run, seed, until) => PointRun.RunAsync(run, point, new PointSettings { Correlation = correlation, Kills = kills, Seed = seed, Until = until }),
        IsClean);

    public static IEnumerable<Case> OfScenarios(int rounds) => Of(Scenarios, rounds);

    /// <summary>Where the database is a server: every point again, and what several nodes do to each other.</summary>
    public static IEnumerable<Case> OfServer(int kills) =>
        CrashPoint.All.Select(point => OfPoint(point, CorrelationClass.Tag, kills))
            .Concat(CrashPoint.OfSubmit.Select(point => OfPoint(point, CorrelationClass.ListOnly, kills)))
            .Concat(Of([.. Scenarios.Where(scenario => scenario.Id is "F11" or "F11w" or "F12" or "F13" or "F13q" or "R200" or "DRAIN"), ManyNodes.WrongClock, ManyNodes.JobTablesDropped], rounds: 1));

    private static IEnumerable<Case> Of(IReadOnlyList<Scenario> scenarios, int rounds) =>
        from scenario in scenarios
        from round in Enumerable.Range(0, rounds)
        select new Case(scenario.Id, 0, (run, seed, _) => scenario.RunAsync(run, seed + round), IsClean);

    public static IEnumerable<Case> OfMutants() => Mutant.All.Select(mutant => new Case(
        $"{mutant.Habit}", 0, (run, seed, _) => mutant.RunAsync(run, seed), mutant.IsCaught));

    public static IEnumerable<Case> OfNaive(int kills) => s_naive.Select(naive => new Case(
        $"naive at {naive.Point}", 0,
        (run, seed, until) => PointRun.RunAsync(run, CrashPoint.Of(naive.Point), new PointSettings
        {
            Verb = "naive-worker", Correlation = CorrelationClass.Tag, Kills = kills, Seed = seed, Until = until, MayStop = row => row.Count(naive.Breach) > 0,
        }),
        row => row.Count(naive.Breach) > 0));

    private static bool IsClean(Row row) => row.Violations.Count == 0;
}
