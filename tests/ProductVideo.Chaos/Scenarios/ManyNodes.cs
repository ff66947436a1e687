using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Chaos.Running;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>F11 and F13: two workers on one database, and one of them asleep.</summary>
internal static class ManyNodes
{
    /// <summary>
    /// F12 with two nodes: one whose clock runs ahead must not think that a lease is over and a list has settled. Only where the database is
    /// a server, for a file belongs to one machine.
    /// </summary>
    public static Scenario WrongClock { get; } = new("F12n", "two nodes, one ten minutes ahead", async stage =>
    {
        await stage.Lane.StartAsync(TimeSpan.FromMinutes(10));
        await ProviderFaults.Storm(stage);
    })
    {
        Outside = () => new Knobs
        {
            ListLag = TimeSpan.FromSeconds(0.6), CreateTakes = TimeSpan.FromSeconds(0.3), CreateFaults = [CreateFault.DropAfter, CreateFault.None],
        },
    };

    /// <summary>F17 where the jobs are tables of the same server: all of them dropped while they are in use.</summary>
    public static Scenario JobTablesDropped { get; } = new("F17p", "job tables dropped in mid-run", async stage =>
    {
        for (var i = 0; i < 3 && stage.Row.Violations.Count == 0; i++)
        {
            var batch = stage.Lane.NewBatch(8);
            var sending = stage.Lane.SendAllAsync(batch);
            await Task.Delay(stage.Chance.Next(0, 300));
            await stage.Lane.DropJobTablesAsync();
            await sending;
            await stage.EndAsync(batch);
            // Comes up again, with tables made anew.
            await stage.Lane.RestartAsync();
        }
    });

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F11", "asleep past the lease, then awake", async stage =>
        {
            foreach (var point in new[] { "P05", "P08", "P14" })
                await SleepAsync(stage, point, orders: 4, meanwhile: null);
        }),
        new("F11w", "asleep while a person withdraws", async stage =>
        {
            var withdrawn = false;
            for (var tries = 0; tries < 3 && !withdrawn; tries++)
                withdrawn = await SleepAsync(stage, "P14", orders: 1, batch => WithdrawAsync(stage, batch));
        })
        {
            // So that the sleeper finds its answer and no time-out when it wakes.
            Patient = true,
        },
        new("F11l", "asleep between look and write", async stage =>
        {
            for (var i = 0; i < 3; i++)
                await SleepAsync(stage, "LOOK", orders: 1, meanwhile: null);
        }),
        new("F11v", "asleep before its write while withdrawn", async stage =>
        {
            var withdrawn = false;
            for (var tries = 0; tries < 3 && !withdrawn; tries++)
                withdrawn = await SleepAsync(stage, "LOOK", orders: 1, batch => WithdrawAsync(stage, batch));
        })
        {
            Patient = true,
        },
        new("F13", "two replicas, restarted in turn", async stage =>
        {
            await stage.Lane.StartAsync();
            for (var round = 0; round < 4; round++)
            {
                var batch = await stage.OrderAsync(6);
                await Task.Delay(stage.Chance.Next(0, 400));
                var old = stage.Lane.Worker;
                stage.Lane.SpeakTo(stage.Lane.Workers[1]);
                await stage.Lane.EndAsync(old, round % 2 == 0 ? Signals.Terminate : Signals.Kill);
                await stage.Lane.StartAsync();
                await stage.EndAsync(batch);
            }
        }),
        new("F13q", "two replicas in peace, nothing to find", async stage =>
        {
            await stage.Lane.StartAsync();
            var batch = stage.Lane.NewBatch(8);
            batch.Undisturbed = true;
            await stage.Lane.SendAsync(batch);
            await stage.EndAsync(batch);
        })
        {
            Outside = () => new Knobs { Correlation = CorrelationClass.Nothing, CreateTakes = TimeSpan.FromSeconds(0.3) },
            Patient = true,
        },
    ];

    /// <summary>Done before the sleeper wakes: only then can it undo what is done.</summary>
    private static async Task WithdrawAsync(Stage stage, Checking.Batch batch)
    {
        await stage.Lane.Worker.Api.CommandAsync(batch.Orders[0].Answered!.Value, "withdraw");
        await stage.Lane.QuietAsync(batch);
    }

    /// <summary>Waits for what the sleeper had in hand: a while for it to begin, and as long as it takes to mend what it wrote too late.</summary>
    private static async Task DoneAsync(Stage stage, Checking.Batch batch)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            if ((await stage.Lane.CheckAsync(batch)).Count == 0)
                return;
        }
    }

    /// <summary>Lets the worker that passes <paramref name="point"/> sleep until the other one has ended its work, then wakes it.</summary>
    /// <returns>Whether the other one could; false where the sleeper held the one lock that all writers need.</returns>
    internal static async Task<bool> SleepAsync(Stage stage, string point, int orders, Func<Checking.Batch, Task>? meanwhile)
    {
        if (stage.Lane.Workers.Count < 2)
            await stage.Lane.StartAsync();
        stage.World.Trap.Arm(point, 1, Signals.Stop);
        var batch = stage.Lane.NewBatch(orders);
        var sending = stage.Lane.SendAllAsync(batch);
        if (!await stage.UntilAsync(() => stage.World.Trap.Hit is not null, $"a worker at {point}"))
            return false;
        var asleep = stage.Lane.Workers.Single(worker => worker.Id == stage.World.Trap.Hit);
        stage.Lane.SpeakTo(stage.Lane.Workers.Single(worker => worker != asleep));
        var quiet = await stage.Lane.QuietAsync(batch, TimeSpan.FromSeconds(12));
        if (quiet && meanwhile is not null)
            await meanwhile(batch);
        // A worker that waits for the lock can't even say how things stand.
        var takenOver = quiet ? await stage.Lane.ToldAsync(batch) : [];
        asleep.Signal(Signals.Continue);
        await sending;
        await DoneAsync(stage, batch);
        await stage.EndAsync(batch, generation => generation.State is "Published" or "Withdrawn");
        foreach (var (before, after) in takenOver.Join(await stage.Lane.ToldAsync(batch), g => g.Id, g => g.Id, (before, after) => (before, after)))
        {
            if (before.State is "Withdrawn" && after.State != before.State)
                stage.Unexpected(after.Product, $"was {before.State}, and the sleeper made it {after.State}");
        }

        return quiet;
    }
}
