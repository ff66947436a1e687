using System.Collections.Concurrent;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Imaging;
using ProductVideo.Pipeline;

namespace ProductVideo.Backfills;

/// <summary>Tells a fault that is one product's own from one that is the whole shop's or this server's: for those no product may pay.</summary>
internal sealed class Outages(Shops shops, ProductSnapshots snapshots)
{
    /// <summary>So many other products' pictures are asked for at most: a host that gives none of them is away.</summary>
    internal const int Few = 3;

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
        refused.Problem.Code is "shop_unavailable" or "shop_rate_limited" or "database_unavailable" or Problem.StorageUnavailable
        || refused is { Kind: RefusalKind.Unavailable, Problem.Code: "image_unreachable" };

    /// <summary>Whether the product's picture did not come. Whose fault that is, only another product's picture tells.</summary>
    public static bool IsOfPicture(RefusedException refused) =>
        refused is { Problem.Code: "image_unreachable" } or { Problem.Code: "shop_unavailable" or "shop_data_invalid", Field: "images" };

    /// <summary>
    /// Whether it is proved to be the product's own fault: its picture is no picture, or the shop lists others and can't read it. A style that
    /// can't be written for its words may be broken itself, and a picture that stays too large is so for one provider.
    /// </summary>
    public async Task<bool> IsProductsAsync(string shop, RefusedException refused, CancellationToken cancellationToken) =>
        refused is { InnerException: ImageRefusedException { Refusal: not ImageRefusal.StaysTooLarge } }
        || (refused is { Problem.Code: "shop_unavailable" } or { Problem.Code: "shop_data_invalid", Field: null } && await AnswersAsync(shop, cancellationToken));

    /// <summary>Whether the shop gives out the pictures of other products now.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="known">Other products that are asked for first; where there are none, any of the shop are.</param>
    /// <param name="suspects">Products whose pictures did not come. A single one of a shop without others is to blame itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> GivesPicturesAsync(
        string shop, IReadOnlyCollection<string> known, IReadOnlyCollection<string> suspects, CancellationToken cancellationToken)
    {
        try
        {
            var storefront = shops.Get(shop);
            var others = await OthersAsync(storefront, known, suspects, cancellationToken);
            foreach (var other in others)
            {
                if (await ComesAsync(storefront, other.Images[0], cancellationToken))
                    return true;
            }

            return others.Count == 0 && suspects.Count == 1;
        }
        catch (StorefrontException)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<ListedProduct>> OthersAsync(
        IStorefront storefront, IReadOnlyCollection<string> known, IReadOnlyCollection<string> suspects, CancellationToken cancellationToken)
    {
        var others = new List<ListedProduct?>();
        foreach (var id in known.Except(suspects, StringComparer.Ordinal))
            others.Add(await storefront.ReadAsync(id, cancellationToken));
        if (others.Count == 0)
            others.AddRange((await storefront.ListAsync(new ProductQuery(Take: Few + suspects.Count), cancellationToken)).Products);
        return [.. others.OfType<ListedProduct>().Where(other => other.Images.Count > 0 && !suspects.Contains(other.Ref.ProductId, StringComparer.Ordinal)).Take(Few)];
    }

    private async Task<bool> ComesAsync(IStorefront storefront, ListedImage picture, CancellationToken cancellationToken)
    {
        try
        {
            await snapshots.FetchAsync(storefront, picture, position: 1, cancellationToken);
            return true;
        }
        catch (RefusedException e)
        {
            // What can't be used came all the same.
            return e.Problem.Code is "image_unreadable";
        }
    }

    /// <summary>A shop that lists its products now and yet can't read this one would hold up all others by it.</summary>
    public async Task<bool> AnswersAsync(string shop, CancellationToken cancellationToken)
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
