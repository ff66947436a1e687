using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProductVideo.Bridge;

/// <summary>
/// A clip as shoppers get it: its poster first and its size before its file, so that nothing on the page moves; nothing is loaded, and nothing
/// plays, before it is asked for, whatever the reader's wish about motion.
/// </summary>
public static class ClipPage
{
    /// <summary>Where the shop's web server gives a stored file to everybody.</summary>
    public static string Address(Uri shop, string file) => new Uri(shop, ClipFiles.PublicFolder + file).AbsoluteUri;

    /// <param name="row">The clip.</param>
    /// <param name="madeWithAi">What shoppers are told where a model drew it.</param>
    /// <param name="shop">The shop's address, with a slash at its end.</param>
    public static string Player(ClipRow row, string madeWithAi, Uri shop)
    {
        var poster = row.PosterFile is null ? "" : $" poster=\"{Attribute(Address(shop, row.PosterFile))}\"";
        var caption = row.MadeWithAi ? $"<figcaption class=\"productvideo-ai\" style=\"font-size:13px\">{HtmlEncoder.Default.Encode(madeWithAi)}</figcaption>" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure class="productvideo" style="margin:10px 0"><video class="productvideo-player" controls playsinline preload="none" width="{row.Width}" height="{row.Height}" style="max-width:100%;height:auto;aspect-ratio:{row.Width}/{row.Height}"{poster} aria-label="{Attribute(row.Alt)}"><source src="{Attribute(Address(shop, row.VideoFile))}" type="video/mp4"></video>{caption}</figure>
            """);
    }

    /// <summary>What search engines are told, as a script element.</summary>
    public static string StructuredData(ClipRow row, string productName, Uri shop)
    {
        var told = new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "VideoObject",
            ["name"] = productName,
            ["description"] = row.Alt.Length > 0 ? row.Alt : productName,
            ["thumbnailUrl"] = row.PosterFile is null ? null : Address(shop, row.PosterFile),
            ["contentUrl"] = Address(shop, row.VideoFile),
            ["uploadDate"] = DateTime.SpecifyKind(row.CreatedAt, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["duration"] = string.Create(CultureInfo.InvariantCulture, $"PT{row.Seconds:0.#}S"),
            ["width"] = row.Width,
            ["height"] = row.Height,
            // Of schema.org, as pictures are marked by IPTC.
            ["digitalSourceType"] = row.MadeWithAi ? "https://schema.org/TrainedAlgorithmicMediaDigitalSource" : null,
        };
        // The default encoder writes < and & as escapes, so that no text ends the element.
        return $"<script type=\"application/ld+json\">{JsonSerializer.Serialize(told.Where(part => part.Value is not null).ToDictionary())}</script>";
    }

    /// <summary>A page that holds the clip alone, for frames.</summary>
    public static string Embed(ClipRow row, string madeWithAi, string language, Uri shop) => $"""
        <!DOCTYPE html>
        <html lang="{Attribute(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>{HtmlEncoder.Default.Encode(row.Alt)}</title>
        <style>body{"{"}margin:0{"}"}figure{"{"}margin:0!important{"}"}video{"{"}width:100%{"}"}</style></head><body>{Player(row, madeWithAi, shop)}</body></html>
        """;

    private static string Attribute(string text) => HtmlEncoder.Default.Encode(text);
}
