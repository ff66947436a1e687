using System.CommandLine;
using System.Text.Json;
using ProductVideo.Api;
using ProductVideo.Exports;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>Writes what is there to a file, for other programs.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> File = new("--file") { Description = "The file to write; - for standard output.", DefaultValueFactory = _ => "-" };
    private static readonly Option<string> Format = new("--format") { Description = "csv or json.", DefaultValueFactory = _ => "csv" };
    private static readonly Option<string?> OnlyShop = new("--shop") { Description = "Only this shop's." };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("csv", "json");
        var spend = new Command("spend", "The spend ledger: every hold, settlement and release, oldest first.")
        {
            File, Format, SpendCommand.OnlyShop, SpendCommand.From, SpendCommand.To, CommonOptions.Json,
        };
        spend.Validators.Add(SpendCommand.DemandDays);
        Set(spend, (services, parsed, token) => services.GetRequiredService<SpendLedger>().StreamAsync(SpendCommand.FilterOf(parsed), token), SpendCsv.WriteAsync, SpendAnswer.Of);
        var clips = new Command("clips", "Every clip that is on a listing: product, title, video, address, seconds, provider, cost, since when. Newest first.")
        {
            File, Format, OnlyShop, CommonOptions.Json,
        };
        Set(clips, (services, parsed, token) => Clips(services, parsed.GetValue(OnlyShop), token), ListedClipsCsv.WriteAsync, clip => clip);
        return new Command("export", "Writes the spend ledger, or the clips on listings, as CSV or JSON.") { spend, clips };
    }

    /// <summary>Of a mistyped shop there are none, which would look like a shop without clips.</summary>
    private static IAsyncEnumerable<ListedClip> Clips(IServiceProvider services, string? shop, CancellationToken cancellationToken) =>
        services.GetRequiredService<ListedClips>().StreamAsync(shop is null ? null : services.GetRequiredService<Shops>().Get(shop).Shop, cancellationToken);

    private static void Set<T, TAnswer>(
        Command command, Func<IServiceProvider, ParseResult, CancellationToken, IAsyncEnumerable<T>> read, Func<Stream, IAsyncEnumerable<T>, CancellationToken, Task> csv,
        Func<T, TAnswer> answer) =>
        command.SetAction((parsed, token) => WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
        {
            var items = read(services, parsed, token);
            await using var target = SpendCommand.Target(parsed.GetValue(File)!);
            if (!parsed.GetValue(CommonOptions.Json) && parsed.GetValue(Format) != "json")
            {
                await csv(target, items, token);
                return 0;
            }

            await JsonSerializer.SerializeAsync(target, items.Select(answer), ApiJson.Options, token);
            target.WriteByte((byte)'\n');
            return 0;
        }, token, reads: false));
}
