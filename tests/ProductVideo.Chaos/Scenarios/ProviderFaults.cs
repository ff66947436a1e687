using ProductVideo.Chaos.Outside;
using static ProductVideo.Chaos.Outside.CreateFault;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>F01–F06, F14–F16: what a provider can do to us.</summary>
internal static class ProviderFaults
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F01", "refused for now, with a time", Storm)
        {
            Outside = () => new Knobs { CreateFaults = [RateLimitedSeconds, RateLimitedDate, UnavailableWithRetryAfter], FaultsPerProduct = 2 },
        },
        new("F02", "errors and silence on create", Storm)
        {
            Outside = () => new Knobs
            {
                CreateFaults = [ServerErrorAfter, ServerErrorBefore, BadGatewayAfter, TimeoutStatusAfter, HangAfter, HangBefore, DropAfter, DropBefore, GarbageAfter],
            },
        },
        new("F03", "refused for good", async stage =>
        {
            var batch = await stage.OrderAsync(10);
            // 401 and 402 close the account until a person has mended it; this one says so again and again.
            using var gone = new CancellationTokenSource();
            var person = MendAsync(stage, gone.Token);
            await stage.EndAsync(batch, generation => generation.State is "Failed");
            await gone.CancelAsync();
            await person;
            foreach (var order in batch.Orders.Where(order => stage.World.Provider.CreatesOf(order.Product) != 1))
                stage.Unexpected(order.Product, $"{stage.World.Provider.CreatesOf(order.Product)} creates for a refusal");
        })
        {
            Outside = () => new Knobs { CreateFaults = [Status400, Status401, Status402, Status403, Status422], FaultsPerProduct = int.MaxValue },
        },
        new("F04", "provider away in mid-run", async stage =>
        {
            var batch = await stage.OrderAsync(10);
            stage.World.Knobs.ProviderDownUntil = DateTimeOffset.UtcNow.AddSeconds(2.5);
            var more = await stage.OrderAsync(4);
            await stage.EndAsync(batch);
            await stage.EndAsync(more);
        }),
        new("F05", "addresses that died, or show a page", Storm)
        {
            Outside = () => new Knobs { FileFaults = [FileFault.ForbiddenOnce, FileFault.ExpiredOnce, FileFault.HtmlOnce, FileFault.None] },
        },
        new("F06", "bytes that are no clip", async stage =>
        {
            var batch = await stage.OrderAsync(10);
            await stage.EndAsync(batch, generation => generation.State is "Failed");
            foreach (var order in batch.Orders.Where(order => stage.World.Provider.CreatesOf(order.Product) != 1))
                stage.Unexpected(order.Product, "a bad clip was paid for again");
        })
        {
            Outside = () => new Knobs { FileFaults = [FileFault.HtmlAsVideo, FileFault.Empty, FileFault.Truncated, FileFault.TooShort, FileFault.Black] },
        },
        new("F14", "a list that lags", Storm)
        {
            Outside = () => new Knobs { CreateFaults = [DropAfter, ServerErrorAfter, HangAfter], ListLag = TimeSpan.FromSeconds(0.6) },
        },
        new("F15", "calls forged, doubled, early, none", async stage =>
        {
            var batch = await stage.OrderAsync(15);
            await stage.EndAsync(batch);
            var calls = stage.World.Callbacks;
            if (calls.LetIn > 0)
                stage.Unexpected("-", $"{calls.LetIn} forged calls were let in");
            if (calls.TurnedAway == 0)
                stage.Unexpected("-", "no forged call was ever turned away");
            // Asked once when it was taken and once for each call; a few more where the machine is slow.
            foreach (var task in stage.World.Provider.Tasks.Where(t => t.CallbackFault is not CallbackFault.Missing && t.Checks > calls.DeliveriesOf(t.Id) + 2))
                stage.Unexpected(task.Product, $"asked {task.Checks} times about {task.Id} for {calls.DeliveriesOf(task.Id)} calls");
        })
        {
            Outside = () => new Knobs
            {
                RenderTakes = TimeSpan.FromSeconds(9),
                Callbacks = [CallbackFault.None, CallbackFault.BeforeAnswer, CallbackFault.Doubled, CallbackFault.OutOfOrder, CallbackFault.Missing],
                Forgeries = true,
            },
            Patient = true,
        },
        new("F16", "another task's id in the answer", async stage =>
        {
            var batch = await stage.OrderAsync(6);
            await stage.EndAsync(batch, generation => generation.State is "Published" or "InDoubt");
            if (stage.Row.Parked == 0)
                stage.Unexpected("-", "nobody was told of the doubled id");
        })
        {
            Outside = () => new Knobs { CreateFaults = [OthersId] },
        },
    ];

    private static async Task MendAsync(Stage stage, CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            await stage.Lane.Worker.Api.ReopenAsync();
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(250), gone));
        }
    }

    public static async Task Storm(Stage stage) => await stage.EndAsync(await stage.OrderAsync(12));
}
