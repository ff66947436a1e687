namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Walks one of the shop's lists by id. <c>wc/v3</c> can only skip a number of rows, which names other ones as soon as one before is removed;
/// so each step begins with the last row of the one before, and where that is gone, goes back until an earlier one is seen. None is left out
/// and none comes twice; new ones have higher ids.
/// </summary>
/// <param name="rows">Gives as many rows as asked for from an offset on, ascending by id; fewer at the end.</param>
/// <param name="id">Of a row.</param>
internal sealed class WooCommerceWalk<T>(Func<int, int, CancellationToken, Task<List<T>>> rows, Func<T, long> id)
{
    /// <summary>More is refused by the shop.</summary>
    private const int Most = 100;

    /// <summary>More than any product has variants.</summary>
    private const int Whole = 100_000;

    public async Task<IReadOnlyList<T>> AllAsync(CancellationToken cancellationToken) => (await TakeAsync(default, Whole, cancellationToken)).Rows;

    /// <returns>The rows after that place, and the place of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<T> Rows, WooPlace? Next)> TakeAsync(WooPlace from, int take, CancellationToken cancellationToken)
    {
        var at = from;
        var found = new List<(T Row, int Offset)>();
        var wentBack = false;
        while (found.Count <= take)
        {
            var size = wentBack ? Most : Math.Min(Most, take + 2 - found.Count);
            var page = await PageAsync(at.Offset, size, cancellationToken);
            if (at.Offset > 0 && (page.Count == 0 || id(page[0]) > at.After))
            {
                (at, wentBack) = (at with { Offset = Math.Max(0, at.Offset - Most) }, true);
                continue;
            }

            found.AddRange(page.Select((row, i) => (row, at.Offset + i)).Where(one => id(one.row) > at.After));
            if (page.Count < size)
                break;
            at = new WooPlace(Math.Max(at.After, id(page[^1])), at.Offset + page.Count - 1);
        }

        var taken = found.Take(take).ToList();
        return ([.. taken.Select(one => one.Row)], found.Count > take ? new WooPlace(id(taken[^1].Row), taken[^1].Offset) : null);
    }

    private async Task<List<T>> PageAsync(int offset, int size, CancellationToken cancellationToken)
    {
        var page = await rows(offset, size, cancellationToken);
        // A walk through any other order would never end.
        return page.Zip(page.Skip(1)).All(pair => id(pair.First) < id(pair.Second)) ? page : throw WooCommerceFaults.NotInOrder();
    }
}
