using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Rendering;

/// <summary>The clips that the local renderer is to make. Kept where a restart finds them.</summary>
internal interface IRenderOrders
{
    /// <summary>Adds an order; with an id that exists already, changes nothing. So the same submit twice makes one clip.</summary>
    Task AddAsync(string id, VideoRequest request, CancellationToken cancellationToken);

    /// <summary>How an order stands; null if there is none.</summary>
    Task<RenderOrder?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stops an order that is not done; true if it will surely make nothing any more.</summary>
    Task<bool> StopAsync(string id, CancellationToken cancellationToken);

    /// <summary>Takes the oldest order that nobody is at, and one that somebody waits for before any other; null if there is none.</summary>
    /// <param name="owner">The claim's token.</param>
    /// <param name="lease">How long it lives without being renewed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="express">Only of those that somebody waits for.</param>
    Task<RenderOrder?> ClaimNextAsync(string owner, TimeSpan lease, CancellationToken cancellationToken, bool express = false);

    /// <summary>Says how far the render is and keeps the claim; false if the claim was lost or the order stopped.</summary>
    Task<bool> ReportAsync(string id, string owner, double progress, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Ends a claimed order with a clip in the blob store.</summary>
    Task<bool> FinishAsync(string id, string owner, string resultKey, CancellationToken cancellationToken);

    /// <summary>Ends a claimed order without a clip.</summary>
    Task<bool> FailAsync(string id, string owner, Problem problem, CancellationToken cancellationToken);

    /// <summary>Puts a claimed order off: it waits, and nobody begins it before its time.</summary>
    /// <param name="id">Of the order.</param>
    /// <param name="owner">The claim's token.</param>
    /// <param name="setback">What keeps it.</param>
    /// <param name="wait">For how long.</param>
    /// <param name="counts">Whether this start counts as one that ended its render.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> PutOffAsync(string id, string owner, RenderSetback setback, TimeSpan wait, bool counts, CancellationToken cancellationToken);

    /// <summary>Gives a claimed order back, to be begun again at once by anybody.</summary>
    Task GiveBackAsync(string id, string owner, CancellationToken cancellationToken);
}
