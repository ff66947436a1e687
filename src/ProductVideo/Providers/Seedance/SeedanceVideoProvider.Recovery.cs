using ProductVideo.Correlation;
using ProductVideo.Http;

namespace ProductVideo.Providers.Seedance;

/// <summary>Orders whose answer was lost: by the identifier that was sent along where the list tells it, otherwise by leaving out all that is known.</summary>
internal sealed partial class SeedanceVideoProvider : IFindVideo, IListVideos
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        var (tasks, fault) = await TasksAsync(request.Model, cancellationToken);
        if (fault is not null)
            return new FindOutcome.CannotTell(LookAgain, fault);
        // The mark is its own, whatever the clocks say. Pages shift while they are read, so one task may be in two.
        RemoteTask[] ours =
        [
            .. tasks.Where(task => task.SafetyIdentifier == intent.Nonce).DistinctBy(task => task.Id, StringComparer.Ordinal)
                .Select(task => new RemoteTask(task.Id!, task.Created ?? intent.Since)).OrderBy(task => task.CreatedAt),
        ];
        if (ours.Length > 0)
            return ours is [var only] ? new FindOutcome.Found(only.ToOperation()) : FindOutcome.Among(ours, [], wait: null);
        var (from, to) = Elimination.Window(intent, _clock.GetUtcNow());
        // A task that shows no mark proves nothing by what it does not show.
        RemoteTask[] silent =
        [
            .. tasks.Where(task => task.SafetyIdentifier is null && MayMakeAClip(task)).Select(task => new RemoteTask(task.Id!, task.Created ?? intent.Since))
                .Where(task => task.CreatedAt >= from && task.CreatedAt <= to).OrderBy(task => task.CreatedAt),
        ];
        return FindOutcome.Among([], silent, wait: null);
    }

    /// <summary>Tasks that failed are left out: nothing was charged for them and nothing will come of them.</summary>
    public async Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (tasks, fault) = await TasksAsync(model, cancellationToken);
        return fault is not null ? new ListOutcome.Unavailable(fault) : new ListOutcome.Listed(
            [.. tasks.Where(MayMakeAClip).Select(task => new RemoteTask(task.Id!, task.Created ?? from))
                .Where(task => task.CreatedAt >= from && task.CreatedAt <= to).DistinctBy(task => task.RemoteId)]);
    }

    /// <summary>All that the list shows, page by page. New tasks push others to a later page meanwhile; none is missed by that.</summary>
    private async Task<(IReadOnlyList<ArkTask> Tasks, ProviderFault? Fault)> TasksAsync(string model, CancellationToken cancellationToken)
    {
        var (tasks, read) = (new List<ArkTask>(), 0);
        for (var page = 1; ; page++)
        {
            using var message = _requests.List(Model(model).IdAt(_options.BaseAddress), page);
            var answer = await _lists.AskAsync(() => _exchange.AskAsync(message, cancellationToken), cancellationToken);
            if (answer is not SubmitAnswer.Answered { Status: 200, Body: var body } || ArkList.Read(body) is not { Items: { } items } list)
                return ([], _faults.OfQuestion(answer, "list"));
            tasks.AddRange(items.Where(task => task.Id is { Length: > 0 }));
            read += items.Count;
            // Every page is read: that the newest come first is not documented. Nor is it that a page holds as many as were asked for.
            if (items.Count < SeedanceRequests.PageSize && !(read < list.Total))
                return (tasks, null);
            if (items.Count == 0)
                return ([], _faults.Of(ProviderFaultCode.Protocol, $"list: {read} of {list.Total} tasks"));
        }
    }

    private static bool MayMakeAClip(ArkTask task) => task.Status is not ("failed" or "cancelled" or "expired");
}
