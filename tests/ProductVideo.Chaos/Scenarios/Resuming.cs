using System.Globalization;
using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>The whole host ends with much under way: by SIGKILL, and as the system asks for it.</summary>
internal static class Resuming
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(45);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("R200", "SIGKILL with 200 in flight", async stage =>
        {
            var batches = new List<Batch>();
            for (var i = 0; i < 10; i++)
                batches.Add(await stage.OrderAsync(20));
            var all = new Batch([.. batches.SelectMany(batch => batch.Orders)]);
            await stage.UntilAsync(() => stage.World.Provider.Tasks.Count >= 100, "100 tasks");
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Kill);
            stage.Row.Kills++;
            await stage.Lane.RestartAsync();
            await stage.EndAsync(all);
        })
        {
            // Nothing may be finished before the last is ordered: all 200 are under way when the host dies.
            Outside = () => new Knobs { RenderTakes = TimeSpan.FromSeconds(25) },
            // 200 at once keep two processors busy for seconds; a lease that ends meanwhile would count as a lost answer beside the one killed.
            Patient = true,
        },
        new("DRAIN", "SIGTERM cuts no submit", async stage =>
        {
            var batch = await stage.OrderAsync(12);
            await stage.UntilAsync(() => stage.World.Provider.Tasks.Count >= 3, "submits under way");
            var worker = stage.Lane.Worker;
            var took = await stage.Lane.EndAsync(worker, Signals.Terminate);
            if (took > DrainLimit)
                stage.Unexpected("-", string.Create(CultureInfo.InvariantCulture, $"took {took.TotalSeconds:0.0} s to drain"));
            if (stage.World.Provider.CutOffs > 0)
                stage.Unexpected("-", $"{stage.World.Provider.CutOffs} submits were cut off in the middle");
            await stage.Lane.RestartAsync();
            await stage.EndAsync(batch);
        })
        {
            Outside = () => new Knobs { CreateTakes = TimeSpan.FromSeconds(2) },
            Patient = true,
        },
        new("P19", "SIGKILL while the tables are made", async stage =>
        {
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Terminate);
            for (var hit = 1; await DiesAsync(stage, hit); hit += 6)
                stage.Row.Kills++;
            if (stage.Row.Kills < 3)
                stage.Unexpected("-", $"only {stage.Row.Kills} places to die at were found");
        }),
    ];

    /// <summary>Begins an empty folder, dies at a statement of the migrations, and must come up on what is there. False once none is left to die at.</summary>
    private static async Task<bool> DiesAsync(Stage stage, int hit)
    {
        Directory.Delete(stage.Lane.Data, recursive: true);
        if (await stage.Lane.StartAsync(crash: string.Create(CultureInfo.InvariantCulture, $"{CrashPoint.Migration}:{hit}")) is { } alive)
        {
            await stage.Lane.EndAsync(alive, Signals.Kill);
            return false;
        }

        if (await stage.Lane.StartAsync() is { } next)
            await stage.Lane.EndAsync(next, Signals.Kill);
        else
            stage.Unexpected("-", $"does not start any more after a death at statement {hit}");
        return true;
    }
}
