using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Spending;

/// <summary>Every move of money, as it was written. Nothing here is ever changed.</summary>
internal sealed class SpendLedger(IDbContextFactory<ProductVideoDb> databases)
{
    /// <summary>A page, newest first.</summary>
    /// <exception cref="RefusedException">The cursor is no entry's id.</exception>
    public async Task<IReadOnlyList<SpendEntry>> ListAsync(SpendFilter filter, Guid? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Filtered(db, filter);
        if (after is { } id)
        {
            var last = await db.SpendEntries.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw new RefusedException(
                RefusalKind.Invalid, new Problem("invalid_request", "'cursor' is not from this list.", $"There is no spend entry {id}."), "cursor");
            rows = rows.Where(row => row.At < last.At || (row.At == last.At && row.Id.CompareTo(last.Id) < 0));
        }

        return (await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(take).ToListAsync(cancellationToken)).ConvertAll(FromRow);
    }

    /// <summary>All of it, oldest first, as it is read: however long, never whole in memory.</summary>
    public async IAsyncEnumerable<SpendEntry> StreamAsync(
        SpendFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in Filtered(db, filter).OrderBy(row => row.At).ThenBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return FromRow(row);
    }

    /// <summary>What a backfill run holds and has spent, for each currency.</summary>
    internal async Task<(IReadOnlyList<Money> Held, IReadOnlyList<Money> Spent)> OfBackfillAsync(string run, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sums = await db.SpendEntries.AsNoTracking().Where(row => row.Backfill == run).GroupBy(row => row.Currency)
            .Select(group => new { group.Key, Held = group.Sum(row => row.Held), Spent = group.Sum(row => row.Spent) }).ToListAsync(cancellationToken);
        sums.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return ([.. sums.Where(sum => sum.Held != 0).Select(sum => Micros.ToMoney(sum.Held, sum.Key))], [.. sums.Where(sum => sum.Spent != 0).Select(sum => Micros.ToMoney(sum.Spent, sum.Key))]);
    }

    internal static MoneyMove MoveOf(SpendEntryRow row) => new(
        row.Kind, Micros.ToMoney(row.Held == 0 || row.Kind is MoneyMoveKind.Settle ? Math.Abs(row.Spent) : Math.Abs(row.Held), row.Currency), row.Note);

    private static IQueryable<SpendEntryRow> Filtered(ProductVideoDb db, SpendFilter filter)
    {
        var rows = db.SpendEntries.AsNoTracking();
        if (filter.Shop is { } shop)
            rows = rows.Where(row => row.Shop == shop);
        if (filter.From is { } from)
            rows = rows.Where(row => row.At >= from);
        if (filter.Until is { } until)
            rows = rows.Where(row => row.At < until);
        return rows;
    }

    private static SpendEntry FromRow(SpendEntryRow row) => new(
        row.Id, row.At, row.OrderedAt, row.GenerationId, row.Shop, row.ProductId, row.Provider, row.Model, row.Account, row.ApiKey, row.Backfill,
        row.RequestedBy, MoveOf(row));
}

/// <summary>Which entries; all parts narrow the result.</summary>
/// <param name="Shop">One shop's.</param>
/// <param name="From">Written at this time or later.</param>
/// <param name="Until">Written before this time.</param>
internal sealed record SpendFilter(string? Shop = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>One move of money.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was written.</param>
/// <param name="OrderedAt">When the video was ordered: this decides which day's and month's caps count it.</param>
/// <param name="Generation">Whose money.</param>
/// <param name="Shop">The shop.</param>
/// <param name="Product">The product's id.</param>
/// <param name="Provider">Who is paid.</param>
/// <param name="Model">For what.</param>
/// <param name="Account">Always null: a provider has one account.</param>
/// <param name="ApiKey">The start of the key that asked.</param>
/// <param name="Backfill">The backfill run.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Move">What moved.</param>
public sealed record SpendEntry(
    Guid Id, DateTimeOffset At, DateTimeOffset OrderedAt, Guid Generation, string Shop, string Product, string Provider, string Model,
    string? Account, string? ApiKey, string? Backfill, string RequestedBy, MoneyMove Move);
