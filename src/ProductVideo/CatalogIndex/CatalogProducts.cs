using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.CatalogIndex;

/// <summary>
/// What is known of each shop's products without asking the shop: filled by scans and by what shops tell, kept beside each change of a
/// video. Everything here is as of the last look; an order reads the product itself.
/// </summary>
internal sealed class CatalogProducts(IDbContextFactory<ProductVideoDb> databases, CatalogVideos videos)
{
    /// <summary>The most products of one page.</summary>
    public const int MostPerPage = 1000;

    /// <summary>All of a shop, by id.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="take">How many, up to <see cref="MostPerPage"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<CatalogProduct>> PageAsync(string shop, string? after, int take, CancellationToken cancellationToken) =>
        PageAsync(shop, lacking: null, after, take, cancellationToken);

    /// <summary>Those that lack a video, or whose video would be another one today; by id. However large the catalogue, a page takes the same time.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="take">How many, up to <see cref="MostPerPage"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="what">Which of them.</param>
    /// <param name="search">Those in whose title, vendor, type or id each of these words stands; it is looked for in as many as it takes to fill the page.</param>
    public Task<IReadOnlyList<CatalogProduct>> LackingAsync(
        string shop, string? after, int take, CancellationToken cancellationToken, Lacking what = Lacking.Anything, string? search = null) =>
        PageAsync(shop, what, after, take, cancellationToken, search);

    /// <summary>Those of these products that are known.</summary>
    public async Task<IReadOnlyList<CatalogProduct>> FindAsync(string shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.CatalogProducts.AsNoTracking().Where(row => row.Shop == shop && products.Contains(row.ProductId)).ToListAsync(cancellationToken)).ConvertAll(CatalogRows.ToProduct);
    }

    /// <summary>Those of these names that are known: a name is a product's id, or else its handle.</summary>
    /// <returns>By name.</returns>
    internal async Task<IReadOnlyDictionary<string, CatalogProduct>> NamedAsync(string shop, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var named = (await FindAsync(shop, names, cancellationToken)).ToDictionary(product => product.Ref.ProductId, StringComparer.Ordinal);
        var others = names.Where(name => !named.ContainsKey(name)).ToList();
        if (others.Count == 0)
            return named;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.CatalogProducts.AsNoTracking().Where(row => row.Shop == shop && row.Handle != null && others.Contains(row.Handle)).OrderBy(row => row.ProductId).ToListAsync(cancellationToken))
            named.TryAdd(row.Handle!, CatalogRows.ToProduct(row));
        return named;
    }

    /// <summary>How many products there are, or were seen since.</summary>
    public async Task<int> CountAsync(string shop, CancellationToken cancellationToken, DateTimeOffset? seenSince = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.CatalogProducts.Where(row => row.Shop == shop);
        return await (seenSince is { } since ? rows.Where(row => row.SeenAt >= since) : rows).CountAsync(cancellationToken);
    }

    /// <summary>How many products there are, and how many lack what.</summary>
    public async Task<CatalogStanding> StandingAsync(string shop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.CatalogProducts.Where(row => row.Shop == shop);
        var lacking = await rows.Where(row => row.Lacks != 0).GroupBy(row => row.Lacks == (int)Lacks.Video)
            .Select(group => new { WithoutVideo = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var scan = await db.WatchedShops.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop, cancellationToken);
        return new CatalogStanding(
            await rows.CountAsync(cancellationToken), lacking.Where(group => group.WithoutVideo).Sum(group => group.Count),
            lacking.Where(group => !group.WithoutVideo).Sum(group => group.Count), scan?.ScannedAt, scan?.ScanSince is not null,
            scan?.Problem is { } problem ? Json.Read<Problem>(problem) : null, scan?.DueAt);
    }

    /// <summary>The words by which a backfill of the shop can be narrowed, those that most products have first.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<CatalogWords> WordsAsync(string shop, CancellationToken cancellationToken)
    {
        // More products than that tell nothing new about how a shop sorts its goods.
        const int Looked = 5_000;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.CatalogProducts.AsNoTracking().Where(row => row.Shop == shop).OrderBy(row => row.ProductId).Take(Looked)
            .Select(row => new { row.Collections, row.Tags, row.ProductType, row.Vendor }).ToListAsync(cancellationToken);
        return new CatalogWords(
            Most(rows.SelectMany(row => row.Collections.Split('\n'))), Most(rows.SelectMany(row => row.Tags.Split('\n'))),
            Most(rows.Select(row => row.ProductType)), Most(rows.Select(row => row.Vendor)));

        static IReadOnlyList<string> Most(IEnumerable<string?> words) =>
            [.. words.Where(word => !string.IsNullOrWhiteSpace(word)).GroupBy(word => word!.Trim(), StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Take(100).Select(group => group.Key)];
    }

    /// <summary>Writes down what a shop lists, in the transaction of <paramref name="db"/>.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="shop">Whose.</param>
    /// <param name="listed">Some of its products.</param>
    /// <param name="seen">When it listed them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task SeeAsync(ProductVideoDb db, string shop, IReadOnlyCollection<ListedProduct> listed, DateTimeOffset seen, CancellationToken cancellationToken)
    {
        var products = listed.Select(product => CatalogProduct.Of(product, seen)).DistinctBy(product => product.Ref.ProductId)
            .OrderBy(product => product.Ref.ProductId, StringComparer.Ordinal).ToList();
        var ids = products.ConvertAll(product => product.Ref.ProductId);
        var known = await db.CatalogProducts.Where(row => row.Shop == shop && ids.Contains(row.ProductId)).Select(row => row.ProductId).ToListAsync(cancellationToken);
        await db.WriteManyAsync(CatalogRows.Table, products, cancellationToken);
        await videos.SettleNewAsync(db, shop, [.. ids.Except(known, StringComparer.Ordinal)], cancellationToken);
    }

    /// <summary>Forgets what a shop listed no more since then.</summary>
    internal static Task ForgetAsync(ProductVideoDb db, string shop, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.CatalogProducts.Where(row => row.Shop == shop && row.SeenAt < since).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Forgets one product.</summary>
    internal async Task ForgetAsync(ProductRef product, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.CatalogProducts.Where(row => row.Shop == product.Shop && row.ProductId == product.ProductId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Writes down one product that was read.</summary>
    internal async Task SeeAsync(ListedProduct listed, DateTimeOffset seen, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await SeeAsync(db, listed.Ref.Shop, [listed], seen, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<CatalogProduct>> PageAsync(string shop, Lacking? lacking, string? after, int take, CancellationToken cancellationToken, string? search = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, MostPerPage);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.CatalogProducts.AsNoTracking().Where(row => row.Shop == shop);
        rows = lacking switch
        {
            Lacking.Anything => rows.Where(row => row.Lacks != 0),
            Lacking.Video => rows.Where(row => row.Lacks != 0 && row.Lacks == (int)Lacks.Video),
            Lacking.NewerVideo => rows.Where(row => row.Lacks != 0 && row.Lacks != (int)Lacks.Video),
            _ => rows,
        };
        if (after is not null)
            rows = rows.Where(row => string.Compare(row.ProductId, after) > 0);
        rows = rows.HoldingInAnyCase(search, row => row.ProductId + " " + row.Title + " " + (row.Vendor ?? "") + " " + (row.ProductType ?? ""));
        return (await rows.OrderBy(row => row.ProductId).Take(take).ToListAsync(cancellationToken)).ConvertAll(CatalogRows.ToProduct);
    }
}

/// <summary>Which products that lack something.</summary>
public enum Lacking
{
    Anything,

    /// <summary>They have no video.</summary>
    Video,

    /// <summary>They have one that would be another today.</summary>
    NewerVideo,
}

/// <param name="Products">How many the shop lists, drafts among them.</param>
/// <param name="WithoutVideo">How many have none.</param>
/// <param name="Outdated">How many have one that would be another today.</param>
/// <param name="ScannedAt">When all were last gone through; null if never yet.</param>
/// <param name="IsScanning">Whether they are being gone through now.</param>
/// <param name="Problem">What the last try to go on with that met; null if nothing.</param>
/// <param name="DueAt">When they are gone through, or that is tried, next; null where nobody does.</param>
public sealed record CatalogStanding(int Products, int WithoutVideo, int Outdated, DateTimeOffset? ScannedAt, bool IsScanning, Problem? Problem, DateTimeOffset? DueAt);

/// <param name="Collections">Collections or categories.</param>
/// <param name="Tags">Tags.</param>
/// <param name="ProductTypes">Types.</param>
/// <param name="Vendors">Vendors.</param>
public sealed record CatalogWords(
    IReadOnlyList<string> Collections, IReadOnlyList<string> Tags, IReadOnlyList<string> ProductTypes, IReadOnlyList<string> Vendors);
