using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;

namespace ProductVideo.Pipeline;

/// <summary>The claims of one batch, kept alive while anything of it is under way.</summary>
internal sealed class KeptClaims(GenerationBatch batch, string owner, TimeSpan lease, TimeProvider timers, ILogger log)
{
    private readonly ConcurrentDictionary<Guid, bool> _aside = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Owner => owner;

    /// <summary>Those that the batch itself still moves.</summary>
    public IReadOnlyCollection<Guid> Own => [.. _aside.Where(claim => !claim.Value).Select(claim => claim.Key)];

    /// <summary>Begins to keep these alive.</summary>
    public void Keep(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
            _aside[id] = false;
        _ = KeepAsync();
    }

    /// <summary>Kept alive as before, but for whoever goes on with it beside the batch.</summary>
    public void SetAside(Guid id) => _aside[id] = true;

    /// <summary>They were given up, or lost; after the last nothing is kept any more.</summary>
    public void Drop(params IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
            _aside.TryRemove(id, out _);
        if (_aside.IsEmpty)
            _empty.TrySetResult();
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(lease / 3, timers);
        while (await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), _empty.Task) != _empty.Task)
            await RenewAsync();
    }

    private async Task RenewAsync()
    {
        try
        {
            await batch.RenewAsync([.. _aside.Keys], owner, lease, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Must not cost the answer of a paid request: the leases have two more ticks, and the save says whether they held.
            log.LogWarning(e, "The claims of the batch {Owner} could not be renewed", owner);
        }
    }
}
