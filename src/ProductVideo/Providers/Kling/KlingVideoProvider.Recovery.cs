using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Kling;

/// <summary>Orders whose answer was lost: by our own mark, which is unique in the account and by which tasks can be asked for.</summary>
public sealed partial class KlingVideoProvider : IFindVideo
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        // An order of before is looked for though its model is no longer offered.
        var solution = KlingModels.All.Any(model => model.Id == request.Model && model.IsSolution);
        using var message = _requests.TaskOf(solution, intent.Nonce);
        var (tasks, fault) = await QueryAsync(message, $"task of {intent.Nonce}", cancellationToken);
        if (fault is not null)
            return new FindOutcome.CannotTell(LookAgain, fault);
        if (tasks.FirstOrDefault(task => task.ExternalId == intent.Nonce) is { Id: { Length: > 0 } id })
            return new FindOutcome.Found(Operation(id, solution));
        return tasks.Where(task => task is { ExternalId: null, Id.Length: > 0 }).Select(task => new RemoteTask(task.Id!, intent.Since, Operation(task.Id!, solution).Handle)).ToList() switch
        {
            { Count: > 0 } unmarked => new FindOutcome.Several(unmarked, $"Kling names {unmarked.Count} tasks for our mark, and shows it on none"),
            // Whoever tells of tasks that nobody asked for has not understood the question.
            _ when tasks.Count > 0 => new FindOutcome.CannotTell(
                LookAgain, _faults.Of(ProviderFaultCode.Protocol, $"task of {intent.Nonce}: {tasks.Count} others were named")),
            _ => new FindOutcome.Absent(),
        };
    }

    /// <summary>
    /// Whether a refusal proves that there is no task. One of parameters may be that of our mark, because it is in use already: by this very
    /// order, sent twice by something in between, or from a database that was restored. How such a refusal looks is not documented, so it is
    /// asked. And a code that nobody has heard of proves nothing.
    /// </summary>
    private async Task<bool> MadeNothingAsync(SubmitAnswer answer, KlingModel model, SubmitIntent intent, CancellationToken cancellationToken)
    {
        if (!KlingFaults.IsOfParameters(answer))
            return !KlingFaults.IsUnheardOf(answer);
        using var message = _requests.TaskOf(model.IsSolution, intent.Nonce);
        return await QueryAsync(message, $"task of {intent.Nonce}", cancellationToken) is ({ Count: 0 }, null);
    }
}
