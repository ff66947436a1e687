using System.CommandLine;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Host.Terminal;
using ProductVideo.Pipeline;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands;

/// <summary>Videos in doubt: list them, and lead each out by one of the three ways.</summary>
internal static class DoubtCommand
{
    private static readonly Argument<Guid> Id = PlainOptions.Id("The video's id, as 'doubt list' shows it.", "video's id. List those in doubt with: doubt list");
    private static readonly Argument<string> Task = new("task") { Description = "The provider's id of the task." };

    public static Command Create()
    {
        var list = new Command("list", "Lists the videos in doubt: id, provider, since when, under which mark, what the provider shows now.");
        list.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, services => ListAsync(services, parsed.GetValue(CommonOptions.Data)!, token), token, names: true, reads: false));
        var adopt = Way("adopt", "Takes a task of the provider as this video's. Costs nothing more.", [Id, Task], (generations, parsed, token) =>
            generations.AdoptAsync(parsed.GetValue(Id), Who, parsed.GetValue(Task)!, token));
        var retry = new Command("retry", "Orders the video again. A paid provider charges again: without --yes-pay it says the price.") { Id, YesPay.Option };
        retry.SetAction((parsed, token) => OnAsync(parsed, services => RetryAsync(services, parsed, token), token));
        var giveUp = Way("give-up", "Ends the video. What the provider may have charged counts as spent.", [Id], (generations, parsed, token) =>
            generations.GiveUpAsync(parsed.GetValue(Id), Who, token));
        return new Command("doubt", "Videos whose order may or may not have reached the provider.") { list, adopt, retry, giveUp };
    }

    private const string Who = "command line";

    private static Command Way(
        string name, string description, Argument[] arguments, Func<VideoGenerations, ParseResult, CancellationToken, Task<Generation>> follow)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        command.SetAction((parsed, token) => OnAsync(
            parsed, async services => Tell(await follow(services.GetRequiredService<VideoGenerations>(), parsed, token)), token));
        return command;
    }

    private static async Task<int> RetryAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (generations, id, agreed) = (services.GetRequiredService<VideoGenerations>(), parsed.GetValue(Id), YesPay.Of(parsed));
        var preview = await generations.PreviewRetryAsync(id, MainJob.Requester(agreed), cancellationToken);
        return YesPay.Unagreed(preview, agreed) is { } unagreed
            ? Failures.Say(unagreed, Failures.Refused)
            : Tell(await generations.RetryAsync(id, MainJob.Requester(agreed), cancellationToken));
    }

    private static int Tell(Generation generation)
    {
        Console.WriteLine($"{generation.Id} {generation.State.Name}");
        return 0;
    }

    private static Task<int> OnAsync(ParseResult parsed, Func<IServiceProvider, Task<int>> run, CancellationToken cancellationToken) =>
        WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, run, cancellationToken, names: true);

    private static async Task<int> ListAsync(IServiceProvider services, string data, CancellationToken cancellationToken)
    {
        var generations = services.GetRequiredService<VideoGenerations>();
        Generation? last = null;
        while (true)
        {
            var page = await generations.ListAsync(
                new GenerationFilter(State: nameof(GenerationState.InDoubt), Before: last, Take: 50), cancellationToken);
            foreach (var generation in page)
                await TellAsync(generations, generation, data, cancellationToken);
            if (last is null && page.Count == 0)
                Console.Error.WriteLine("No video is in doubt.");
            if (page.Count < 50)
                return 0;
            last = page[^1];
        }
    }

    private static async Task TellAsync(VideoGenerations generations, Generation generation, string data, CancellationToken cancellationToken)
    {
        foreach (var line in await LinesAsync(generations, generation, OwnCommand.Here, data, cancellationToken))
            Console.WriteLine(line);
    }

    internal static async Task<IReadOnlyList<string>> LinesAsync(
        VideoGenerations generations, Generation generation, OwnCommand own, string data, CancellationToken cancellationToken)
    {
        var doubt = (GenerationState.InDoubt)generation.State;
        var mark = doubt.Intent?.Nonce ?? doubt.Operation?.RemoteId ?? "-";
        var sighting = await generations.LookAsync(generation.Id, cancellationToken);
        return
        [
            Screen.Cells($"{generation.Id}", generation.Order.Provider, $"{doubt.Since.UtcDateTime:u}", mark, generation.Order.ProductTitle),
            $"  {Screen.Plain(sighting.Text)}",
            .. sighting.Tasks.Select(task => "  " + Screen.Cells(task.RemoteId, $"{task.CreatedAt.UtcDateTime:u}")),
            .. WaysOut(own, data, generation.Id, [.. sighting.Tasks.Select(task => task.RemoteId)]).Select(line => $"  {line}"),
        ];
    }

    /// <summary>What to type for each of the three; one task after the other may be the one to adopt.</summary>
    internal static IEnumerable<string> WaysOut(OwnCommand own, string data, Guid id, IReadOnlyList<string> tasks) =>
    [
        .. tasks.DefaultIfEmpty("TASK").Select(task => $"It has that task: {own.Line(data, $"doubt adopt {id} {task}")}"),
        $"Order it again, and pay again: {own.Line(data, $"doubt retry {id}")}",
        $"Give it up: {own.Line(data, $"doubt give-up {id}")}",
    ];
}
