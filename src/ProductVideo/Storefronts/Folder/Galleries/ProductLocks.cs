using System.Collections.Concurrent;

namespace ProductVideo.Storefronts.Folder.Galleries;

/// <summary>One writer for each product: a semaphore among threads, and a locked file among processes.</summary>
internal sealed class ProductLocks(string root, TimeProvider clock)
{
    /// <summary>Dots can't be part of a handle, so it is never a product's.</summary>
    private const string Folder = ".locks";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Static, for two storefronts of one process may share a state folder.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> _threads = new(StringComparer.Ordinal);

    /// <summary>Whether anything was ever attached below this root: the folder of the locks stays. It tells an empty mount point from the drive itself.</summary>
    public bool WereUsed => Directory.Exists(Path.Combine(root, Folder));

    /// <exception cref="ProductVideo.Catalog.StorefrontException">Another process held the product for half a minute.</exception>
    public async Task<IAsyncDisposable> EnterAsync(string handle, CancellationToken cancellationToken)
    {
        // The small files stay: removing a lock file is a race.
        var path = Path.Combine(root, Folder, handle + ".lock");
        var threads = _threads.GetOrAdd(path, _ => new(1, 1));
        await threads.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new Held(threads, await LockFileAsync(path, handle, cancellationToken));
        }
        catch
        {
            threads.Release();
            throw;
        }
    }

    private async Task<FileStream> LockFileAsync(string path, string handle, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (clock.GetElapsedTime(start) > _patience)
                    throw FolderFaults.Busy(handle);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    /// <summary>EWOULDBLOCK of Linux and macOS, and Windows' sharing and lock violations.</summary>
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32 or 33;

    private sealed class Held(SemaphoreSlim threads, FileStream file) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await file.DisposeAsync();
            threads.Release();
        }
    }
}
