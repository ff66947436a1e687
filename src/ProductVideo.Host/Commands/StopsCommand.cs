using System.CommandLine;
using System.CommandLine.Parsing;
using ProductVideo.Accounts;
using ProductVideo.Host.Terminal;

namespace ProductVideo.Host.Commands;

/// <summary>The kill switches from a shell: for the moment when money runs out.</summary>
internal static class StopsCommand
{
    private const string ProviderOption = "--provider";
    private const string ShopOption = "--shop";

    private static readonly Option<string?> Provider = new(ProviderOption) { Description = "Only this provider, for example local." };
    private static readonly Option<string?> Shop = new(ShopOption) { Description = "Only this shop." };

    public static IEnumerable<Command> Create()
    {
        var why = new Option<string>("--why") { Description = "A sentence that merchants see.", DefaultValueFactory = _ => "Paused by the operator." };
        var stop = new Command("stop", "Stops new orders of everything, a provider or a shop. What was sent is followed to its end.") { Provider, Shop, why };
        stop.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            await services.GetRequiredService<SubmitSwitches>().PauseAsync(ScopeOf(parsed), "command line", parsed.GetValue(why)!, token);
            Console.WriteLine($"Stopped: {ScopeOf(parsed)}. Go on with: {OwnCommand.Here.Line(parsed.GetValue(CommonOptions.Data)!, ResumeOf(parsed))}");
            return 0;
        }, token, names: true, reads: false));
        var resume = new Command("resume", "Ends a stop; what waited goes on.") { Provider, Shop };
        resume.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var ended = await services.GetRequiredService<SubmitSwitches>().ResumeAsync(ScopeOf(parsed), token);
            if (!ended)
                return Failures.Say($"{ScopeOf(parsed)} was not stopped. See what is with: {OwnCommand.Here.Line(parsed.GetValue(CommonOptions.Data)!, "stops")}", Failures.Refused);
            Console.WriteLine($"Goes on: {ScopeOf(parsed)}.");
            return 0;
        }, token, names: true, reads: false));
        foreach (var one in (Command[])[stop, resume])
            one.Validators.Add(DemandOneScope);
        var list = new Command("stops", "Lists what is stopped: scope, since when, by whom, why.");
        list.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            foreach (var pause in await services.GetRequiredService<SubmitSwitches>().ListAsync(token))
                Console.WriteLine(Screen.Cells(pause.Scope, $"{pause.Since.UtcDateTime:u}", pause.By, pause.Why));
            return 0;
        }, token, names: true, reads: false));
        return [stop, resume, list];
    }

    private static void DemandOneScope(CommandResult given)
    {
        if (given.GetResult(Provider) is not null && given.GetResult(Shop) is not null)
            given.AddError($"A stop is of one provider or of one shop: give {ProviderOption} or {ShopOption}, not both.");
    }

    /// <summary>What ends the stop that these words made.</summary>
    private static string ResumeOf(ParseResult parsed) =>
        parsed.GetValue(Provider) is { } provider ? $"resume {ProviderOption} {provider}"
        : parsed.GetValue(Shop) is { } shop ? $"resume {ShopOption} {shop}"
        : "resume";

    private static string ScopeOf(ParseResult parsed) =>
        parsed.GetValue(Provider) is { } provider ? SubmitSwitches.Provider(provider)
        : parsed.GetValue(Shop) is { } shop ? SubmitSwitches.Shop(shop)
        : SubmitSwitches.All;
}
