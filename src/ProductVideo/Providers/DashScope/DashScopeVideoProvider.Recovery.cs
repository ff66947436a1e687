using System.Text.Json;
using ProductVideo.Correlation;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.DashScope;

/// <summary>
/// Nothing of ours can be sent along with an order. What it echoes is the prompt, once the task has ended: an order is found by the tasks of its
/// time whose prompt is its own. One that was charged by another length, ratio or resolution may be of another order with that prompt.
/// </summary>
internal sealed partial class DashScopeVideoProvider : IFindVideo, IListVideos
{
    /// <summary>More than an account of five tasks at once can have made in the half hour that is looked at.</summary>
    private const int MostCandidates = 200;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (from, to) = Elimination.Window(intent, _clock.GetUtcNow());
        if (await ListAsync(request.Model, from, to, cancellationToken) is not ListOutcome.Listed { Tasks: var tasks } list)
            return new FindOutcome.CannotTell(LookAgain);
        if (tasks.Count > MostCandidates)
            return new FindOutcome.Several(tasks, $"{tasks.Count} tasks of its time, more than can be looked at one by one");
        var (same, silent, waits) = (new List<RemoteTask>(), new List<RemoteTask>(), true);
        foreach (var task in tasks)
        {
            switch (await PromptOfAsync(task, cancellationToken))
            {
                case (_, { } fault):
                    return new FindOutcome.CannotTell(LookAgain, fault);
                case ({ Prompt: var prompt }, _) when !PromptEcho.MayBeOf(request.Prompt, prompt):
                    break;
                case ({ Prompt: var prompt, Usage: var usage }, _) when PromptEcho.IsOf(request.Prompt, prompt) && !IsOfAnother(request, usage):
                    same.Add(task);
                    break;
                case ({ Status: "FAILED" or "CANCELED" }, _):
                    break;
                case ({ Status: var status }, _):
                    silent.Add(task);
                    // What ended without its prompt never shows it, and was charged for: it may be the lost one. So may one that is spelt anew or differs.
                    waits &= status is not "SUCCEEDED";
                    break;
            }
        }

        return FindOutcome.Among(same, silent, waits ? LookAgain : null);
    }

    /// <summary>Tasks that failed are left out: nothing was charged for them and nothing will come of them.</summary>
    public async Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = new List<ListRow>();
        for (var page = 1; ; page++)
        {
            using var message = _requests.List(model, from, to, page);
            var answer = await _exchange.AskAsync(message, cancellationToken);
            if (answer is not SubmitAnswer.Answered { Status: 200 } answered || ListAnswer.Read(answered.Body) is not { Data: { } data } list)
                return new ListOutcome.Unavailable(_faults.Of(answer, "list"));
            rows.AddRange(data);
            if (data.Count == 0 || page >= (list.TotalPage ?? int.MaxValue) || (list.TotalPage is null && data.Count < DashScopeRequests.PageSize))
                break;
        }

        return new ListOutcome.Listed(
            [.. rows.Where(row => row is { TaskId.Length: > 0, Status: not ("FAILED" or "CANCELED") })
                .Select(row => Listed(row.TaskId!, DashScopeTime.Read(row.GmtCreate) ?? from, row.ModelName)).DistinctBy(task => task.RemoteId)]);
    }

    /// <summary>As one whose answer came: what the list shows was accepted, so that it is not known for a moment ends it no more than that one.</summary>
    private static RemoteTask Listed(string id, DateTimeOffset created, string? model) =>
        new(id, created, JsonSerializer.SerializeToElement(new DashScopeHandle(created, Model: model)));

    private static bool IsOfAnother(VideoRequest request, TaskUsage? usage) =>
        (request.SourceClip is null && RequestEcho.IsOtherLength(request, usage?.Duration))
        || RequestEcho.IsOtherRatio(request, usage?.Ratio) || RequestEcho.IsOtherResolution(request, usage?.Lines);

    private async Task<((string? Status, string? Prompt, TaskUsage? Usage) Task, ProviderFault? Fault)> PromptOfAsync(RemoteTask task, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(task.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) switch
        {
            SubmitAnswer.Answered { Status: 200 } answer when TaskAnswer.Read(answer.Body) is { Output: { TaskStatus: { } status } output, Usage: var usage } =>
                ((status, output.OrigPrompt, usage), null),
            var answer => (default, _faults.Of(answer, $"task {task.RemoteId}")),
        };
    }
}
