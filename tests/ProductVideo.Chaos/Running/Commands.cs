using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Running;

/// <summary>The harness's own command line.</summary>
internal static class Commands
{
    private const string Usage = """
        Kills the product at every point of its crash table and looks from outside whether its promises held.

          all      [--kills 5] [--rounds 1]     everything below
          points   [--kills 5] [--point P05 --class T]
          faults   [--rounds 1]                 F01–F18, each round with another seed
          mutants                               workers with one mistake each, which must be found out
          naive    [--kills 6]                  the control: a worker without the protocol, which must be found out

          postgres [--kills 5]                  every point and the faults of many nodes, with the rows on a PostgreSQL server

          --only NAME            one case of these
          --seed N               for all that is left to chance; chosen and printed where it is not given
          --lanes N              how many cases run side by side
          --budget-minutes N     stops short after that; what is missing then has failed
          --keep                 leaves ledgers, logs and databases behind
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var verb = arguments.FirstOrDefault();
        var keep = arguments.Contains("--keep");
        var given = new ConfigurationBuilder().AddCommandLine([.. arguments.Skip(1).Where(argument => argument != "--keep")]).Build();
        var kills = Number(given, "kills", 5);
        var cases = Chosen(verb, given, kills, Number(given, "rounds", 1)).Where(@case => given["only"] is not { } only || @case.Name == only).ToList();
        if (cases.Count == 0)
        {
            Console.WriteLine(Usage);
            return 2;
        }

        return await PlayAsync(
            cases, Number(given, "seed", Environment.TickCount & 0xFFFF), Number(given, "lanes", Environment.ProcessorCount + 2),
            Number(given, "budget-minutes", 24 * 60), keep, verb == "postgres") ? 0 : 1;
    }

    private static IEnumerable<Case> Chosen(string? verb, IConfiguration given, int kills, int rounds) => verb switch
    {
        "points" when given["point"] is { } point => [Case.OfPoint(CrashPoint.Of(point), Classes.Of(given["class"] ?? "T"), kills)],
        "points" => Case.OfPoints(kills),
        "faults" => Case.OfScenarios(rounds),
        "mutants" => Case.OfMutants(),
        "naive" => Case.OfNaive(kills),
        "postgres" => Case.OfServer(kills),
        "all" => [.. Case.OfScenarios(rounds), .. Case.OfMutants(), .. Case.OfNaive(kills), .. Case.OfPoints(kills)],
        _ => [],
    };

    private static async Task<bool> PlayAsync(IReadOnlyList<Case> cases, int seed, int lanes, int minutes, bool keep, bool postgres)
    {
        var took = Stopwatch.StartNew();
        var until = DateTimeOffset.UtcNow.AddMinutes(minutes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases.Count} cases, {lanes} at a time, seed {seed}"));
        await using var run = await Run.OpenAsync(seed, postgres);
        var report = new Report(Console.Out);
        report.Head();
        var waiting = new ConcurrentQueue<Case>(cases);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => PlayWaitingAsync(run, waiting, report, until)));
        report.Sum(took.Elapsed);
        run.Keep = keep || !report.AllPassed;
        if (run.Keep)
            Console.WriteLine("Ledgers, logs and databases: " + run.Folder);
        return report.AllPassed;
    }

    private static async Task PlayWaitingAsync(Run run, ConcurrentQueue<Case> waiting, Report report, DateTimeOffset until)
    {
        while (waiting.TryDequeue(out var @case))
        {
            try
            {
                if (DateTimeOffset.UtcNow > until)
                    throw new TimeoutException("no time was left for it");
                report.Add(@case, await @case.Play(run, run.Seed, until));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                report.Failed(@case, e);
            }
        }
    }

    private static int Number(IConfiguration given, string name, int otherwise) =>
        given[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
