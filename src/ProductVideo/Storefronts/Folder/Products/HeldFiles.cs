using System.Diagnostics.CodeAnalysis;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>The pictures inside the shop's folder. Nothing outside it can be named, neither by text nor by a link.</summary>
internal sealed class HeldFiles(string root)
{
    private const int MostLinks = 40;
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The file's real path. False where the key is hostile or leads outside; the file itself may still be missing.</summary>
    public bool TryResolve(string key, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (Field.HeldKeyMistake(key) is not null)
            return false;

        var full = Path.GetFullPath(Path.Combine(_root, key));
        if (!IsInside(full, _root) || Real(_root) is not { } realRoot || Real(full) is not { } real || !IsInside(real, realRoot))
            return false;
        path = real;
        return true;
    }

    private static bool IsInside(string path, string root) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Follows every link on the way, not only one at the end; null for a circle.</summary>
    private static string? Real(string path)
    {
        for (var followed = 0; followed <= MostLinks; followed++)
        {
            if (FirstLink(path) is not { } link)
                return path;
            var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link.Path)!, link.Target));
            path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target + path[link.Path.Length..]));
        }

        return null;
    }

    private static (string Path, string Target)? FirstLink(string path)
    {
        var end = Path.GetPathRoot(path)!.Length - 1;
        while (true)
        {
            end = path.IndexOf(Path.DirectorySeparatorChar, end + 1);
            var part = end < 0 ? path : path[..end];
            if (new FileInfo(part).LinkTarget is { } target)
                return (part, target);
            if (end < 0)
                return null;
        }
    }
}
