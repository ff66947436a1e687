using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>
/// Lists the shop's products, oldest first. The shop can only skip a number of them, which names other ones as soon as one before is
/// removed; so each step begins with the last product of the one before, and where that is gone, goes back until an older one is seen. None
/// is left out; new ones come last.
/// </summary>
internal sealed class VirtoCommerceCatalog(VirtoCommerceApi api, IReadOnlyList<string> catalogs)
{
    private const string Entries = "api/catalog/listentries";
    private const int Most = 100;

    /// <returns>Ids of the products, and the cursor of those after them; null at the end.</returns>
    public async Task<(IReadOnlyList<string> Ids, string? Next)> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var words = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search.Trim();
        var place = query.Cursor is null ? default(Place?) : Place.Read(query.Cursor) ?? throw ShopWords.BadCursor();
        if (words is not null && place is null or { IsSearch: true })
        {
            var found = await SearchAsync(words, place?.Offset ?? 0, query.Take, cancellationToken);
            if (found is not null)
                return found.Value;
        }

        return await WalkAsync(words, place ?? default, query.Take, cancellationToken);
    }

    /// <summary>Asks what the walk asks for first.</summary>
    public Task<ShopAnswer> TryAsync(CancellationToken cancellationToken) => api.PostAsync(Entries, Criteria(offset: 0, size: 1, words: null), cancellationToken);

    /// <summary>By the shop's search index, the best first. It gives categories before products, and variations among them.</summary>
    /// <returns>null where the shop has no search module, which it says by 500.</returns>
    private async Task<(IReadOnlyList<string> Ids, string? Next)?> SearchAsync(string words, int offset, int take, CancellationToken cancellationToken)
    {
        var size = Math.Min(Most, take);
        var answer = await api.PostAsync(Entries, Criteria(offset, size, words), cancellationToken);
        if (answer.Status == 500 && offset == 0)
            return null;
        var rows = VirtoCommerceApi.Read<VirtoEntries>(answer).All;
        return ([.. rows.Where(row => row.IsProduct).Select(row => row.Id!)], rows.Count < size ? null : new Place(offset + size, Created: null, After: null).ToString());
    }

    private async Task<(IReadOnlyList<string> Ids, string? Next)> WalkAsync(string? words, Place at, int take, CancellationToken cancellationToken)
    {
        var found = new List<(VirtoEntry Entry, int Offset)>();
        var (mayGoBack, back) = (true, 0);
        while (found.Count <= take)
        {
            var size = words is null && at.Offset == 0 ? Math.Min(Most, take + 2) : Most;
            var rows = await RowsAsync(at.Offset, size, cancellationToken);
            if (mayGoBack && at.Offset > 0 && !Reaches(rows, at))
            {
                // Twice as far each time: a place far behind the end, which anybody can make up, is soon back at the beginning.
                back = back == 0 ? Most : back > at.Offset / 2 ? at.Offset : back * 2;
                at = at with { Offset = Math.Max(0, at.Offset - back) };
                mayGoBack = at.Offset > 0;
                continue;
            }

            var fresh = Fresh(rows, at);
            found.AddRange(fresh.Where(row => words is null || Holds(row.Entry, words)));
            if (rows.Count < size)
                break;
            // Where all of it was given already, the walk goes on behind it and still knows what it gave last.
            var last = fresh.Count > 0 ? fresh[^1] : default;
            mayGoBack = last.Entry is not null;
            at = last.Entry is null ? at with { Offset = at.Offset + rows.Count - 1 } : new Place(last.Offset, last.Entry.CreatedDate.Ticks, last.Entry.Id);
        }

        var page = found.Take(take).ToList();
        return ([.. page.Select(one => one.Entry.Id!)],
            found.Count > take ? new Place(page[^1].Offset, page[^1].Entry.CreatedDate.Ticks, page[^1].Entry.Id).ToString() : null);
    }

    /// <summary>Whether what was given last lies in these rows or behind them.</summary>
    private static bool Reaches(IReadOnlyList<VirtoEntry> rows, Place at) =>
        rows.Count > 0 && (rows[0].CreatedDate.Ticks < at.Created || rows.Any(row => row.Id == at.After));

    private static IReadOnlyList<(VirtoEntry Entry, int Offset)> Fresh(IReadOnlyList<VirtoEntry> rows, Place at)
    {
        var placed = rows.Select((row, i) => (Entry: row, Offset: at.Offset + i)).ToList();
        var last = placed.FindIndex(row => row.Entry.Id == at.After);
        return last >= 0 ? placed[(last + 1)..] : [.. placed.Where(row => at.Created is null || row.Entry.CreatedDate.Ticks >= at.Created)];
    }

    private static bool Holds(VirtoEntry entry, string words) =>
        entry.Name?.Contains(words, StringComparison.OrdinalIgnoreCase) is true || entry.Code?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;

    private async Task<IReadOnlyList<VirtoEntry>> RowsAsync(int offset, int size, CancellationToken cancellationToken)
    {
        var rows = (await api.PostAsync<VirtoEntries>(Entries, Criteria(offset, size, words: null), cancellationToken)).All;
        // A walk through any other order would leave some out.
        return rows.All(row => row.IsProduct) && rows.Zip(rows.Skip(1)).All(pair => pair.First.CreatedDate <= pair.Second.CreatedDate) ? rows : throw VirtoCommerceFaults.NotInOrder();
    }

    private object Criteria(int offset, int size, string? words) => new
    {
        ObjectTypes = new[] { "CatalogProduct" },
        SearchInChildren = true,
        CatalogIds = catalogs.Count == 0 ? null : catalogs,
        Keyword = words,
        Sort = "createdDate:asc",
        Skip = offset,
        Take = size,
    };

    /// <param name="Offset">Where the last one stood that was given, or of a search, where the next one stands.</param>
    /// <param name="Created">When that was made, in ticks; null for a search, and at the beginning.</param>
    /// <param name="After">Its id.</param>
    private readonly record struct Place(int Offset, long? Created, string? After)
    {
        public bool IsSearch => After is null;

        public static Place? Read(string cursor) => cursor.Split(':', 3) switch
        {
            [var offset] when Number(offset) is { } skip and <= int.MaxValue => new Place((int)skip, Created: null, After: null),
            [var offset, var created, { Length: > 0 } after] when Number(offset) is { } skip and <= int.MaxValue && Number(created) is { } ticks => new Place((int)skip, ticks, after),
            _ => null,
        };

        public override string ToString() => After is null
            ? Offset.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Offset}:{Created}:{After}");

        private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
