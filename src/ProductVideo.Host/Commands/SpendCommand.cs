using System.CommandLine;
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
        var command = new Command("spend", "Writes the spend ledger as CSV: every hold, settlement and release, oldest first.") { CommonOptions.Data, Csv, OnlyShop, From, To };
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            await using var target = Target(parsed.GetValue(Csv)!);
            await SpendCsv.WriteAsync(target, services.GetRequiredService<SpendLedger>().StreamAsync(FilterOf(parsed), token), token);
            return 0;
        }, token));
        return command;
    }

    internal static SpendFilter FilterOf(ParseResult parsed) => new(parsed.GetValue(OnlyShop), StartOf(parsed.GetValue(From)), StartOf(parsed.GetValue(To)));

    /// <summary>The file to write; standard output for <c>-</c>.</summary>
    internal static Stream Target(string file) => file == "-" ? Console.OpenStandardOutput() : File.Create(file);

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } d ? new DateTimeOffset(d, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
