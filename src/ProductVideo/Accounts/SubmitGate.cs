using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>
/// Every paid request passes here, in the transaction that writes its intent: the account's row is locked first, so what is counted holds
/// until the intent is there to be counted too, however many workers and nodes there are.
/// </summary>
internal sealed class SubmitGate(VideoProviders providers, IDatabaseClock clock) : IWrittenTogether
{
    /// <exception cref="NotNowException">Nothing may be sent now.</exception>
    public async Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
    {
        if (before is null || !Sends(before, after))
            return;
        var passing = await AccountPass.OpenAsync(db, providers, after.Order.Provider, [after], await clock.NowAsync(db, cancellationToken), cancellationToken, written: after.Id);
        if (await passing.RefuseAsync(before, after, cancellationToken) is { } refusal)
            throw refusal;
        await passing.CloseAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Guid, Exception>> ScreenAsync(
        ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<Guid, Exception>();
        var sends = changes.Where(change => Sends(change.Before, change.After)).ToLookup(change => change.After.Order.Provider, StringComparer.Ordinal);
        // Always in the same order, so that two nodes can't each wait for an account that the other one holds.
        foreach (var ofAccount in sends.OrderBy(ofAccount => ofAccount.Key, StringComparer.Ordinal))
        {
            var now = await clock.NowAsync(db, cancellationToken);
            var passing = await AccountPass.OpenAsync(db, providers, ofAccount.Key, [.. ofAccount.Select(change => change.After)], now, cancellationToken);
            foreach (var (before, after) in ofAccount)
            {
                if (await passing.RefuseAsync(before, after, cancellationToken) is { } refusal)
                    refused.Add(after.Id, refusal);
            }

            await passing.CloseAsync(cancellationToken);
        }

        return refused;
    }

    /// <summary>They have been let pass in this transaction.</summary>
    public Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A recovery sends only where the same key may be sent again; elsewhere it looks, as what may have been sent before a restore does.</summary>
    private bool Sends(Generation before, Generation after) => after.State is GenerationState.Submitting submitting
        && ((before.State is GenerationState.Planned && submitting.Otherwise is null)
            || (before.State is GenerationState.Submitting earlier && submitting.Searches > earlier.Searches
                && providers.CapabilitiesOf(after.Order)?.Correlation is CorrelationClass.Key));
}
