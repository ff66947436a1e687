using System.Collections.Concurrent;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Backfills;

/// <summary>Tells a fault that is one product's own from one that is the whole shop's or this server's: for those no product may pay.</summary>
internal sealed class Outages(Shops shops)
{
    /// <summary>A shop that came back is noticed within this time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Each node counts for itself, and one that starts anew waits shortly again.
    private readonly ConcurrentDictionary<Guid, int> _tries = new();

    /// <summary>How long a backfill waits now: longer each time, until it is <see cref="Over"/>.</summary>
    public TimeSpan NextWait(Guid backfill, TimeSpan asked)
    {
        var wait = Patience.After(_tries.AddOrUpdate(backfill, 1, (_, before) => before + 1));
        return TimeSpan.FromTicks(Math.Max(asked.Ticks, Math.Min(wait.Ticks, Longest.Ticks)));
    }

    public void Over(Guid backfill) => _tries.TryRemove(backfill, out _);

    public static bool MayPass(RefusedException refused) =>
        refused.Problem.Code is "shop_unavailable" or "shop_rate_limited" or "database_unavailable" or "storage_unavailable"
        || refused is { Kind: RefusalKind.Unavailable, Problem.Code: "image_unreachable" };

    public async Task<bool> IsProductsAsync(string shop, RefusedException refused, CancellationToken cancellationToken) => refused switch
    {
        { Problem.Code: "image_unreachable" } => true,
        // The product itself was read a moment ago.
        { Problem.Code: "shop_unavailable", Field: "images" } => true,
        { Problem.Code: "shop_unavailable" } => await AnswersAsync(shop, cancellationToken),
        _ => false,
    };

    /// <summary>A shop that lists its products now and yet can't read this one would hold up all others by it.</summary>
    private async Task<bool> AnswersAsync(string shop, CancellationToken cancellationToken)
    {
        try
        {
            await shops.Get(shop).ListAsync(new ProductQuery(Take: 1), cancellationToken);
            return true;
        }
        catch (StorefrontException)
        {
            return false;
        }
    }
}
