using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Spending;

namespace ProductVideo.CatalogIndex;

/// <summary>Products between the program and the index.</summary>
internal static class CatalogRows
{
    /// <summary>
    /// What the listing tells is written over; how the product's video stands is left, and a version or a content counts as changed when it is
    /// another one. A content that was not written down yet is as old as the version, so that no update of this program makes products look changed.
    /// While the listing is as it was when the last video ended, that end speaks for it.
    /// </summary>
    public static readonly ManyRows<CatalogProduct> Table = ManyRows<CatalogProduct>.Insert(
        "catalog_products",
        [
            new("Shop", ColumnType.Text, product => product.Ref.Shop),
            new("ProductId", ColumnType.Text, product => product.Ref.ProductId),
            new("Title", ColumnType.Text, product => product.Title),
            new("Handle", ColumnType.Text, product => product.Handle),
            new("Vendor", ColumnType.Text, product => product.Vendor),
            new("ProductType", ColumnType.Text, product => product.ProductType),
            new("Tags", ColumnType.Text, product => Joined(product.Tags)),
            new("Collections", ColumnType.Text, product => Joined(product.Collections)),
            new("Price", ColumnType.Long, product => product.Price is { } price ? Micros.Of(price.Amount) : null),
            new("Currency", ColumnType.Text, product => product.Price?.Currency),
            new("Stock", ColumnType.Int, product => product.Stock),
            new("Sold", ColumnType.Long, product => product.Sold),
            new("IsPublished", ColumnType.Bool, product => product.IsPublished),
            new("Pictures", ColumnType.Int, product => product.Pictures),
            new("Version", ColumnType.Text, product => product.Version),
            new("ChangedAt", ColumnType.Long, product => product.ChangedAt.UtcTicks),
            new("Content", ColumnType.Text, product => product.Content),
            new("ContentAt", ColumnType.Long, product => product.ContentAt?.UtcTicks),
            new("SeenAt", ColumnType.Long, product => product.SeenAt.UtcTicks),
            new("Lacks", ColumnType.Int, _ => (int)Lacks.Video),
        ],
        """
        ("Shop", "ProductId") DO UPDATE SET
          "Title" = excluded."Title", "Handle" = excluded."Handle", "Vendor" = excluded."Vendor", "ProductType" = excluded."ProductType", "Tags" = excluded."Tags",
          "Collections" = excluded."Collections", "Price" = excluded."Price", "Currency" = excluded."Currency", "Stock" = excluded."Stock",
          "Sold" = excluded."Sold", "IsPublished" = excluded."IsPublished", "Pictures" = excluded."Pictures",
          "SeenAt" = CASE WHEN t."SeenAt" > excluded."SeenAt" THEN t."SeenAt" ELSE excluded."SeenAt" END,
          "EndedAt" = CASE WHEN t."EndedFor" = excluded."Version" THEN excluded."SeenAt" ELSE t."EndedAt" END,
          "ContentAt" = CASE WHEN t."Content" = excluded."Content" THEN t."ContentAt"
            WHEN t."Content" IS NULL AND t."Version" = excluded."Version" THEN t."ChangedAt" ELSE excluded."ContentAt" END,
          "Content" = excluded."Content",
          "ChangedAt" = CASE WHEN t."Version" = excluded."Version" THEN t."ChangedAt" ELSE excluded."ChangedAt" END, "Version" = excluded."Version"
        """);

    public static CatalogProduct ToProduct(CatalogProductRow row) => new()
    {
        Ref = new ProductRef(row.Shop, row.ProductId),
        Title = row.Title,
        Handle = row.Handle,
        Vendor = row.Vendor,
        ProductType = row.ProductType,
        Tags = Parted(row.Tags),
        Collections = Parted(row.Collections),
        Price = row.Price is { } price ? Micros.ToMoney(price, row.Currency!) : null,
        Stock = row.Stock,
        Sold = row.Sold,
        IsPublished = row.IsPublished,
        Pictures = row.Pictures,
        Version = row.Version,
        ChangedAt = row.ChangedAt,
        Content = row.Content,
        ContentAt = row.ContentAt,
        SeenAt = row.SeenAt,
        Lacks = (Lacks)row.Lacks,
        Video = row.Video,
        Template = row.Template,
        UnderWay = row.UnderWay,
        EndedAs = row.EndedAs is { } ended ? Enum.Parse<VainEnd>(ended) : null,
        EndedFor = row.EndedFor,
        EndedAt = row.EndedAt,
    };

    private static string Joined(IReadOnlyList<string> words) => words.Count == 0 ? "" : string.Join('\n', words.Select(word => word.ReplaceLineEndings(" ")));

    private static IReadOnlyList<string> Parted(string words) => words.Length == 0 ? [] : words.Split('\n');
}
