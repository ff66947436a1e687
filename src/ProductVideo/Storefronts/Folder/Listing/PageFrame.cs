using System.Globalization;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>What every page of the shop has around its content.</summary>
internal static class PageFrame
{
    /// <param name="shop">The shop.</param>
    /// <param name="locale">The page's language.</param>
    /// <param name="title">Of the window; the shop's name is added.</param>
    /// <param name="head">More for the head.</param>
    /// <param name="body">The content.</param>
    /// <param name="search">What was searched for.</param>
    public static string Of(ShopView shop, string? locale, string title, Html head, Html body, string? search = null)
    {
        var words = Words.For(locale);
        var direction = CultureOf(locale).TextInfo.IsRightToLeft ? "rtl" : "ltr";
        var sign = shop.HasLogo ? Html.Of($"""<img class="logo" src="{shop.Root}/assets/logo" alt="{shop.Name}">""") : Html.Of($"<span>{shop.Name}</span>");
        var icon = shop.HasLogo ? Html.Of($"""<link rel="icon" href="{shop.Root}/assets/logo">""") : Html.Empty;
        return Html.Of($"""
            <!doctype html>
            <html lang="{locale ?? "en"}" dir="{direction}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{title} · {shop.Name}</title>
              <link rel="stylesheet" href="{ListingAssets.Style.Url(shop.Root)}">
              <link rel="stylesheet" href="{shop.Root}/assets/brand.css">
              <script src="{ListingAssets.Script.Url(shop.Root)}" defer></script>
              {icon}{head}
            </head>
            <body>
              <header class="top">
                <a class="home" href="{shop.Root}">{sign}</a>
                <form class="search" action="{shop.Root}" role="search">
                  <input type="search" name="q" value="{search}" placeholder="{words.SearchHint}" aria-label="{words.SearchHint}">
                  <button>{words.Search}</button>
                </form>
              </header>
              {body}
              <footer class="bottom"><span>{shop.Name}</span></footer>
            </body>
            </html>
            """).Markup;
    }

    public static string Notice(ShopView shop, string title, string text) =>
        Of(shop, shop.Shop.Locale, title, Html.Of($"""<meta name="robots" content="noindex">"""), Html.Of($"""
            <main class="notice">
              <h1>{title}</h1>
              <p>{text}</p>
              <p><a class="button" href="{shop.Root}">{Words.For(shop.Shop.Locale).AllProducts}</a></p>
            </main>
            """));

    private static CultureInfo CultureOf(string? locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale ?? "en");
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
