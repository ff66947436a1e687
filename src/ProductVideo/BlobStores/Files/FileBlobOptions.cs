namespace ProductVideo.BlobStores.Files;

/// <summary>Settings of the blob store on a disk.</summary>
public sealed class FileBlobOptions
{
    /// <summary>The folder for everything; made if missing. Nobody else may write to it.</summary>
    /// <value><c>data/blobs</c> under the working directory.</value>
    public string Root { get; set; } = Path.Combine("data", "blobs");

    /// <summary>How old an unfinished file must be before a sweep removes it; longer than any upload takes.</summary>
    /// <value>1 hour.</value>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Everything that is wrong with the settings; empty if they are right.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(Root) || Root.Contains('\0', StringComparison.Ordinal))
            mistakes.Add("FileBlobs:Root must name a folder.");
        if (StaleAfter < TimeSpan.FromMinutes(1))
            mistakes.Add("FileBlobs:StaleAfter must be at least a minute, or running uploads would be swept away.");
        return mistakes;
    }
}
