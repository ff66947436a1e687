using System.CommandLine;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.Host.Terminal;
using ProductVideo.Hosting;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>Starts a backfill for the price that somebody says.</summary>
internal static class StartCommand
{
    private static readonly Option<bool> Wait = new("--wait") { Description = "Works on it here too, and shows how far it is until it is over." };

    public static Command Create()
    {
        var command = new Command("start", "Starts a planned backfill, or its schedule, for the price that is agreed to. Without --yes-pay it says the price.")
        {
            BackfillCommand.Id, YesPay.Option, Wait, CommonOptions.Json,
        };
        command.SetAction((parsed, token) => WithDatabase.RunAsync(
            parsed.GetValue(CommonOptions.Data)!, services => RunAsync(services, parsed, token), token, jobs: parsed.GetValue(Wait), limits: LimitsAtStart.Tighten));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (desk, screen, data) = (services.GetRequiredService<BackfillDesk>(), Screen.Open(parsed.GetValue(CommonOptions.Json)), parsed.GetValue(CommonOptions.Data)!);
        var backfill = await desk.GetAsync(parsed.GetValue(BackfillCommand.Id), cancellationToken);
        if (parsed.GetValue(Wait) && backfill.Plan.Schedule.Cron is { } cron)
            return Failures.Say($"This backfill runs by a schedule ({cron}) that has no end to wait for. Start it without --wait.", Failures.Refused);
        var agreed = YesPay.Of(parsed);
        if (agreed.Count == 0 && backfill is { State: BackfillState.Quoted, Quote: { Prices: { Count: > 0 } prices } quote })
        {
            var price = string.Join(" + ", prices);
            if (!screen.MayAsk)
                return Failures.Say($"It costs {price}. {BackfillLines.StartLine(backfill, quote, data)}.", Failures.Refused);
            screen.Line(BackfillWords.Quote(quote));
            if (!await screen.AskAsync(backfill.Plan.Schedule.Cron is null ? $"Start it for {price}?" : $"Start the schedule, each run for at most {price}?", cancellationToken))
                return Failures.Say("Not started; nothing was spent.", Failures.Refused);
            agreed = prices;
        }

        backfill = await desk.StartAsync(backfill.Id, agreed, BackfillCommand.Who, cancellationToken, quotedAt: backfill.QuotedAt);
        if (parsed.GetValue(Wait) && backfill.State is BackfillState.Running)
            return await FollowAsync(services.GetRequiredService<BackfillWatch>(), screen, backfill, data, cancellationToken);
        BackfillLines.Head(screen, backfill);
        if (backfill.State is BackfillState.Scheduled && agreed.Count == 0)
            screen.Line(BackfillWords.FreeSchedule);
        if (backfill.State is BackfillState.Running)
            screen.Line($"It is made by the running server, or as soon as one starts ({OwnCommand.Here.Line(data)}). Add --wait to work on it here.");
        await screen.DocumentAsync(BackfillAnswer.Of(backfill), cancellationToken);
        return 0;
    }

    private static async Task<int> FollowAsync(BackfillWatch watch, Screen screen, Backfill started, string data, CancellationToken cancellationToken)
    {
        screen.Row("backfill", [$"{started.Id}", $"{started.State}", started.Shop, started.Name]);
        var last = await screen.WatchAsync(async report =>
        {
            WatchedBackfill? last = null;
            await foreach (var now in watch.FollowAsync(started.Id, backfill => backfill.State is not BackfillState.Running, cancellationToken))
            {
                last = now;
                report(BackfillLines.Of(now.Progress, now.Backfill), now.Progress.Share);
            }

            return last!;
        });
        BackfillLines.Tell(screen, last.Backfill, last.Progress, runs: null);
        await screen.DocumentAsync(BackfillAnswer.Of(last.Backfill, last.Progress), cancellationToken);
        var unmade = last.Progress.Of(ItemState.Failed) + last.Progress.Of(ItemState.InDoubt);
        return last.Backfill.State is not BackfillState.Done ? Failures.Say(last.Backfill.Problem?.MerchantText ?? $"It is {last.Backfill.State} now.", Failures.NoVideo)
            : unmade > 0 ? Failures.Say($"{unmade} of {last.Progress.Total} videos could not be made. See why with: {OwnCommand.Here.Line(data, $"backfill status {started.Id} --list")}", Failures.NoVideo)
            : 0;
    }
}
