using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Chaos.Running;
using static ProductVideo.Chaos.Outside.CreateFault;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>What the product does not stand yet. Played with the verb <c>pending</c> only; whoever mends one moves it to where it belongs.</summary>
internal static class Pending
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        // A row that was Planned in the backup and submitted since is submitted again: the first start after a restore must look first.
        new("F18p", "back to a backup from before the submits", async stage =>
        {
            stage.World.Knobs.ProviderDownUntil = DateTimeOffset.UtcNow.AddSeconds(4);
            var batch = await stage.OrderAsync(4);
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Kill);
            stage.Lane.BackUp();
            await stage.Lane.RestartAsync();
            await stage.EndAsync(batch);
            await stage.Lane.EndAsync(stage.Lane.Worker, Signals.Kill);
            await stage.Lane.RestoreAsync();
            await stage.EndAsync(batch);
        })
        {
            Outside = () => new Knobs { CreateFaults = [RateLimitedSeconds] },
        },
    ];
}
