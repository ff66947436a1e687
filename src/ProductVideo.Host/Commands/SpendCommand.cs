using System.CommandLine;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>The spend ledger as CSV.</summary>
internal static class SpendCommand
{
    private static readonly Option<string> Csv = new("--csv") { Description = "The file to write; - for standard output.", DefaultValueFactory = _ => "-" };
    private static readonly Option<string?> OnlyShop = new("--shop") { Description = "Only this shop's." };
    private static readonly Option<DateOnly?> From = new("--from") { Description = "First day (UTC), for example 2026-11-01." };
    private static readonly Option<DateOnly?> To = new("--to") { Description = "Day (UTC) before which it ends." };

    public static Command Create()
    {
        var command = new Command("spend", "Writes the spend ledger as CSV: every hold, settlement and release, oldest first.") { CommonOptions.Data, Csv, OnlyShop, From, To };
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var filter = new SpendFilter(parsed.GetValue(OnlyShop), StartOf(parsed.GetValue(From)), StartOf(parsed.GetValue(To)));
            var file = parsed.GetValue(Csv)!;
            await using var target = file == "-" ? Console.OpenStandardOutput() : File.Create(file);
            await SpendCsv.WriteAsync(target, services.GetRequiredService<SpendLedger>().StreamAsync(filter, token), token);
            return 0;
        }, token));
        return command;
    }

    private static DateTimeOffset? StartOf(DateOnly? day) => day is { } d ? new DateTimeOffset(d, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
