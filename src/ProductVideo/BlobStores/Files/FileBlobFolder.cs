using ProductVideo.Blobs;

namespace ProductVideo.BlobStores.Files;

/// <summary>
/// Where blobs lie: <c>{root}/blobs/{segment}~/{segment}~/{name}</c>, and unfinished ones in <c>{root}/.incoming</c>. No key can hold a
/// <c>~</c>, so <c>a</c> may be a blob while <c>a/b</c> is another.
/// </summary>
internal sealed class FileBlobFolder(string root)
{
    private const char FolderMark = '~';

    /// <summary>A file that shows that the folder is ours.</summary>
    private const string Mark = ".productvideo";

    private static readonly EnumerationOptions AllBelow = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _blobs = Path.GetFullPath(Path.Combine(root, "blobs")) + Path.DirectorySeparatorChar;

    private readonly string _root = Path.GetFullPath(root);
    private volatile bool _isKnown;

    public string Incoming { get; } = Path.GetFullPath(Path.Combine(root, ".incoming"));

    /// <summary>The file of a key.</summary>
    /// <exception cref="ArgumentException">The key is not one.</exception>
    /// <exception cref="BlobStoreException">A symbolic link lies on the way.</exception>
    public string PathOf(string key)
    {
        var path = Path.GetFullPath(_blobs + BlobKey.Check(key).Replace("/", $"{FolderMark}/", StringComparison.Ordinal));
        if (!path.StartsWith(_blobs, StringComparison.Ordinal))
            throw new ArgumentException($"The key '{key}' leads out of the store.", nameof(key));
        RefuseLinks(new FileInfo(path));
        return path;
    }

    /// <summary>
    /// Sees that the folder is the one that this process began with. Where a share is not mounted any more an empty folder stands in its place:
    /// what is written there lies hidden once the share is back.
    /// </summary>
    /// <exception cref="BlobStoreException">It is not.</exception>
    public void Demand()
    {
        var mark = Path.Combine(_root, Mark);
        if (_isKnown)
        {
            if (!File.Exists(mark))
                throw FileBlobFault.Gone(_root);
            return;
        }

        Directory.CreateDirectory(_root);
        File.AppendAllText(mark, "");
        _isKnown = true;
    }

    /// <summary>All keys with that prefix, in ordinal order.</summary>
    /// <exception cref="BlobStoreException">A symbolic link lies on the way; links further down are passed over.</exception>
    public IReadOnlyList<string> Keys(string prefix)
    {
        var whole = Math.Max(prefix.LastIndexOf('/'), 0);
        var start = new DirectoryInfo(whole == 0 ? _blobs : $"{_blobs}{prefix[..whole].Replace("/", $"{FolderMark}/", StringComparison.Ordinal)}{FolderMark}");
        RefuseLinks(start);
        if (!start.Exists)
            return [];
        return [.. start.EnumerateFiles("*", AllBelow).Select(KeyOf).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private void RefuseLinks(FileSystemInfo last)
    {
        for (var step = last; step is not null && step.FullName.Length > _blobs.Length; step = ParentOf(step))
        {
            if (step.LinkTarget is not null)
                throw FileBlobFault.Link(step.FullName);
        }
    }

    private string KeyOf(FileInfo file) =>
        file.FullName[_blobs.Length..].Replace(Path.DirectorySeparatorChar, '/').Replace($"{FolderMark}/", "/", StringComparison.Ordinal);

    private static DirectoryInfo? ParentOf(FileSystemInfo step) => step is FileInfo file ? file.Directory : ((DirectoryInfo)step).Parent;
}
