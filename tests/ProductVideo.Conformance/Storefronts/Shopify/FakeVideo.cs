namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>A video among the shop's files.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Bytes">As uploaded; a real shop serves its own renditions of them.</param>
public sealed record FakeVideo(long Id, byte[] Bytes)
{
    public required string FileName { get; init; }

    public string? Alt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it is looked at before it is converted.</summary>
    public int LooksLeft { get; set; }

    /// <summary>Why it can't be converted; null where it can.</summary>
    public string? FailsWith { get; init; }

    /// <summary>Of a page or an article, which no query of ours names.</summary>
    public bool IsUsedElsewhere { get; set; }

    internal string Gid => $"gid://shopify/Video/{Id}";

    internal string Status => LooksLeft > 0 ? "PROCESSING" : FailsWith is not null ? "FAILED" : "READY";

    internal FakeNode View(Uri shop)
    {
        var url = new Uri(shop, "/cdn/videos/" + FileName).AbsoluteUri;
        var ready = Status == "READY";
        return new("Video")
        {
            ["id"] = Gid, ["alt"] = Alt, ["filename"] = FileName, ["createdAt"] = CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["fileStatus"] = Status, ["status"] = Status, ["mediaContentType"] = "VIDEO",
            ["fileErrors"] = Status == "FAILED" ? new List<FakeNode> { new("FileError") { ["code"] = FailsWith, ["message"] = "It could not be converted." } } : [],
            ["mediaErrors"] = new List<FakeNode>(),
            ["sources"] = ready ? new List<FakeNode>
            {
                new("VideoSource") { ["url"] = url + ".m3u8", ["mimeType"] = "application/x-mpegURL", ["height"] = 1080, ["width"] = 1080, ["format"] = "m3u8" },
                new("VideoSource") { ["url"] = url, ["mimeType"] = "video/mp4", ["height"] = 1080, ["width"] = 1080, ["format"] = "mp4" },
            } : [],
        };
    }
}
