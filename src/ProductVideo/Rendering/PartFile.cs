using ProductVideo.Blobs;

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
        catch (IOException failure) when (DiskFull.Is(failure))
        {
            throw RenderException.DiskFull(failure.Message, failure);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
