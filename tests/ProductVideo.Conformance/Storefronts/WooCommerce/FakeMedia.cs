using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <summary>A file in the shop's media library.</summary>
/// <param name="Id">Of the attachment.</param>
/// <param name="Slug">After the file; with a number behind it where that was taken.</param>
/// <param name="FileName">As it is served.</param>
/// <param name="MimeType">As it was uploaded.</param>
/// <param name="Bytes">All of it.</param>
public sealed record FakeMedia(long Id, string Slug, string FileName, string MimeType, byte[] Bytes)
{
    public string? AltText { get; set; }

    /// <summary>The product that it belongs to.</summary>
    public long? Post { get; set; }

    public long? Poster { get; set; }

    internal string Address(Uri shop) => new Uri(shop, "/wp-content/uploads/2026/11/" + FileName).AbsoluteUri;

    /// <summary>As a real shop answered for a video and for a picture.</summary>
    internal JsonObject View(Uri shop)
    {
        var view = Recorded.Body(MimeType.StartsWith("video/", StringComparison.Ordinal) ? "media-create-video" : "media-create-image1");
        (view["id"], view["slug"], view["mime_type"], view["source_url"]) = (Id, Slug, MimeType, Address(shop));
        (view["alt_text"], view["post"], view["featured_media"]) = (AltText ?? "", Post, Poster ?? 0);
        view["media_details"]!["filesize"] = Bytes.Length;
        return view;
    }
}
