using System.Globalization;

namespace ProductVideo.Storefronts;

/// <summary>
/// Walks a list of a shop by id where the shop can only skip a number of rows, which names other ones as soon as one before is removed: each step
/// begins with the last row of the one before, and where that is gone, goes back until an earlier one is seen. None is left out and none comes twice;
/// new ones have higher ids.
/// </summary>
/// <param name="rows">Gives as many rows as asked for from an offset on, ascending by id; fewer at the end.</param>
/// <param name="id">Of a row; not empty.</param>
/// <param name="isBefore">Whether the first id stands before the second, as the shop sorts them.</param>
/// <param name="notInOrder">What is told of a shop that sorts otherwise: a walk through that would never end.</param>
internal sealed class SteadyWalk<T>(
    Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> rows, Func<T, string> id, Func<string, string, bool> isBefore, Func<Exception> notInOrder)
{
    private const int Most = 100;

    /// <returns>The rows after that place, and the place of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<T> Rows, WalkPlace? Next)> TakeAsync(WalkPlace? from, int take, CancellationToken cancellationToken)
    {
        var at = from ?? new WalkPlace("", 0);
        var found = new List<(T Row, int Offset)>();
        var back = 0;
        while (found.Count <= take)
        {
            var size = back > 0 ? Most : Math.Min(Most, take + 2 - found.Count);
            var page = await PageAsync(at.Offset, size, cancellationToken);
            if (at.Offset > 0 && (page.Count == 0 || IsNew(page[0], at)))
            {
                // Twice as far each time: a place far behind the end, which anybody can make up, is soon back at the beginning.
                back = back == 0 ? Most : back > at.Offset / 2 ? at.Offset : back * 2;
                at = at with { Offset = Math.Max(0, at.Offset - back) };
                continue;
            }

            found.AddRange(page.Select((row, i) => (row, at.Offset + i)).Where(one => IsNew(one.row, at)));
            if (page.Count < size)
                break;
            at = new WalkPlace(IsNew(page[^1], at) ? id(page[^1]) : at.After, at.Offset + page.Count - 1);
        }

        var taken = found.Take(take).ToList();
        return ([.. taken.Select(one => one.Row)], found.Count > take ? new WalkPlace(id(taken[^1].Row), taken[^1].Offset) : null);
    }

    private bool IsNew(T row, WalkPlace at) => at.After.Length == 0 || isBefore(at.After, id(row));

    private async Task<IReadOnlyList<T>> PageAsync(int offset, int size, CancellationToken cancellationToken)
    {
        var page = await rows(offset, size, cancellationToken);
        return page.Zip(page.Skip(1)).All(pair => isBefore(id(pair.First), id(pair.Second))) ? page : throw notInOrder();
    }
}

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
