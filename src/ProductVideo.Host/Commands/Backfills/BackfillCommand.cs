using System.CommandLine;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.Host.Terminal;
using ProductVideo.Pipeline;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>Videos of many products from a shell: plan, start, watch, stop.</summary>
internal static class BackfillCommand
{
    public const string Who = "command line";

    public static readonly Argument<Guid> Id = PlainOptions.Id("The backfill's id, as 'backfill list' shows it.", Kind);

    /// <summary>What is said of a word that is none.</summary>
    public const string Kind = "backfill's id. List them with: backfill list";

    /// <summary>All videos too.</summary>
    public static readonly Option<bool> List = new("--list") { Description = "Prints every video, and every product of which none is made, with the reason." };

    private static readonly Option<string?> OnlyShop = new("--shop") { Description = "Only this shop's." };

    public static Requester Requester { get; } = new(Who, Generations.GenerationOrigin.CommandLine);

    public static Command Create()
    {
        var list = new Command("list", "Lists the backfills, newest first: id, state, shop, name, what it makes.") { OnlyShop, CommonOptions.Json };
        list.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, services => ListAsync(services, parsed, token), token, reads: false));
        var status = new Command("status", "Shows how a backfill stands: counts, money, time left.") { Id, List, CommonOptions.Json };
        status.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, services => StatusAsync(services, parsed, token), token, reads: false));
        var delete = new Command("delete", "Deletes a backfill that ordered nothing: a plan, or one that was cancelled before.") { Id, CommonOptions.Json };
        delete.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var (id, screen) = (parsed.GetValue(Id), Screen.Open(parsed.GetValue(CommonOptions.Json)));
            await services.GetRequiredService<BackfillDesk>().DeleteAsync(id, token);
            screen.Line($"{id} Deleted");
            await screen.DocumentAsync(new { Id = id, Deleted = true }, token);
            return 0;
        }, token, reads: false));
        return new Command("backfill", "Videos of many products as one order. 'plan' finds out what it costs, 'start' orders it.")
        {
            PlanCommand.Create(),
            StartCommand.Create(),
            Way("pause", "Orders nothing more until it is resumed. What is under way goes on.", (desk, id, token) => desk.PauseAsync(id, Who, token)),
            Way("resume", "Goes on with a paused backfill.", (desk, id, token) => desk.ResumeAsync(id, token)),
            Way("cancel", "Ends a backfill. What a provider makes already is finished.", (desk, id, token) => desk.CancelAsync(id, Who, token)),
            delete,
            status,
            list,
        };
    }

    private static Command Way(string name, string description, Func<BackfillDesk, Guid, CancellationToken, Task<Backfill>> follow)
    {
        var command = new Command(name, description) { Id, CommonOptions.Json };
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var backfill = await follow(services.GetRequiredService<BackfillDesk>(), parsed.GetValue(Id), token);
            var screen = Screen.Open(parsed.GetValue(CommonOptions.Json));
            screen.Line($"{backfill.Id} {backfill.State}");
            await screen.DocumentAsync(BackfillAnswer.Of(backfill), token);
            return 0;
        }, token, reads: false));
        return command;
    }

    private static async Task<int> StatusAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var desk = services.GetRequiredService<BackfillDesk>();
        var backfill = await desk.GetAsync(parsed.GetValue(Id), cancellationToken);
        var progress = await desk.ProgressAsync(backfill, cancellationToken);
        var runs = backfill.Plan.Schedule.Cron is null
            ? null : await desk.ListAsync(new BackfillFilter(backfill.Shop, RunOf: backfill.Id, Take: BackfillAnswer.MostRuns), cancellationToken);
        var screen = Screen.Open(parsed.GetValue(CommonOptions.Json));
        BackfillLines.Tell(screen, backfill, progress, runs);
        await BackfillDocument.TellAsync(services, screen, BackfillAnswer.Of(backfill, progress, runs), parsed.GetValue(List), cancellationToken);
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var screen = Screen.Open(parsed.GetValue(CommonOptions.Json));
        var all = AllAsync(services.GetRequiredService<BackfillDesk>(), parsed.GetValue(OnlyShop), cancellationToken);
        if (screen.IsJson)
        {
            await screen.DocumentAsync(all.Select(backfill => BackfillAnswer.Of(backfill)), cancellationToken);
            return 0;
        }

        await foreach (var backfill in all)
            screen.Row("backfill", [$"{backfill.Id}", $"{backfill.State}", backfill.Shop, backfill.Name, backfill.Quote is { } quote ? BackfillWords.Quote(quote) : ""]);
        return 0;
    }

    private static async IAsyncEnumerable<Backfill> AllAsync(
        BackfillDesk desk, string? shop, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int Page = 100;
        Backfill? last = null;
        while (true)
        {
            var page = await desk.ListAsync(new BackfillFilter(shop, Before: last, Take: Page), cancellationToken);
            foreach (var backfill in page)
                yield return backfill;
            if (page.Count < Page)
                yield break;
            last = page[^1];
        }
    }
}
