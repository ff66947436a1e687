namespace ProductVideo.Rendering;

/// <summary>Writes under a passing name beside the target: nobody ever sees half a file, and none is left behind.</summary>
internal static class PartFile
{
    public static async Task WriteAsync(string target, Func<string, Task> write)
    {
        var part = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            await write(part);
            File.Move(part, target, overwrite: true);
        }
        catch (IOException failure) when (IsDiskFull(failure))
        {
            throw RenderException.DiskFull(failure.Message, failure);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>ENOSPC or EDQUOT, ERROR_DISK_FULL or ERROR_HANDLE_DISK_FULL.</summary>
    public static bool IsDiskFull(IOException failure) => OperatingSystem.IsWindows()
        ? (failure.HResult & 0xFFFF) is 112 or 39
        : failure.HResult is 28 or 122 or 69;
}
