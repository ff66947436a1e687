using System.Globalization;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>The shop's first page: its products as a grid.</summary>
internal static class IndexPage
{
    public const int ProductsPerPage = 24;

    /// <param name="shop">The shop.</param>
    /// <param name="products">Of this page.</param>
    /// <param name="search">What was searched for; null for all.</param>
    /// <param name="nextCursor">Continues the grid; null at its end.</param>
    public static string Of(ShopView shop, IReadOnlyList<ProductView> products, string? search, string? nextCursor)
    {
        var words = Words.For(shop.Shop.Locale);
        var more = nextCursor is null
            ? Html.Empty
            : Html.Of($"""<p class="more"><a class="button" rel="next" href="{shop.Root}{Query(search, nextCursor)}">{words.More}</a></p>""");
        var grid = products.Count == 0
            ? Html.Of($"""<p class="nothing">{words.NothingFound}</p>""")
            : Html.Of($"""<ul class="grid">{products.Select((p, i) => Card(p, i))}</ul>""");
        var heading = search is null ? words.AllProducts : $"“{PlainText.Clean(search, 80)}”";
        return PageFrame.Of(shop, shop.Shop.Locale, heading, Html.Empty, Html.Of($"""
            <main class="index">
              <h1>{heading}</h1>
              {grid}
              {more}
            </main>
            """), search);
    }

    private static Html Card(ProductView product, int index)
    {
        var picture = product.Media.FirstOrDefault(m => m.Image is not null) is { } main
            ? Html.Of($"""<img src="{main.Url}" alt="" loading="{(index < 8 ? "eager" : "lazy")}" referrerpolicy="no-referrer">""")
            : Html.Empty;
        var video = product.Media.Any(m => m.Video is not null)
            ? Html.Of($"""<span class="badge"><span class="triangle" aria-hidden="true"></span>{product.Words.Video}</span>""")
            : Html.Empty;
        var vendor = product.Vendor is { } name ? Html.Of($"""<span class="vendor">{name}</span>""") : Html.Empty;
        return Html.Of($"""
            <li><a class="card" href="{product.Url}" {Language(product)}>
              <span class="frame">{picture}{video}</span>
              {vendor}
              <span class="name">{product.Title}</span>
              {ProductPage.Price(product, product.Product.Variants.FirstOrDefault(v => product.PriceOf(v) is not null))}
            </a></li>
            """);
    }

    private static Html Language(ProductView product) =>
        product.Locale is { } locale ? Html.Of($"""lang="{locale}" dir="auto" """) : Html.Of($"""dir="auto" """);

    private static string Query(string? search, string cursor) => search is null
        ? $"?after={Uri.EscapeDataString(cursor)}"
        : string.Create(CultureInfo.InvariantCulture, $"?q={Uri.EscapeDataString(search)}&after={Uri.EscapeDataString(cursor)}");
}
