using System.CommandLine;
using System.CommandLine.Parsing;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.Host.Terminal;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>Writes a backfill down and finds out what it would make, and for how much. Spends nothing.</summary>
internal static class PlanCommand
{
    private static readonly Argument<Guid?> Planned = new("id")
    {
        Description = "One that was written down before, for example by 'products import': its price is found out as it stands.", Arity = ArgumentArity.ZeroOrOne, CustomParser = given => PlainOptions.ReadId(given, BackfillCommand.Kind),
    };

    private static readonly Option<string?> Name = new("--name") { Description = "A name by which you find it again." };
    private static readonly Option<string?> Products = new("--products") { Description = "A CSV or JSON file of the only products it is for; - for standard input." };

    public static Command Create()
    {
        var command = new Command("plan", "Lists what would be made, at what price, and why each other product is skipped. Spends nothing.")
        {
            CommonOptions.Shop, Planned, Name, Products, BackfillCommand.List, CommonOptions.Json,
        };
        PlanOptions.AddTo(command);
        command.Validators.Add(DemandOnePlan);
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, services => RunAsync(services, parsed, token), token));
        return command;
    }

    /// <summary>A backfill that was written down has its plan; words that would make another are not dropped without a word.</summary>
    private static void DemandOnePlan(CommandResult given)
    {
        if (given.GetResult(Planned) is not { Tokens.Count: > 0 })
            return;
        var idle = given.Command.Options.Except([BackfillCommand.List, CommonOptions.Json])
            .Where(option => given.GetResult(option) is { Implicit: false }).Select(option => option.Name).ToList();
        if (idle.Count > 0)
            given.AddError($"{string.Join(", ", idle)} can't be given together with an id: that backfill is priced as it was written down. Leave the id out to plan another.");
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (desk, screen) = (services.GetRequiredService<BackfillDesk>(), Screen.Open(parsed.GetValue(CommonOptions.Json)));
        var id = parsed.GetValue(Planned) ?? (await CreateAsync(desk, parsed, cancellationToken)).Id;
        var dryRun = services.GetRequiredService<OwnDryRun>();
        var backfill = await screen.WatchAsync(report => dryRun.RunAsync(id, step => report(TextOf(step), step.OfAll is { } all and > 0 ? (double)step.Done / all : null), cancellationToken));

        BackfillLines.Head(screen, backfill);
        if (backfill.Quote is { } found)
            BackfillLines.Tell(screen, found);
        await BackfillDocument.TellAsync(services, screen, BackfillAnswer.Of(backfill), parsed.GetValue(BackfillCommand.List), cancellationToken);
        if (backfill is { State: BackfillState.Quoted, Quote: { Videos: > 0 } quote })
            screen.Line(BackfillLines.StartLine(backfill, quote, parsed.GetValue(CommonOptions.Data)!));
        return 0;
    }

    private static async Task<Backfill> CreateAsync(BackfillDesk desk, ParseResult parsed, CancellationToken cancellationToken)
    {
        var plan = PlanOptions.Read(parsed);
        var names = parsed.GetValue(Products) is { } file ? await ImportCommand.ReadAsync(file, cancellationToken) : null;
        var name = parsed.GetValue(Name) ?? (names is null ? "Planned on the command line" : ImportCommand.NameOf(names));
        return await desk.CreateAsync(parsed.GetValue(CommonOptions.Shop)!, name, plan, names, BackfillCommand.Requester, cancellationToken);
    }

    private static string TextOf(DryRunStep step) => step switch
    {
        { IsScan: true, OfAll: { } known } => $"Going through the shop's products again: {step.Done} of {known}",
        { IsScan: true } => $"Going through the shop's products for the first time: {step.Done}",
        { OfAll: { } all } when step.Done <= all => $"Pricing products: {step.Done} of {all}",
        _ => $"Pricing products: {step.Done}",
    };
}
