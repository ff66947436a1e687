namespace ProductVideo.BlobStores.Files;

/// <summary>On a disk a blob's media type is what its key ends with, so that there is one file a blob and nothing beside it to get lost.</summary>
internal static class FileBlobTypes
{
    private const string Bytes = "application/octet-stream";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.Ordinal)
    {
        [".avif"] = "image/avif",
        [".csv"] = "text/csv",
        [".gif"] = "image/gif",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".json"] = "application/json",
        [".m3u8"] = "application/vnd.apple.mpegurl",
        [".m4s"] = "video/iso.segment",
        [".mov"] = "video/quicktime",
        [".mp4"] = "video/mp4",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain",
        [".vtt"] = "text/vtt",
        [".webm"] = "video/webm",
        [".webp"] = "image/webp",
        [".zip"] = "application/zip",
    };

    /// <summary>The media type of a key; <c>application/octet-stream</c> where the ending says nothing.</summary>
    public static string Of(string key) => ByExtension.GetValueOrDefault(Path.GetExtension(key), Bytes);

    /// <summary>Refuses a type that couldn't be told from the key again: it would come back as another one.</summary>
    public static void Check(string key, string contentType)
    {
        if (Of(key) != contentType)
            throw new ArgumentException($"The key '{key}' stands for {Of(key)}, not for {contentType}: end it with the extension of its type.", nameof(contentType));
    }
}
