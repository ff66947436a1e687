using System.CommandLine;
using ProductVideo.Pipeline;

namespace ProductVideo.Host.Commands;

/// <summary>The first command after a backup was put back, before the product starts again.</summary>
internal static class RestoredCommand
{
    public static Command Create()
    {
        var command = new Command("restored", "After a backup was put back, before the first start: sees that nothing is paid twice that was ordered after it was taken.");
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(CommonOptions.Data)!, token));
        return command;
    }

    private static async Task<int> RunAsync(string data, CancellationToken cancellationToken)
    {
        // It has sent since what would be marked as maybe sent, and what it does meanwhile is not looked for.
        if (await ServerAddress.AnsweringAsync(data, cancellationToken) is { } server)
        {
            return Failures.Say(
                $"A server of this data folder is running at {server}. Stop the server first, and run this only after a backup was put back: it holds up every order and backfill. "
                    + $"Nothing was changed. {ServerAddress.IfStale(data)}", Failures.Refused);
        }

        return await WithDatabase.RunAsync(data, async services =>
        {
            foreach (var line in Lines(await services.GetRequiredService<RestoredBackup>().RunAsync(cancellationToken), data))
                Console.WriteLine(line);
            return 0;
        }, cancellationToken, names: true, reads: false);
    }

    internal static IEnumerable<string> Lines(RestoreReport report, string data)
    {
        var orders = report.LookedFor + report.SameKey + report.InDoubt;
        yield return orders switch
        {
            0 => "No order in the backup waits to be sent to a paid provider.",
            1 => "1 order in the backup may have been sent after it was taken.",
            _ => $"{orders} orders in the backup may have been sent after it was taken.",
        };
        if (report.LookedFor > 0)
            yield return $"Looked for at the provider before anything is sent: {report.LookedFor}.";
        if (report.SameKey > 0)
            yield return $"Sent under the same key as before, which gives the same video and no second charge: {report.SameKey}.";
        if (report.InDoubt > 0)
            yield return $"Waiting for your decision, because this provider can't be asked: {report.InDoubt}. See them with: {OwnCommand.Here.Line(data, "doubt list")}";
        if (report.ForReview > 0)
            yield return $"Approved before the backup was taken, maybe published and taken off since, so waiting for your review again: {report.ForReview}.";
        if (report.InReview > 0)
            yield return $"Waiting for your review as they did, maybe published and taken off since, which their pages say now: {report.InReview}.";
        if (report.OnlyTold > 0)
            yield return $"Shops whose changed products had new videos ordered by themselves, and are only told of until you switch that on again: {report.OnlyTold}.";
        yield return report.WrongCounters == 0
            ? "The counters of all caps agree with the spend ledger."
            : $"Counters of caps that did not agree with the spend ledger, and do now: {report.WrongCounters}.";
        yield return $"Orders that were placed after the backup was taken are not in it; the provider's own list shows what they made. Start again with: {OwnCommand.Here.Line(data)}";
    }
}
