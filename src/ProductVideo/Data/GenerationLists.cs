using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>The queries by which generations are listed; each is written for an index.</summary>
internal static class GenerationLists
{
    /// <summary>
    /// Those that wait for a person's look, by an index of those alone: few wait among a million that are done. The state stands there by its
    /// name and not as a parameter, or the index could not be taken; and the shop with nothing added to it, or SQLite would look through all that
    /// the shop ever had, by its index.
    /// </summary>
    public static IQueryable<GenerationRow> ToReview(ProductVideoDb db, string? shop) => db.Generations.AsNoTracking()
        .Where(row => row.State == nameof(GenerationState.AwaitingReview) && (shop == null || row.Shop + "" == shop));

    /// <summary>A page, newest first.</summary>
    public static IQueryable<GenerationRow> Rows(ProductVideoDb db, GenerationFilter filter)
    {
        if (filter is { State: nameof(GenerationState.AwaitingReview), ProductIds: null })
            return Page(ToReview(db, filter.Shop).Holding(filter.Search, row => row.Named), filter);
        if (filter.ProductIds is null && WordSearch.IsAsked(filter.Search))
        {
            var found = Found(db, filter);
            return InOrder(db.Generations.AsNoTracking().Where(row => found.Contains(row.Id)));
        }

        var rows = db.Generations.AsNoTracking();
        if (filter.Shop is { } shop)
            rows = rows.Where(row => row.Shop == shop);
        if (filter.ProductIds is { } products)
            rows = rows.Where(row => products.Contains(row.ProductId));
        if (filter.State is { } state)
            rows = rows.Where(row => row.State == state);
        return Page(rows.Holding(filter.Search, row => row.Named), filter);
    }

    /// <summary>
    /// The ids of such a page of a search. It goes through an index that has the names, and never through the rows, which are a hundred times as
    /// large; with the shop as in <see cref="ToReview"/>, for the shop's own index has no names.
    /// </summary>
    internal static IQueryable<Guid> Found(ProductVideoDb db, GenerationFilter filter)
    {
        var rows = db.Generations.AsNoTracking().Holding(filter.Search, row => row.Named);
        if (filter.Shop is { } shop)
            rows = rows.Where(row => row.Shop + "" == shop);
        if (filter.State is { } state)
            rows = rows.Where(row => row.State == state);
        return Page(rows, filter).Select(row => row.Id);
    }

    private static IQueryable<GenerationRow> Page(IQueryable<GenerationRow> rows, GenerationFilter filter)
    {
        if (filter.Before is { } before)
            rows = rows.Where(row => row.CreatedAt < before.CreatedAt || (row.CreatedAt == before.CreatedAt && row.Id.CompareTo(before.Id) < 0));
        return InOrder(rows).Take(filter.Take);
    }

    private static IOrderedQueryable<GenerationRow> InOrder(IQueryable<GenerationRow> rows) =>
        rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
}
