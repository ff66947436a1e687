using System.CommandLine;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Host.Terminal;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>Takes a list of products from another program as a backfill.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> FileName = new("file") { Description = "CSV with a column id, handle or product, or a JSON array of ids, of handles or of {\"id\": …}; - for standard input." };
    private static readonly Option<string?> Name = new("--name") { Description = "A name by which you find it again." };

    public static Command Create()
    {
        var command = new Command("import", "Writes a backfill down of the products that a CSV or JSON file names. Spends nothing.")
        {
            CommonOptions.Shop, FileName, Name, CommonOptions.Json,
        };
        PlanOptions.AddTo(command);
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, services => RunAsync(services, parsed, token), token));
        return command;
    }

    /// <exception cref="RefusedException">There is no such file, or it names no products.</exception>
    internal static async Task<IReadOnlyList<string>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-" && !File.Exists(file))
            throw new RefusedException(RefusalKind.Invalid, new Problem("no_file", $"There is no file '{file}'.", $"{Path.GetFullPath(file)} does not exist."), "file");
        await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        return await ProductNames.ReadAsync(stream, cancellationToken);
    }

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(FileName)!;
        var names = await ReadAsync(file, cancellationToken);
        var name = parsed.GetValue(Name) ?? (file == "-" ? NameOf(names) : Short(Path.GetFileName(file)));
        var backfill = await services.GetRequiredService<BackfillDesk>().CreateAsync(
            parsed.GetValue(CommonOptions.Shop)!, name, PlanOptions.Read(parsed), names, BackfillCommand.Requester, cancellationToken);
        var screen = Screen.Open(parsed.GetValue(CommonOptions.Json));
        BackfillLines.Head(screen, backfill);
        screen.Line($"{BackfillWords.Count(names.Count, "product")}. Find out its price with: {OwnCommand.Here.Line(parsed.GetValue(CommonOptions.Data)!, $"backfill plan {backfill.Id}")}");
        await screen.DocumentAsync(BackfillAnswer.Of(backfill), cancellationToken);
        return 0;
    }

    /// <summary>What a list without a file's name is called.</summary>
    internal static string NameOf(IReadOnlyList<string> names) => $"{BackfillWords.Count(names.Count, "product")} from a list";

    private static string Short(string name) => name.Length <= 100 ? name : name[..100];
}
