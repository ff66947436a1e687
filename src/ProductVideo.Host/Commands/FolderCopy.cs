using ProductVideo.Hosting;

namespace ProductVideo.Host.Commands;

/// <summary>Copies a folder that others write into meanwhile.</summary>
internal static class FolderCopy
{
    private static readonly EnumerationOptions AllBelow = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Makes a folder, for keys as they are, that nobody else may read; one that is there already is made so.</summary>
    /// <returns>False where its disk keeps no such rights, so that everybody may read it.</returns>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public static bool MakePrivate(string folder)
    {
        PrivateFolder.Make(folder);
        if (OperatingSystem.IsWindows())
            return true;
        File.SetUnixFileMode(folder, PrivateFolder.OnlyOwner);
        return File.GetUnixFileMode(folder) == PrivateFolder.OnlyOwner;
    }

    /// <returns>How many files were copied; none where there is no such folder.</returns>
    public static int Copy(string from, string to, CancellationToken cancellationToken)
    {
        var copied = 0;
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", AllBelow) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(from, file);
            // What is on its way in is no file yet.
            if (name.StartsWith(".incoming", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                File.Copy(file, target);
                copied++;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Removed since it was listed; whoever did so needs it no more.
            }
        }

        return copied;
    }

    /// <summary>Whether a folder is another one or lies in it.</summary>
    public static bool IsWithin(string folder, string other) =>
        Path.GetRelativePath(other, folder) is var way && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(way);
}
