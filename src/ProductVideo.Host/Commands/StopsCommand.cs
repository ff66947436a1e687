using System.CommandLine;
using ProductVideo.Accounts;

namespace ProductVideo.Host.Commands;

/// <summary>The kill switches from a shell: for the moment when money runs out.</summary>
internal static class StopsCommand
{
    private static readonly Option<string?> Provider = new("--provider") { Description = "Only this provider, for example local." };
    private static readonly Option<string?> Shop = new("--shop") { Description = "Only this shop." };

    public static IEnumerable<Command> Create()
    {
        var why = new Option<string>("--why") { Description = "A sentence that merchants see.", DefaultValueFactory = _ => "Paused by the operator." };
        var stop = new Command("stop", "Stops new orders of everything, a provider or a shop. What was sent is followed to its end.") { Provider, Shop, why, CommonOptions.Data };
        stop.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            await services.GetRequiredService<SubmitSwitches>().PauseAsync(ScopeOf(parsed), "command line", parsed.GetValue(why)!, token);
            Console.WriteLine($"Stopped: {ScopeOf(parsed)}. Go on with: {OwnCommand.Here.Line(parsed.GetValue(CommonOptions.Data)!, "resume")}");
            return 0;
        }, token));
        var resume = new Command("resume", "Ends a stop; what waited goes on.") { Provider, Shop, CommonOptions.Data };
        resume.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var ended = await services.GetRequiredService<SubmitSwitches>().ResumeAsync(ScopeOf(parsed), token);
            Console.WriteLine(ended ? $"Goes on: {ScopeOf(parsed)}." : $"{ScopeOf(parsed)} was not stopped.");
            return 0;
        }, token));
        var list = new Command("stops", "Lists what is stopped: scope, since when, by whom, why.") { CommonOptions.Data };
        list.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            foreach (var row in await services.GetRequiredService<SubmitSwitches>().ListAsync(token))
                Console.WriteLine($"{row.Scope}\t{row.Since.UtcDateTime:u}\t{row.By}\t{row.Why}");
            return 0;
        }, token));
        return [stop, resume, list];
    }

    private static string ScopeOf(ParseResult parsed) =>
        parsed.GetValue(Provider) is { } provider ? SubmitSwitches.Provider(provider)
        : parsed.GetValue(Shop) is { } shop ? SubmitSwitches.Shop(shop)
        : SubmitSwitches.All;
}
