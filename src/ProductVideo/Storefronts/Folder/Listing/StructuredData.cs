using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>What search engines read: schema.org's Product, and a VideoObject for each clip.</summary>
internal static class StructuredData
{
    public static Html Of(ProductView view)
    {
        var graph = new JsonArray(Product(view));
        foreach (var media in view.Media.Where(m => m.Video is not null))
            graph.Add((JsonNode)Video(view, media));
        var data = new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = graph };

        // The default encoder writes '<', '>', '&' and quotes as \u escapes, so nothing in the data can end the script.
        return new($"""<script type="application/ld+json">{data.ToJsonString(JsonSerializerOptions.Default)}</script>""");
    }

    private static JsonObject Product(ProductView view)
    {
        var product = new JsonObject
        {
            ["@type"] = "Product",
            ["@id"] = view.Shop.Absolute(view.Url) + "#product",
            ["name"] = view.Title,
            ["description"] = SafeDescription.Text(view.Product.BodyHtml, 5000),
            ["url"] = view.Shop.Absolute(view.Url),
            ["image"] = new JsonArray([.. view.Media.Where(m => m.Image is not null).Select(m => (JsonNode)view.Shop.Absolute(m.Url))]),
        };
        if (view.Vendor is { } vendor)
            product["brand"] = new JsonObject { ["@type"] = "Brand", ["name"] = vendor };
        if (view.Product.Variants.Count > 0)
            product["sku"] = view.Product.Variants[0].Id;
        if (Offers(view) is { } offers)
            product["offers"] = offers;
        return product;
    }

    private static JsonObject? Offers(ProductView view)
    {
        if (view.Price is not { } price)
            return null;
        var amounts = view.Product.Variants.Select(view.PriceOf).Where(p => p?.Currency == price.Currency).Select(p => p!.Value.Amount).ToList();
        return amounts.Distinct().Count() == 1
            ? new()
            {
                ["@type"] = "Offer", ["price"] = Number(price.Amount), ["priceCurrency"] = price.Currency, ["url"] = view.Shop.Absolute(view.Url),
            }
            : new()
            {
                ["@type"] = "AggregateOffer", ["lowPrice"] = Number(amounts.Min()), ["highPrice"] = Number(amounts.Max()),
                ["priceCurrency"] = price.Currency, ["offerCount"] = amounts.Count,
            };
    }

    private static JsonObject Video(ProductView view, MediaView media)
    {
        var video = new JsonObject
        {
            ["@type"] = "VideoObject",
            ["name"] = view.Title,
            ["description"] = media.Text.Length > 0 ? media.Text : view.Title,
            ["uploadDate"] = media.Video!.AttachedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["duration"] = XmlConvert.ToString(media.Video.Duration),
            ["contentUrl"] = view.Shop.Absolute(media.Url),
            ["width"] = media.Video.Width,
            ["height"] = media.Video.Height,
            ["about"] = new JsonObject { ["@id"] = view.Shop.Absolute(view.Url) + "#product" },
        };
        if (media.Video.MadeWithAi)
            video["digitalSourceType"] = "https://schema.org/TrainedAlgorithmicMediaDigitalSource";
        if (media.StillUrl is { } still)
            video["thumbnailUrl"] = view.Shop.Absolute(still);
        return video;
    }

    private static string Number(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);
}
