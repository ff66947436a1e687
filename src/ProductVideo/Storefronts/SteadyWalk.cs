using System.Globalization;

namespace ProductVideo.Storefronts;

/// <summary>
/// Walks a list of a shop by id where the shop can only skip a number of rows, which names other ones as soon as one before is removed: each step
/// begins with the last row of the one before, and where that is gone, goes back until an earlier one is seen. None is left out and none comes twice;
/// new ones have higher ids.
/// </summary>
/// <param name="rows">Gives as many rows as asked for from an offset on, ascending by id; fewer at the end, and where the shop leaves out what it can't read.</param>
/// <param name="id">Of a row; not empty.</param>
/// <param name="isBefore">Whether the first id stands before the second, as the shop sorts them.</param>
/// <param name="notInOrder">What is told of a shop that sorts otherwise: a walk through that would never end.</param>
internal sealed class SteadyWalk<T>(
    Func<int, int, CancellationToken, Task<WalkRows<T>>> rows, Func<T, string> id, Func<string, string, bool> isBefore, Func<Exception> notInOrder)
{
    private const int Most = 100;

    /// <returns>The rows after that place, and the place of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<T> Rows, WalkPlace? Next)> TakeAsync(WalkPlace? from, int take, CancellationToken cancellationToken)
    {
        var at = from ?? new WalkPlace("", 0);
        var found = new List<(T Row, int Offset)>();
        var back = 0;
        var widest = false;
        int? bridged = null;
        while (found.Count <= take)
        {
            var size = back > 0 || widest ? Most : Math.Min(Most, take + 2 - found.Count);
            var (page, total) = await PageAsync(at.Offset, size, cancellationToken);
            var isEnd = page.Count < size && (total is null || at.Offset + size >= total);
            if (at.Offset > 0 && (page.Count == 0 || IsNew(page[0], at)) && !(total >= bridged))
            {
                // Twice as far each time: a place far behind the end, which anybody can make up, is soon back at the beginning.
                back = back == 0 ? Most : back > at.Offset / 2 ? at.Offset : back * 2;
                (at, bridged) = (at with { Offset = Math.Max(0, at.Offset - back) }, null);
                continue;
            }

            found.AddRange(page.Select((row, i) => (row, at.Offset + i)).Where(one => IsNew(one.row, at)));
            if (isEnd)
                break;
            var after = page.Count > 0 && IsNew(page[^1], at) ? id(page[^1]) : at.After;
            // Where rows were left out, the last one stands further on than it is counted here: the next step begins before it, never behind.
            var step = Math.Max(0, page.Count - 1);
            // Nothing but what was left out can't be begun with: the next step begins with the last of that, which is safe while none was removed.
            (step, bridged) = step == 0 && size == Most ? (Most - 1, total) : (step, null);
            widest = step == 0;
            at = new WalkPlace(after, at.Offset + step);
        }

        var taken = found.Take(take).ToList();
        return ([.. taken.Select(one => one.Row)], found.Count > take ? new WalkPlace(id(taken[^1].Row), taken[^1].Offset) : null);
    }

    private bool IsNew(T row, WalkPlace at) => at.After.Length == 0 || isBefore(at.After, id(row));

    private async Task<WalkRows<T>> PageAsync(int offset, int size, CancellationToken cancellationToken)
    {
        var page = await rows(offset, size, cancellationToken);
        return page.Rows.Zip(page.Rows.Skip(1)).All(pair => isBefore(id(pair.First), id(pair.Second))) ? page : throw notInOrder();
    }
}

/// <param name="Rows">Ascending by id.</param>
/// <param name="Total">All that the shop counts, those among them that it can't read; null where it leaves none out, so that fewer rows than asked for are the end.</param>
internal sealed record WalkRows<T>(IReadOnlyList<T> Rows, int? Total);

/// <summary>How far a walk has come.</summary>
/// <param name="After">The last id that was given; empty at the beginning.</param>
/// <param name="Offset">Where it stood then.</param>
internal sealed record WalkPlace(string After, int Offset)
{
    /// <returns>null for what <see cref="ToString"/> did not write of an id of that shop.</returns>
    public static WalkPlace? Read(string cursor, Func<string, bool> isId) =>
        cursor.Split('.') is [var offset, var after] && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && isId(after)
            ? new WalkPlace(after, place) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}.{After}");

    /// <summary>Numbers by their size; others as databases sort them.</summary>
    public static bool IsBefore(string id, string other) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var a) && long.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
            ? a < b : string.CompareOrdinal(id, other) < 0;
}
