using System.Globalization;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>A product's page: gallery on one side, what there is to know on the other.</summary>
internal static class ProductPage
{
    public static string Of(ProductView view)
    {
        var description = SafeDescription.From(view.Product.BodyHtml);
        var vendor = view.Vendor is { } name ? Html.Of($"""<p class="vendor">{name}</p>""") : Html.Empty;
        return PageFrame.Of(view.Shop, view.Locale, view.Title, Head(view), Html.Of($"""
            <main class="product">
              {GalleryMarkup.Of(view)}
              <section class="about">
                {vendor}
                <h1>{view.Title}</h1>
                {Price(view, view.Product.Variants.FirstOrDefault(v => view.PriceOf(v) is not null))}
                {Versions(view)}
                <div class="description">{description}</div>
                {Details(view)}
              </section>
            </main>
            """));
    }

    public static Html Price(ProductView view, FolderVariant? variant)
    {
        if (variant is null || view.PriceOf(variant) is not { } price)
            return Html.Empty;
        var was = view.WasOf(variant) is { } before
            ? Html.Of($""" <s class="was"><span class="unseen">{view.Words.Was} </span>{view.PriceText(before)}</s>""")
            : Html.Empty;
        return Html.Of($"""<span class="price" data-price><bdi class="now">{view.PriceText(price)}</bdi>{was}</span>""");
    }

    private static Html Head(ProductView view)
    {
        var summary = SafeDescription.Text(view.Product.BodyHtml, 200);
        var still = view.Media.FirstOrDefault(m => m.Image is not null) is { } main
            ? Html.Of($"""<meta property="og:image" content="{view.Shop.Absolute(main.Url)}">""")
            : Html.Empty;
        var clip = view.Media.FirstOrDefault(m => m.Video is not null) is { } video
            ? Html.Of($"""<meta property="og:video" content="{view.Shop.Absolute(video.Url)}"><meta property="og:video:type" content="video/mp4">""")
            : Html.Empty;
        return Html.Of($"""
            <link rel="canonical" href="{view.Shop.Absolute(view.Url)}">
              <meta name="description" content="{summary}">
              <meta property="og:type" content="product">
              <meta property="og:title" content="{view.Title}">
              {still}{clip}
              {StructuredData.Of(view)}
            """);
    }

    private static Html Versions(ProductView view)
    {
        var variants = view.Product.Variants.Where(v => v.Options.Count > 0).Take(100).ToList();
        if (variants.Count == 0)
            return Html.Empty;
        var names = string.Join(" / ", variants[0].Options.Keys.Select(n => PlainText.Clean(n, 40)));
        return Html.Of($"""
            <fieldset class="versions">
              <legend>{(names.Length > 0 ? names : view.Words.Versions)}</legend>
              {variants.Select((v, i) => Version(view, v, i == 0))}
            </fieldset>
            """);
    }

    private static Html Version(ProductView view, FolderVariant variant, bool isFirst)
    {
        var price = view.PriceOf(variant) is { } now ? view.PriceText(now) : "";
        var was = view.WasOf(variant) is { } before ? view.PriceText(before) : "";
        var at = view.Media.ToList().FindIndex(m => m.Image?.Src == variant.ImageSrc);
        var shows = at < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"media-{at + 1}");
        var label = string.Join(" / ", variant.Options.Values.Select(v => PlainText.Clean(v, 60)));
        return Html.Of($"""
            <label><input type="radio" name="version" value="{variant.Id}" data-now="{price}" data-before="{was}" data-shows="{shows}" {(isFirst ? "checked" : "")}><span>{label}</span></label>
            """);
    }

    private static Html Details(ProductView view)
    {
        var facts = view.Product.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Take(40).ToList();
        if (facts.Count == 0)
            return Html.Empty;
        return Html.Of($"""
            <section class="details">
              <h2>{view.Words.Details}</h2>
              <dl>{facts.Select(f => Html.Of($"<div><dt>{Label(f.Key)}</dt><dd>{PlainText.Clean(f.Value, 300)}</dd></div>"))}</dl>
            </section>
            """);
    }

    private static string Label(string attribute)
    {
        var words = PlainText.Clean(attribute.Replace('_', ' ').Replace('-', ' '), 60);
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
