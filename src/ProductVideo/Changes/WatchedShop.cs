using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>What a shop wants done about changes, and how far its products were gone through.</summary>
/// <param name="Shop">Which.</param>
/// <param name="Policy">The default where it never said.</param>
/// <param name="ScannedAt">When all products were last gone through; null if never yet.</param>
/// <param name="DueAt">When the scan goes on or the next one begins.</param>
/// <param name="UninstalledAt">When the shop told that it took our access away; null while it has not.</param>
/// <param name="Problem">What the last try to go on with the scan met; null if nothing.</param>
internal sealed record WatchedShop(
    string Shop, ChangePolicy Policy, DateTimeOffset? ScannedAt, DateTimeOffset DueAt, DateTimeOffset? UninstalledAt, Problem? Problem)
{
    internal static WatchedShop Of(WatchedShopRow row) => new(
        row.Shop, row.Policy is { } policy ? Json.Read<ChangePolicy>(policy) : ChangePolicy.Default, row.ScannedAt, row.DueAt, row.UninstalledAt,
        row.Problem is { } problem ? Json.Read<Problem>(problem) : null);
}
