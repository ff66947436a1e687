namespace ProductVideo.Admin.Layout;

/// <summary>A part of a list that is read page by page.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Reads on behind them, in the same list; null if nothing follows.</param>
internal sealed record Part<T>(IReadOnlyList<T> Items, Func<Task<Part<T>>>? Next);

/// <summary>Parts of lists that are read on from their last item.</summary>
internal static class Part
{
    /// <param name="read">Reads at most so many behind an item, or from the start where it is null.</param>
    /// <param name="size">How many make a page.</param>
    /// <param name="shown">How many are shown already, and are to be shown again.</param>
    /// <param name="after">Where it begins.</param>
    public static async Task<Part<T>> ReadAsync<T>(Func<T?, int, Task<IReadOnlyList<T>>> read, int size, int shown = 0, T? after = null)
        where T : class
    {
        var take = Math.Max(shown, size);
        var items = await read(after, take);
        return new Part<T>(items, items.Count == take ? () => ReadAsync(read, size, after: items[^1]) : null);
    }
}
