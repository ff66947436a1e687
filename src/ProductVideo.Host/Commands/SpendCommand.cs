using System.CommandLine;
using System.CommandLine.Parsing;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>The spend ledger as CSV.</summary>
internal static class SpendCommand
{
    private static readonly Option<string> Csv = new("--csv") { Description = "The file to write; - for standard output.", DefaultValueFactory = _ => "-" };
    internal static readonly Option<string?> OnlyShop = new("--shop") { Description = "Only this shop's." };
    internal static readonly Option<DateOnly?> From = PlainOptions.Day("--from", "First day (UTC), for example 2026-11-01.");
    internal static readonly Option<DateOnly?> To = PlainOptions.Day("--to", "Day (UTC) before which it ends.");

    public static Command Create()
    {
        var command = new Command("spend", "Writes the spend ledger as CSV: every hold, settlement and release, oldest first.") { Csv, OnlyShop, From, To };
        command.Validators.Add(DemandDays);
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            await using var target = Target(parsed.GetValue(Csv)!);
            await SpendCsv.WriteAsync(target, services.GetRequiredService<SpendLedger>().StreamAsync(FilterOf(parsed), token), token);
            return 0;
        }, token, reads: false));
        return command;
    }

    /// <summary>A stretch of time that ends before it begins has nothing in it, and looks like a month without spending.</summary>
    internal static void DemandDays(CommandResult given)
    {
        if (DayOf(given, From) is { } from && DayOf(given, To) is { } to && to <= from)
            given.AddError($"--to is the day before which it ends: it must be later than --from, {from:yyyy-MM-dd}.");
    }

    /// <returns>null where none is given, or what is given is none, which the option itself tells.</returns>
    private static DateOnly? DayOf(CommandResult given, Option<DateOnly?> option) =>
        given.GetResult(option) is { Tokens: [var token] } && PlainOptions.TryReadDay(token.Value, out var day) ? day : null;

    internal static SpendFilter FilterOf(ParseResult parsed) => new(parsed.GetValue(OnlyShop), StartOf(parsed.GetValue(From)), StartOf(parsed.GetValue(To)));

    /// <summary>The file to write; standard output for <c>-</c>.</summary>
    internal static Stream Target(string file) => file == "-" ? Console.OpenStandardOutput() : File.Create(file);

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } d ? new DateTimeOffset(d, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
