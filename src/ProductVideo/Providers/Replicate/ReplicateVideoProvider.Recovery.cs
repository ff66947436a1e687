using ProductVideo.Correlation;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Replicate;

/// <summary>Orders whose answer was lost: nothing of ours goes along, but the list shows the prompt of every task, for the hour that it is kept.</summary>
internal sealed partial class ReplicateVideoProvider : IFindVideo, IListVideos
{
    /// <summary>Of a hundred each: more than a window of minutes can fill.</summary>
    private const int MostPages = 50;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken)
    {
        if (!_models.TryGetValue(request.Model, out var model))
            return new FindOutcome.CannotTell(Wait: null, NotInSettings(request.Model));
        var (from, to) = Elimination.Window(intent, _clock.GetUtcNow());
        var (tasks, fault) = await TasksAsync(model, from, cancellationToken);
        if (fault is not null)
            return new FindOutcome.CannotTell(LookAgain, fault);
        var names = model.Settings.Inputs;
        var alike = tasks.Select(task => (Task: Listed(task, intent.Since), Prompt: task.Sent(names.Prompt), Differs: IsOfAnother(request, task, names)))
            .Where(one => one.Task.CreatedAt <= to && PromptEcho.MayBeOf(request.Prompt, one.Prompt)).OrderBy(one => one.Task.CreatedAt)
            // Whose prompt is deleted or spelt anew may be it, and so may one that tells of something else that was not asked for.
            .ToLookup(one => !one.Differs && PromptEcho.IsOf(request.Prompt, one.Prompt), one => one.Task);
        return FindOutcome.Among([.. alike[true]], [.. alike[false]], wait: null);
    }

    private static bool IsOfAnother(VideoRequest request, ReplicatePrediction task, ReplicateInputs names) =>
        RequestEcho.IsOtherLength(request, task.Told(names.Seconds)) || RequestEcho.IsOtherRatio(request, task.Told(names.Aspect))
        || RequestEcho.IsOtherResolution(request, task.Told(names.Resolution));

    /// <summary>Tasks that failed stay in: some models charge for them, so one may be the lost order, which is booked once it is found.</summary>
    public async Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (!_models.TryGetValue(model, out var wanted))
            return new ListOutcome.Unavailable(NotInSettings(model));
        var (tasks, fault) = await TasksAsync(wanted, from, cancellationToken);
        return fault is not null ? new ListOutcome.Unavailable(fault)
            : new ListOutcome.Listed([.. tasks.Select(task => Listed(task, from)).Where(task => task.CreatedAt <= to)]);
    }

    /// <summary>All pages since <paramref name="from"/>. A list that is cut short is none.</summary>
    private async Task<(IReadOnlyList<ReplicatePrediction> Tasks, ProviderFault? Fault)> TasksAsync(
        ReplicateModel model, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var tasks = new Dictionary<string, ReplicatePrediction>(StringComparer.Ordinal);
        var message = _requests.List(from);
        for (var page = 0; page < MostPages && message is not null; page++)
        {
            using var sent = message;
            var answer = ReplicateFaults.WithWait(await _exchange.AskAsync(sent, cancellationToken));
            if (answer is not SubmitAnswer.Answered { Status: 200, Body: var body } || ReplicateList.Read(body) is not { Results: { } results } list)
                return ([], _faults.OfQuestion(answer, "list"));
            foreach (var task in results.Where(task => IsWanted(task, model, from)))
                tasks.TryAdd(task.Id!, task);
            if (list.Next is not { Length: > 0 } next)
                return ([.. tasks.Values], null);
            message = _requests.Next(next);
        }

        message?.Dispose();
        return ([], _faults.Of(ProviderFaultCode.Protocol, $"list: more than {MostPages} pages, or a page that can't be asked for"));
    }

    /// <summary>Of an order of before: what its inputs are called is no longer known, so its prompt can't be compared.</summary>
    private ProviderFault NotInSettings(string model) => _faults.Of(ProviderFaultCode.Unsupported, $"list: '{model}' is no longer in the settings");

    private static bool IsWanted(ReplicatePrediction task, ReplicateModel model, DateTimeOffset from) =>
        task.Id is { Length: > 0 } && !NeverBegan(task)
        && (task.Model is null || string.Equals(task.Model, model.Name, StringComparison.OrdinalIgnoreCase)) && (task.Created ?? from) >= from;

    private static RemoteTask Listed(ReplicatePrediction task, DateTimeOffset otherwise) => new(task.Id!, task.Created ?? otherwise);
}
