namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>What tells one state of a file from another without reading it.</summary>
internal readonly record struct FileStamp(long Length, DateTime ChangedUtc)
{
    /// <summary>A file changed this recently may change again within the file system's clock tick and keep its stamp.</summary>
    private static readonly TimeSpan _unsettled = TimeSpan.FromSeconds(2);

    /// <summary>Null where there is no such file.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>Whether what is read now may be kept for this stamp. A clock that runs behind only costs another read.</summary>
    public bool IsSettled(DateTimeOffset now) => ChangedUtc < now.UtcDateTime - _unsettled;
}
