using System.Globalization;
using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Chaos.Running;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>F07–F10, F12, F17, F18: what the shop, the disk, the database and the clock can do to us.</summary>
internal static class HouseFaults
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F07", "blob store full for a while", async stage =>
        {
            var batch = await stage.OrderAsync(8);
            await stage.Lane.Worker.Api.ControlAsync("blobs/true");
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            await stage.Lane.Worker.Api.ControlAsync("blobs/false");
            await stage.EndAsync(batch);
        }),
        new("F08", "shop errors, quota, deleted product", async stage =>
        {
            var batch = await stage.OrderAsync(12);
            stage.World.Knobs.ShopDownUntil = DateTimeOffset.UtcNow.AddSeconds(1);
            await stage.EndAsync(batch, generation => generation.State is "Published" || generation is { State: "Failed", Clip: not null });
        })
        {
            Outside = () => new Knobs
            {
                ShopFaults =
                [
                    ShopFault.UnavailableOnce, ShopFault.UnauthorisedOnce, ShopFault.QuotaOnce, ShopFault.ServerErrorAfterStore, ShopFault.DropAfterStore,
                    ShopFault.ProductDeleted,
                ],
            },
        },
        new("F08s", "a slow shop, two replicas", async stage =>
        {
            await stage.Lane.StartAsync();
            await ProviderFaults.Storm(stage);
        })
        {
            Outside = () => new Knobs { AttachTakes = TimeSpan.FromSeconds(0.8) },
            Patient = true,
        },
        new("F09", "database away in mid-run", async stage =>
        {
            var batch = await stage.OrderAsync(8);
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(stage.Chance.Next(50, 300));
                await stage.Lane.Worker.Api.ControlAsync("database/true");
                await Task.Delay(stage.Chance.Next(100, 600));
                await stage.Lane.Worker.Api.ControlAsync("database/false");
            }

            await stage.EndAsync(batch);
        }),
        new("F10", "commits without acknowledgement", async stage =>
        {
            await stage.Lane.Worker.Api.ControlAsync(string.Create(CultureInfo.InvariantCulture, $"acknowledgements/{stage.Chance.Next(5, 9)}"));
            var batch = await stage.OrderAsync(8);
            await stage.Lane.QuietAsync(batch, TimeSpan.FromSeconds(6));
            await stage.Lane.Worker.Api.ControlAsync("acknowledgements/0");
            // Two commits of one product's submits may be hit: a second loss waits for a person, as it must.
            await stage.EndAsync(batch, generation => generation is { State: "Published" } or { State: "InDoubt", Problem.Code: "submit_unproven" });
            if (stage.Row.Parked > 2)
                stage.Unexpected("-", $"{stage.Row.Parked} of 8 wait for a person");
        }),
        new("F12", "clock ten minutes ahead, then behind", async stage =>
        {
            foreach (var ahead in new[] { TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(-10) })
            {
                await stage.Lane.ArmAsync(CrashPoint.Of("P05"), stage.Chance.Next(1, 5));
                var batch = await stage.OrderAsync(6);
                await stage.Lane.Worker.EndedAsync();
                stage.Row.Kills++;
                await stage.Lane.RestartAsync(ahead);
                await stage.EndAsync(batch);
            }
        }),
        new("F17", "all jobs taken away in mid-run", async stage =>
        {
            for (var i = 0; i < 3 && stage.Row.Violations.Count == 0; i++)
            {
                var batch = stage.Lane.NewBatch(8);
                var sending = stage.Lane.SendAsync(batch);
                while (!sending.IsCompleted)
                    await stage.Lane.Worker.Api.ControlAsync("jobs/empty");
                await sending;
                await stage.Lane.Worker.Api.ControlAsync("jobs/empty");
                await stage.EndAsync(batch);
            }
        }),
        new("F18", "back to a backup", async stage =>
        {
            var batch = await stage.OrderAsync(8);
            // As far as a backup can be restored today: everything in it had been submitted.
            await stage.UntilAsync(() => batch.Orders.All(order => stage.World.Provider.Tasks.Any(task => task.Product == order.Product)), "all submitted");
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Terminate);
            stage.Lane.BackUp();
            await stage.Lane.RestartAsync();
            await stage.EndAsync(batch);
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Kill);
            await stage.Lane.RestoreAsync();
            await stage.EndRestoredAsync(batch);
        })
        {
            Outside = () => new Knobs { RenderTakes = TimeSpan.FromSeconds(1.5) },
        },
        BeforeSubmits("F18p", CorrelationClass.Tag, Stage.IsPublished),
        BeforeSubmits("F18k", CorrelationClass.Key, Stage.IsPublished),
        BeforeSubmits("F18t", CorrelationClass.TagWhenFinished, Stage.IsPublished),
        BeforeSubmits("F18l", CorrelationClass.ListOnly, IsPublishedOrParked),
        BeforeSubmits("F18n", CorrelationClass.Nothing, IsPublishedOrParked),
        new("F18s", "back to a backup with submits lost", async stage =>
        {
            var batch = await stage.OrderAsync(4);
            await stage.UntilAsync(() => batch.Orders.All(order => stage.World.Provider.CreatesOf(order.Product) > 0), "all sent and lost");
            await GoBackAsync(stage, batch);
            await stage.EndRestoredAsync(batch);
        })
        {
            Outside = () => new Knobs { CreateFaults = [CreateFault.DropBefore] },
        },
        new("C01", "cancelled too late to stop", async stage =>
        {
            var batch = await stage.OrderAsync(6);
            await stage.UntilAsync(() => batch.Orders.All(order => stage.World.Provider.Tasks.Any(task => task.Product == order.Product)), "all submitted");
            foreach (var order in batch.Orders)
                await stage.Lane.Worker.Api.CommandAsync(order.Answered!.Value, "cancel");
            await stage.EndAsync(batch, generation => generation.State is "Rejected" or "Published");
        })
        {
            Outside = () => new Knobs { RenderTakes = TimeSpan.FromSeconds(1.5) },
        },
    ];

    private static bool IsPublishedOrParked(GenerationView generation) => generation.State is "Published" or "InDoubt";

    /// <summary>F18 where the backup shows orders that wait, which were sent and paid for since.</summary>
    private static Scenario BeforeSubmits(string id, CorrelationClass correlation, Func<GenerationView, bool> expected) => new(
        id, "back to a backup from before submits", async stage =>
        {
            var batch = await stage.OrderAsync(4);
            await stage.UntilAsync(() => batch.Orders.All(order => stage.World.Provider.CreatesOf(order.Product) > 0), "all told to wait");
            await GoBackAsync(stage, batch);
            await stage.EndRestoredAsync(batch, expected);
        })
    {
        Outside = () => new Knobs { Correlation = correlation, CreateFaults = [CreateFault.RateLimitedSeconds], FaultsPerProduct = int.MaxValue },
    };

    /// <summary>Takes a backup, goes on to the end, and puts the backup back.</summary>
    private static async Task GoBackAsync(Stage stage, Batch batch)
    {
        // Told to end, it cuts no submit off: what a kill does is played elsewhere, and class N would wait for a person.
        await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Terminate);
        stage.Lane.BackUp();
        stage.World.Knobs.CreateFaults = [];
        await stage.Lane.RestartAsync();
        await stage.EndAsync(batch);
        await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Kill);
        await stage.Lane.RestoreAsync();
    }
}
