using System.Diagnostics;
using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Running;

/// <summary>
/// Kills at the first, second, third … hit of a point until it no longer fires, then from the first again with other orders, until there
/// were as many kills as wanted.
/// </summary>
internal static class PointRun
{
    public const int OrdersInFlight = 8;

    /// <summary>What SIGKILL leaves as exit code.</summary>
    private const int KilledCode = 128 + Signals.Kill;

    public static async Task<Row> RunAsync(Run run, CrashPoint point, PointSettings settings)
    {
        var took = Stopwatch.StartNew();
        var name = $"{point.Id}-{settings.Correlation}-{settings.Habit}-{settings.Verb}-{Guid.NewGuid().ToString("n")[..4]}";
        var row = new Row($"{point.Id} {point.Where}", Classes.Short(settings.Correlation), settings.Seed);
        await using var lane = await Lane.OpenAsync(run, name, new LaneSettings
        {
            Knobs = new Knobs { Correlation = settings.Correlation, Callbacks = point.OfCallback ? [CallbackFault.None] : [] }, Seed = settings.Seed, Habit = settings.Habit, Verb = settings.Verb,
            NewKey = settings.Verb != "worker", Patience = settings.Patience,
        });
        for (var hit = 1; row.Kills < settings.Kills && !settings.MayStop(row) && DateTimeOffset.UtcNow < settings.Until;)
        {
            var batch = lane.NewBatch(OrdersInFlight);
            await lane.ArmAsync(point, hit);
            await lane.SendAsync(batch);
            var died = !await lane.QuietAsync(batch) && lane.Worker.HasExited;
            if (died)
                await CountKillAsync(lane, row, hit);
            else if (hit == 1)
                row.Violations.Add(new Violation(Breach.Unexpected, "-", $"{point.Id} was never passed"));
            // Where nothing can be found again, one slow answer on a busy machine is doubt enough.
            batch.Undisturbed = !died && hit > 1 && settings.Correlation is not (CorrelationClass.Nothing or CorrelationClass.ListOnly);
            await lane.QuietAsync(batch);
            row.Add(await lane.ToldAsync(batch), await lane.CheckAsync(batch));
            if (hit == 1 && !died)
                break;
            hit = died ? hit + 1 : 1;
        }

        row.Took = took.Elapsed;
        return row;
    }

    private static async Task CountKillAsync(Lane lane, Row row, int hit)
    {
        if (lane.Worker.ExitCode == KilledCode)
            row.Kills++;
        else
            row.Violations.Add(new Violation(Breach.Unexpected, "-", $"hit {hit} ended the worker with code {lane.Worker.ExitCode}, not by SIGKILL"));
        await lane.RestartAsync();
    }
}

/// <summary>How a point is run.</summary>
internal sealed record PointSettings
{
    public CorrelationClass Correlation { get; init; } = CorrelationClass.Tag;
    public BadHabit Habit { get; init; }
    public string Verb { get; init; } = "worker";
    public required int Kills { get; init; }
    public required int Seed { get; init; }
    public TimeSpan Patience { get; init; } = LaneSettings.LongPatience;

    /// <summary>When to stop short; what is missing then counts as a failure.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Stops early, for those who only want to be caught.</summary>
    public Func<Row, bool> MayStop { get; init; } = _ => false;
}
