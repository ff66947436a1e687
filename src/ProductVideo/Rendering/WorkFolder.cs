using Microsoft.Extensions.Logging;

namespace ProductVideo.Rendering;

/// <summary>A folder for the files of one piece of work, which goes with them when that ends.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly ILogger _log;

    /// <param name="parent">Existing and writable.</param>
    /// <param name="name">Of nobody else's.</param>
    /// <param name="log">Is told what stays behind.</param>
    /// <exception cref="IOException">It can't be made: the disk is full, for example.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public WorkFolder(string parent, string name, ILogger log)
    {
        _log = log;
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, name)).FullName;
    }

    public string Path { get; }

    /// <summary>Never throws what keeps the folder: what became of the work counts, not what it left behind.</summary>
    public void Dispose() => Remove(Path, _log);

    /// <summary>Removes such a folder with its files, as far as that can be done. Another process may be at it too.</summary>
    public static void Remove(string path, ILogger log)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "Files stay behind in {Folder}", path);
        }
    }
}
