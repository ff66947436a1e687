using Microsoft.Extensions.Logging;
using ProductVideo.Correlation;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>vLLM-Omni: its list shows every task's prompt from the first moment, and deleting a task stops it.</summary>
internal sealed class VllmOmniProvider : OpenAiVideosProvider, IFindVideo, ICancelVideo
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    internal VllmOmniProvider(
        string name, OpenAiVideosServer server, ProviderExchange exchange, PictureCarrier pictures, TimeProvider clock, ILogger<OpenAiVideosProvider> log)
        : base(name, server, OpenAiVideosPreset.VllmOmni, exchange, pictures, clock, log) => (_clock, _log) = (clock, log);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (from, to) = Elimination.Window(intent, _clock.GetUtcNow());
        var (rows, fault) = await RowsAsync(from, cancellationToken);
        if (fault is not null)
            return new FindOutcome.CannotTell(LookAgain, fault);
        var alike = rows.Where(row => IsWithin(row, from, to) && PromptEcho.MayBeOf(request.Prompt, row.Prompt)).OrderBy(row => row.Created)
            // A build that hides a prompt or spells it anew proves nothing by what it shows, and one that tells of another length may have changed it.
            .ToLookup(
                row => PromptEcho.IsOf(request.Prompt, row.Prompt) && !RequestEcho.IsOtherLength(request, row.Seconds),
                row => new RemoteTask(row.Id!, row.Created ?? from));
        return FindOutcome.Among([.. alike[true]], [.. alike[false]], wait: null);
    }

    /// <summary>
    /// Deleting stops a task, and of one that has ended it removes the clip. Where videos cost something, nothing is deleted: a task that waited when
    /// it was looked at may have begun since, nothing tells what is charged for it then, and its clip is worth having.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        if (!IsFree)
            return false;
        using var message = Requests.Delete(operation.RemoteId);
        var answer = await Exchange.AskAsync(message, cancellationToken);
        if (answer is SubmitAnswer.Answered { Status: 200 } deleted && DeletedAnswer.Read(deleted.Body) is { Deleted: true })
            return true;
        _log.LogInformation("{Provider} did not stop task {Task}: {Answer}", Key, operation.RemoteId, Faults.Of(answer, "delete").OperatorText);
        return false;
    }
}
