using System.Runtime.InteropServices;

namespace ProductVideo.BlobStores.Files;

/// <summary>Moves a finished file to a place where there must be none yet.</summary>
internal static partial class FileBlobMove
{
    private const int AlreadyThere = 17;

    /// <summary>
    /// True if this call put the file there; of any number of callers at once exactly one. On Unix <c>File.Move</c> looks first and then
    /// renames over whatever came in between, so the name is made by <c>link</c>, which does both in one.
    /// </summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }

            if (Marshal.GetLastPInvokeError() == AlreadyThere)
                return false;
        }

        // Windows does it in one; a file system without hard links can't, see the README.
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
