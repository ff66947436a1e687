using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Kling;

/// <summary>Orders whose answer was lost: by our own mark, which is unique in the account and by which tasks can be asked for.</summary>
internal sealed partial class KlingVideoProvider : IFindVideo, IShowVideos
{
    /// <summary>How many may be asked for at once is not documented.</summary>
    private const int MostAtOnce = 20;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var solution = IsSolution(request.Model);
        using var message = _requests.TaskOf(solution, intent.Nonce);
        var (tasks, fault) = await QueryAsync(message, $"task of {intent.Nonce}", cancellationToken);
        if (fault is not null)
            return new FindOutcome.CannotTell(LookAgain, fault);
        if (Those(task => task.ExternalId == intent.Nonce) is { Count: > 0 } ours)
            return ours is [var only] ? new FindOutcome.Found(only.ToOperation()) : FindOutcome.Among(ours, [], wait: null);
        return Those(task => task.ExternalId is null) switch
        {
            { Count: > 0 } unmarked => new FindOutcome.Several(unmarked, $"Kling names {unmarked.Count} tasks for our mark, and shows it on none"),
            // Whoever tells of tasks that nobody asked for has not understood the question.
            _ when tasks.Count > 0 => new FindOutcome.CannotTell(
                LookAgain, _faults.Of(ProviderFaultCode.Protocol, $"task of {intent.Nonce}: {tasks.Count} others were named")),
            _ => new FindOutcome.Absent(),
        };

        List<RemoteTask> Those(Func<KlingTask, bool> are) =>
            [.. tasks.Where(task => task.Id is { Length: > 0 } && are(task)).Select(task => new RemoteTask(task.Id!, intent.Since, Operation(task.Id!, solution).Handle))];
    }

    /// <summary>
    /// Our mark is unique in one account only, and another's, whose key has taken this one's place, knows none of ours: neither the lost order's nor
    /// those that are known to have been taken. Where the question is refused since one of several is not there, none counts as shown.
    /// </summary>
    public async Task<(IReadOnlyList<string> Shown, ProviderFault? Fault)> ShowAsync(string model, IReadOnlyList<string> remoteIds, CancellationToken cancellationToken)
    {
        var shown = new List<string>();
        foreach (var ids in remoteIds.Chunk(MostAtOnce))
        {
            using var message = _requests.Tasks(IsSolution(model), ids);
            var about = $"tasks {string.Join(", ", ids)}";
            var (tasks, fault) = await QueryAsync(message, about, cancellationToken);
            if (fault is null && tasks.Any(task => !ids.Contains(task.Id, StringComparer.Ordinal)))
                fault = _faults.Of(ProviderFaultCode.Protocol, $"{about}: others were named");
            if (fault is not null)
                return ([], fault);
            shown.AddRange(tasks.Select(task => task.Id!));
        }

        return (shown, null);
    }

    /// <summary>An order of before is looked for though its model is no longer offered.</summary>
    private static bool IsSolution(string model) => KlingModels.All.Any(known => known.Id == model && known.IsSolution);

    /// <summary>
    /// Whether a refusal proves that there is no task. One of parameters may be that of our mark, because it is in use already: by this very
    /// order, sent twice by something in between, or from a database that was restored. How such a refusal looks is not documented, so it is
    /// asked. Whatever refuses an order that was lost before says nothing about the lost one, which may have come since: so it is asked as well.
    /// And a code that nobody has heard of proves nothing.
    /// </summary>
    private async Task<bool> MadeNothingAsync(SubmitAnswer answer, KlingModel model, SubmitIntent intent, CancellationToken cancellationToken)
    {
        if (KlingFaults.IsUnheardOf(answer))
            return false;
        var ofParameters = KlingFaults.IsOfParameters(answer);
        if (!ofParameters && !intent.Again)
            return true;
        using var message = _requests.TaskOf(model.IsSolution, intent.Nonce);
        var (tasks, fault) = await QueryAsync(message, $"task of {intent.Nonce}", cancellationToken);
        // Where nobody answers, the lost one is still looked for later; only of this order's own mark must it be known now.
        return tasks.Count == 0 && !(ofParameters && fault is not null);
    }
}
