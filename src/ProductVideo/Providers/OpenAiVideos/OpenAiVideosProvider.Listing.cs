using ProductVideo.Http;

namespace ProductVideo.Providers.OpenAiVideos;

internal partial class OpenAiVideosProvider
{
    /// <summary>More pages than a window of minutes can fill.</summary>
    private const int MostPages = 50;

    /// <summary>Tasks that failed are left out only where nothing costs anything: else one may be the lost order, and charged; it is booked once it is found.</summary>
    /// <remarks>The model is not looked at: servers that serve a single one call it what they like.</remarks>
    public async Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (rows, fault) = await RowsAsync(from, cancellationToken);
        return fault is not null
            ? new ListOutcome.Unavailable(fault)
            : new ListOutcome.Listed([.. rows.Where(row => IsWithin(row, from, to)).Select(row => new RemoteTask(row.Id!, row.Created ?? from))]);
    }

    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var message = Requests.List(after: null, limit: 1);
        return Faults.OfProbe(await Exchange.AskAsync(message, cancellationToken), body => VideoList.Read(body)?.Data is not null);
    }

    /// <summary>A task without a time may be of any.</summary>
    private protected bool IsWithin(VideoAnswer row, DateTimeOffset from, DateTimeOffset to) =>
        row.Id is { Length: > 0 } && !(IsFree && row.Status is "failed" or "deleted") && (row.Created ?? from) is var at && at >= from && at <= to;

    /// <summary>All rows since <paramref name="from"/>, and some before. A list that is cut short is none.</summary>
    private protected async Task<(IReadOnlyList<VideoAnswer> Rows, ProviderFault? Fault)> RowsAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, VideoAnswer>(StringComparer.Ordinal);
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            using var message = Requests.List(after);
            var answer = await Exchange.AskAsync(message, cancellationToken);
            if (answer is not SubmitAnswer.Answered { Status: 200 } answered || VideoList.Read(answered.Body) is not { Data: { } data } list)
                return ([], Faults.OfQuestion(answer, "list"));
            var known = rows.Count;
            foreach (var row in data.Where(row => row.Id is { Length: > 0 }))
                rows.TryAdd(row.Id!, row);
            // Without has_more a page that is not full is the last, and one fuller than asked for is the whole list.
            if (data.Count == 0 || !(list.HasMore ?? data.Count == OpenAiVideosRequests.PageSize) || IsPast(data, from))
                return ([.. rows.Values], null);
            if (rows.Count == known)
                return ([], Faults.Of(ProviderFaultCode.Protocol, "list: the same page came again, so the rest of it can't be had"));
            after = data[^1].Id;
        }

        return ([], Faults.Of(ProviderFaultCode.Protocol, $"list: more than {MostPages} pages"));
    }

    /// <summary>Whether the rest is older; told only by a page that is sorted as asked for.</summary>
    private static bool IsPast(IReadOnlyList<VideoAnswer> page, DateTimeOffset from) =>
        page.All(row => row.Created is not null) && page[^1].Created < from
        && page.Zip(page.Skip(1)).All(pair => pair.First.Created >= pair.Second.Created);
}
