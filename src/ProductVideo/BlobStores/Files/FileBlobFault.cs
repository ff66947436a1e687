using ProductVideo.Blobs;

namespace ProductVideo.BlobStores.Files;

/// <summary>Turns a disk's errors into sentences.</summary>
internal static class FileBlobFault
{
    private const string Untouched = "Nothing was changed; please try again when it is solved.";

    /// <summary>Whether an exception comes from the disk.</summary>
    public static bool IsDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    public static BlobStoreException Of(Exception e)
    {
        var sentence = e switch
        {
            UnauthorizedAccessException => "The storage for pictures and clips can't be written or read.",
            IOException when DiskFull.Is(e) => "The storage for pictures and clips is full.",
            _ => "The storage for pictures and clips has a fault.",
        };
        return new BlobStoreException($"{sentence} {Untouched}", $"{sentence} {e.Message}", e);
    }

    public static BlobStoreException Gone(string root) => new(
        $"The storage for pictures and clips is not there. {Untouched}",
        $"'{root}' is not the folder that this process began with: it was moved or emptied, or is not mounted. Put it back; if the new one is meant, start the server again.");

    public static BlobStoreException Link(string path) => new(
        $"The storage for pictures and clips is not set up safely. {Untouched}", $"'{path}' is a symbolic link; the store follows none.");
}
