using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>What OpenRouter's list says of the models wanted, as it was read last. The list itself is kept, for starts while OpenRouter is away.</summary>
internal sealed class OpenRouterCatalog(
    OpenRouterOptions options, ProviderExchange exchange, IBlobStore blobs, TimeProvider clock, ILogger<OpenRouterCatalog> log)
{
    /// <summary>Where the last good list is kept, as it came.</summary>
    internal const string BlobKey = "providers/openrouter/models.json";

    private const long LongestList = 4_000_000;

    /// <summary>A list that hangs must not keep the host from starting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OpenRouterRequests _requests = new(options);
    private readonly OpenRouterFaults _faults = new(OpenRouterVideoProvider.Name, options.ApiKey);
    private volatile Known _known = new([], new Dictionary<string, Dated>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The models that can be offered now, in the order of the settings.</summary>
    public IReadOnlyList<string> Offered => _known.Offered;

    /// <summary>A model that is offered or was since this process began, so that what asks for it meanwhile still finds it.</summary>
    /// <returns>It and the day of its prices.</returns>
    public (OpenRouterModel Model, DateOnly Day)? Find(string id) => _known.Models.TryGetValue(id, out var found) ? (found.Model, found.Day) : null;

    /// <summary>Takes the list that was kept, if there is one.</summary>
    public async Task ReadKeptAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await blobs.FindAsync(BlobKey, cancellationToken) is not { Length: <= LongestList } kept || await blobs.ReadAsync(BlobKey, cancellationToken) is not { } body)
                return;
            if (OpenRouterModelList.Read(body) is { } list)
                Take(list, Day(kept.WrittenAt));
        }
        catch (BlobStoreException e)
        {
            log.LogWarning(e, "OpenRouter's list of models that was kept could not be read");
        }
    }

    /// <summary>Asks for the list. Whatever comes instead of it leaves everything as it was.</summary>
    /// <returns>Whether it came.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        SubmitAnswer answer;
        try
        {
            using var message = _requests.Models();
            answer = await exchange.AskAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = new SubmitAnswer.Unanswered(SubmitSign.Unproven, $"no list of models within {Patience.TotalSeconds:0} seconds");
        }

        if (answer is not SubmitAnswer.Answered { Status: 200 } answered || OpenRouterModelList.Read(answered.Body) is not { } list)
        {
            log.LogWarning("OpenRouter's list of models could not be read; {Count} stay as they were known. {Fault}", Offered.Count, _faults.Of(answer, "models").OperatorText);
            return false;
        }

        Take(list, Day(clock.GetUtcNow()));
        await KeepAsync(answered.Body, cancellationToken);
        return true;
    }

    private async Task KeepAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream(body);
            await blobs.PutAsync(BlobKey, content, "application/json", PutMode.Replace, cancellationToken);
        }
        catch (BlobStoreException e)
        {
            log.LogWarning(e, "OpenRouter's list of models could not be kept; a start while OpenRouter is away will know an older one or none");
        }
    }

    private void Take(IReadOnlyList<OpenRouterListed> list, DateOnly day)
    {
        var (offered, refused) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        var models = new Dictionary<string, Dated>(_known.Models, StringComparer.Ordinal);
        foreach (var id in options.Models)
        {
            var (model, whyNot) = list.FirstOrDefault(listed => listed.Id == id) is { } listed ? OpenRouterModel.Of(listed, options) : (null, "the list does not name it");
            if (model is not null)
            {
                offered.Add(id);
                models[id] = new Dated(model, day);
                continue;
            }

            refused[id] = whyNot;
            if (_known.Refused.GetValueOrDefault(id) != whyNot)
                log.LogWarning("OpenRouter's model {Model} is not offered: {Reason}", id, whyNot);
        }

        _known = new Known(offered, models, refused);
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private sealed record Dated(OpenRouterModel Model, DateOnly Day);

    /// <param name="Offered">Ids.</param>
    /// <param name="Models">By id, those too that are no longer offered.</param>
    /// <param name="Refused">Why a model wanted is not offered, by id; said once.</param>
    private sealed record Known(IReadOnlyList<string> Offered, IReadOnlyDictionary<string, Dated> Models, IReadOnlyDictionary<string, string> Refused);
}
